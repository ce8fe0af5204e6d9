import type { ActorId, DocId, InboxItemId, MissionId, ProjectId, RoutineId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'

export const inboxKinds = ['review', 'question', 'approval', 'proposal', 'note', 'failure', 'mention', 'reply', 'assignment', 'routine'] as const
/** Why something waits for somebody. */
export type InboxKind = (typeof inboxKinds)[number]

/** Who caused it: a person, staff, or nobody in particular. */
type InboxSomeone = { id: ActorId; name: string; kind: 'person' | 'staff' }

/**
 * One thing that waits, or waited, for a person. Times are epoch milliseconds. `place` is where it is within the mission or doc:
 * `comment/<id>`, `review/<id>`, `run/<id>`, `proposal/<id>`, `note/<id>` (on the page of whoever caused it), `routine/<id>`, `description`, `body`, or '' for
 * all of it.
 */
export type InboxItem = {
  id: InboxItemId
  kind: InboxKind
  mission: { id: MissionId; title: string; status: Status } | null
  doc: { id: DocId; title: string; projectId: ProjectId | null } | null
  routine: { id: RoutineId; name: string } | null
  place: string
  by: InboxSomeone | null
  /** The words themselves, without marks. */
  words: string
  since: number
  readAt: number | null
  doneAt: number | null
  snoozedUntil: number | null
  /** When it came back from a snooze, by itself. */
  wokenAt: number | null
  settledAt: number | null
  /** Why it does not wait any more, as a sentence; '' while it does. */
  settledWhy: string
}

export type InboxCounts = { waiting: number; unread: number; snoozed: number }

/** What a person can do with items; what is not given stays as it is. */
export type InboxChange = { read?: boolean; done?: boolean; snoozedUntil?: number | null }

export const inboxLists = ['waiting', 'snoozed', 'done'] as const
export type InboxList = (typeof inboxLists)[number]

/** `next` is where the further items begin, `null` at the end. */
export type InboxPage = { items: InboxItem[]; counts: InboxCounts; next: string | null }
