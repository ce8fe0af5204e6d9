import type { InboxItem } from '#lib/inbox/item.ts'

/** What a person does with items of the inbox, one by one or several at once. */
export type ItemActions = {
  toggle: (item: InboxItem) => void
  open: (item: InboxItem) => void
  done: (items: InboxItem[]) => void
  wait: (items: InboxItem[]) => void
  snooze: (items: InboxItem[], anchor: Element) => void
  read: (items: InboxItem[], read: boolean) => void
  focused: (item: InboxItem) => void
}
