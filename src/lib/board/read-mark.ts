import type { Comment } from './comments.ts'
import type { ActorId } from './ids.ts'
import { isId } from './ids.ts'

/**
 * What somebody has seen of the comments of one document: all up to `since`, and of the later ones those in `seen`, newest first.
 * Comments carry the clock of whoever wrote them, and one that was written offline comes in late: so a single time would not do.
 */
export type ReadMark = { since: number; seen: readonly string[] }

export const nothingSeen: ReadMark = { since: 0, seen: [] }

/** So many of the newest comments are told apart; whatever is older than they are counts as seen. */
export const mostSeen = 50
/** Of two devices together, until one of them has looked again. */
const mostStored = 4 * mostSeen

/** Reads what a client sent or a device kept; `null` for what is none. */
export function readMark(value: unknown, most = mostStored): ReadMark | null {
  if (typeof value !== 'object' || value === null) return null
  const { since, seen } = value as Record<string, unknown>
  if (typeof since !== 'number' || !Number.isFinite(since) || since < 0) return null
  if (!Array.isArray(seen) || seen.length > most || !seen.every(isId)) return null
  return { since, seen }
}

type Written = Pick<Comment, 'id' | 'by' | 'createdAt'>

/** Whether somebody has not seen a comment yet; their own they have. */
export const isNew = ({ id, by, createdAt }: Written, { since, seen }: ReadMark, me: ActorId) =>
  by !== me && createdAt > since && !seen.includes(id)

/** The mark of who has seen these of all comments, oldest first, and whatever the mark before says. */
export function markSeen(before: ReadMark, comments: readonly Written[], ids: ReadonlySet<string>): ReadMark {
  const known = new Set(before.seen)
  const seen = comments.filter(({ id, createdAt }) => createdAt > before.since && (known.has(id) || ids.has(id)))
  const since = seen.at(-mostSeen - 1)?.createdAt ?? before.since
  return { since, seen: seen.slice(-mostSeen).map(({ id }) => id).reverse() }
}

/** What was seen on either of two devices. */
export function mergeMarks(a: ReadMark, b: ReadMark): ReadMark {
  return { since: Math.max(a.since, b.since), seen: [...new Set([...a.seen, ...b.seen])].slice(0, mostStored) }
}

/** Whether all that `other` has seen is in `mark` as well. */
export const includesMark = (mark: ReadMark, other: ReadMark) =>
  other.since <= mark.since && other.seen.every((id) => mark.seen.includes(id))

export const sameMark = (a: ReadMark, b: ReadMark) =>
  a.since === b.since && a.seen.length === b.seen.length && a.seen.every((id, at) => id === b.seen[at])
