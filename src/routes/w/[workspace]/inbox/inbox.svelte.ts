import { createContext } from 'svelte'
import type { InboxItemId } from '#lib/board/ids.ts'
import { isWaiting } from '#lib/inbox/bundle.ts'
import type { InboxChange, InboxCounts, InboxItem, InboxList } from '#lib/inbox/item.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Notice } from '#lib/sync/notices.ts'
import { toast } from '#lib/ui/toast.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { changeInbox, readInbox } from './inbox-calls.ts'

type Step = { words: string; undo: { id: InboxItemId; change: InboxChange }[] }

const noCounts: InboxCounts = { waiting: 0, unread: 0, snoozed: 0 }
/** Notices come in bursts: after one reading the next waits so long. */
const pauseMs = 300

/** What waits on oneself, live, on every page of a workspace: the count everywhere, the items where they are shown. */
export class Inbox {
  #workspace: Workspace
  counts = $state.raw<InboxCounts>(noCounts)
  /** `null` before they are known. */
  items = $state.raw<readonly InboxItem[] | null>(null)
  list = $state<InboxList>('waiting')
  next = $state<string | null>(null)
  /** The newest attempt to read did not succeed. */
  unreachable = $state(false)
  /** What was open on this page and settled since: it stays in sight, saying why. */
  #seen = new Set<InboxItemId>()
  #steps: Step[] = []
  /** Resolves when what was done so far is among the steps, or could not be done. */
  #stepping: Promise<void> = Promise.resolve()
  #reading: Promise<void> | null = null
  #again = false
  #dismiss = () => {}

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Goes live; the answer ends it. */
  connect(): () => void {
    const { connection } = this.#workspace
    const document = connection.open(boardDocument(this.#workspace.id))
    const heard = (notice: Notice) => {
      if (notice.kind === 'inbox') void this.read()
    }
    // While nobody was listening, anything may have come.
    const came = () => {
      if (document.synced) void this.read()
    }
    let wasSynced = false
    const changed = () => {
      if (document.synced !== wasSynced) came()
      wasSynced = document.synced
    }
    document.on('notice', heard)
    document.on('change', changed)
    void this.read()
    return () => {
      document.off('notice', heard)
      document.off('change', changed)
      connection.close(document)
    }
  }

  show(list: InboxList) {
    if (list === this.list && this.items) return
    this.list = list
    this.items = null
    this.next = null
    this.#seen.clear()
    void this.read()
  }

  /** Reads what there is now; while it reads, further calls become one. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true
      return this.#reading
    }
    this.#reading = this.#readNow().finally(() => {
      this.#reading = null
      if (!this.#again) return
      this.#again = false
      setTimeout(() => void this.read(), pauseMs)
    })
    return this.#reading
  }

  async readMore() {
    const page = this.next && await readInbox(this.#workspace.id, this.list, this.next)
    if (!page) return
    this.items = [...this.items ?? [], ...page.items]
    this.next = page.next
  }

  async #readNow() {
    const { list } = this
    const page = await readInbox(this.#workspace.id, list)
    if (list !== this.list) {
      this.#again = true
      return
    }
    this.unreachable = page === null
    if (!page) return
    this.counts = page.counts
    this.next = page.next
    this.items = list === 'waiting' ? page.items.filter((item) => isWaiting(item) || this.#seen.has(item.id)) : page.items
    for (const item of page.items) if (isWaiting(item)) this.#seen.add(item.id)
  }

  /** Leaves behind what has settled; for whoever comes to the page anew. */
  tidy() {
    this.#seen.clear()
    this.items = this.items?.filter((item) => this.list !== 'waiting' || isWaiting(item)) ?? null
    for (const item of this.items ?? []) this.#seen.add(item.id)
  }

  markRead = (items: readonly InboxItem[], read: boolean) => this.#change(items.filter((item) => (item.readAt !== null) !== read), { read })

  async done(items: readonly InboxItem[]) {
    const open = items.filter(({ doneAt, settledAt }) => doneAt === null && settledAt === null)
    for (const item of items) this.#seen.delete(item.id)
    const words = open.length === 1 ? 'Done' : `${open.length} are done`
    if (open.length > 0) await this.#step(words, open, { done: true })
    // What settled by itself is taken out of sight by the same word.
    this.items = this.items?.filter(({ id, settledAt }) => settledAt === null || !items.some((item) => item.id === id)) ?? null
  }

  snooze = (items: readonly InboxItem[], until: number, words: string) => this.#step(words, items, { snoozedUntil: until })

  /** Back among what waits. */
  wait = (items: readonly InboxItem[]) => this.#step(items.length === 1 ? 'Waits on you again' : `${items.length} wait on you again`, items, { done: false, snoozedUntil: null })

  async undo() {
    // Who undoes what they did a moment ago may be quicker than the server's answer to it.
    await this.#stepping
    const step = this.#steps.pop()
    this.#dismiss()
    if (!step) return void toast('There is nothing here to undo.')
    const ok = await Promise.all(step.undo.map(({ id, change }) => changeInbox(this.#workspace.id, [id], change)))
    toast(ok.every(Boolean) ? `Undone: ${step.words}` : 'Not all of it could be undone: the server cannot be reached.', { tone: ok.every(Boolean) ? 'neutral' : 'danger' })
    await this.read()
  }

  #step(words: string, items: readonly InboxItem[], change: InboxChange): Promise<void> {
    const before = this.#stepping
    const step = this.#takeStep(words, items, change)
    this.#stepping = Promise.all([before, step]).then(() => {})
    return step
  }

  async #takeStep(words: string, items: readonly InboxItem[], change: InboxChange) {
    const undo = items.map(({ id, doneAt, readAt, snoozedUntil }) => ({ id, change: { done: doneAt !== null, snoozedUntil, read: readAt !== null } }))
    if (!await this.#change(items, change)) return
    this.#steps.push({ words, undo })
    this.#dismiss()
    this.#dismiss = toast(words, { seconds: 8, action: { label: 'Undo', run: () => void this.undo() } })
  }

  async #change(items: readonly InboxItem[], change: InboxChange): Promise<boolean> {
    if (items.length === 0) return false
    const ids = new Set(items.map(({ id }) => id))
    const before = { items: this.items, counts: this.counts }
    const leaves = this.list === 'waiting' ? change.done === true || typeof change.snoozedUntil === 'number'
      : this.list === 'snoozed' ? change.done === true || change.snoozedUntil === null
      : change.done === false
    const now = Date.now()
    this.items = this.items?.flatMap((item) => {
      if (!ids.has(item.id)) return [item]
      return leaves ? [] : [{ ...item, readAt: change.read === undefined ? item.readAt : change.read ? now : null }]
    }) ?? null
    if (leaves && this.list === 'waiting') {
      const waiting = items.filter(isWaiting)
      this.counts = { ...this.counts, waiting: this.counts.waiting - waiting.length, unread: this.counts.unread - waiting.filter(({ readAt }) => readAt === null).length }
    }
    if (await changeInbox(this.#workspace.id, [...ids], change)) return true
    this.items = before.items
    this.counts = before.counts
    toast('Nothing was changed: the server cannot be reached. Try again when you are online.', { tone: 'danger' })
    return false
  }
}

export const [useInbox, provideInbox] = createContext<Inbox>()
