import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Notice } from '#lib/sync/notices.ts'

/** So long after one notice the next of its kind is sent: whoever shows it asks for all that is new. */
const restMs = 250
/** What can wait for others: what is being said and answered is drawn before what the list of chats says of it. */
const afterMs: Partial<Record<Notice['kind'], number>> = { chats: 1_000 }

/** What a notice is about: a later one of the same says all that the earlier one did. `null` for one that stands for itself. */
function subjectOf(notice: Notice): string | null {
  if (notice.kind === 'read') return null
  return notice.kind === 'inbox' ? `inbox ${notice.userId}` : notice.kind
}

/** Sends a notice at once, or after a while where it can wait, and those that come close behind it as one: the newest of them. */
export function tellNews<To>(send: (workspaceId: WorkspaceId, notice: Notice, to: To) => void) {
  const resting = new Map<string, { next: (() => void) | null }>()

  return function tell(workspaceId: WorkspaceId, notice: Notice, to: To) {
    const about = subjectOf(notice)
    if (about === null) return send(workspaceId, notice, to)
    const subject = `${workspaceId} ${about}`
    const wait = afterMs[notice.kind]
    const next = () => (wait ? send : tell)(workspaceId, notice, to)
    const rest = resting.get(subject)
    if (rest) {
      rest.next = next
      return
    }
    if (!wait) send(workspaceId, notice, to)
    const begun = { next: wait ? next : null }
    resting.set(subject, begun)
    setTimeout(() => {
      resting.delete(subject)
      begun.next?.()
    }, wait ?? restMs).unref()
  }
}
