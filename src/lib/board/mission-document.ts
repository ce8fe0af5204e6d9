import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { ownEdit } from './edits.ts'
import type { ActorId, CommentId, FileId, ReviewId, RunId } from './ids.ts'
import { isId } from './ids.ts'
import { runStates, type RunState } from './mission.ts'

/** The roots of `mission/<id>`. */
export const missionRoots = ['description', 'comments', 'files', 'runs', 'reviews'] as const

/** Root of the rich text: what Lexical's binding and the server's Markdown both read. */
export const descriptionOf = (doc: Y.Doc) => doc.get('description', Y.XmlElement) as Y.XmlElement
export const commentsOf = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('comments')
export const filesOf = (doc: Y.Doc) => doc.getMap<unknown>('files')
export const runsOf = (doc: Y.Doc) => doc.getMap<unknown>('runs')
export const reviewsOf = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('reviews')

/** `body` is Markdown; times are epoch milliseconds; `about` is what the comment quotes, if anything. */
export type Comment = {
  id: CommentId
  by: ActorId
  body: string
  createdAt: number
  editedAt: number | null
  /** Also where whoever rewrote it did not say so. */
  edited: boolean
  replyTo: CommentId | null
  about: string | null
}

export type MissionFile = {
  id: FileId
  kind: 'attachment' | 'artifact'
  name: string
  /** Media type as the server found it in the bytes, not as the sender named it. */
  type: string
  /** Bytes. */
  size: number
  /** SHA-256 of the content, hex. */
  hash: string
  version: number
  by: ActorId
  createdAt: number
  runId: RunId | null
}

export type RunSummary = {
  id: RunId
  staffId: ActorId
  state: RunState
  attempt: number
  requestedBy: ActorId | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  summary: string
  /** Why the run ended as it did, in words for a person; empty while it goes well. */
  reason: string
}

export type Verdict = 'approved' | 'changes_requested'
export type Review = { id: ReviewId; by: ActorId; verdict: Verdict; note: string; runId: RunId | null; createdAt: number }

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const byTime = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }) =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

const plain = (value: unknown): Record<string, unknown> | null =>
  value instanceof Y.Map ? value.toJSON() : typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null

/** Whether another value stood under this key before; no client can write one without this trace. */
const rewritten = (map: unknown, key: string) => map instanceof Y.Map && Boolean(map._map.get(key)?.left)

function readAll<T extends { createdAt: number; id: string }>(map: Y.Map<unknown>, read: (id: string, value: Record<string, unknown>, stored: unknown) => T): T[] {
  const all: T[] = []
  for (const [id, value] of map.entries()) {
    const fields = plain(value)
    if (fields) all.push(read(id, fields, value))
  }
  return all.sort(byTime)
}

/** Oldest first. */
export const readComments = (doc: Y.Doc): Comment[] =>
  readAll(commentsOf(doc) as Y.Map<unknown>, (id, value, stored) => ({
    id: id as CommentId,
    by: text(value.by) as ActorId,
    body: text(value.body),
    createdAt: instant(value.createdAt) ?? 0,
    editedAt: instant(value.editedAt),
    edited: instant(value.editedAt) !== null || rewritten(stored, 'body'),
    replyTo: isId(value.replyTo) ? value.replyTo as CommentId : null,
    about: typeof value.about === 'string' ? value.about : null,
  }))

/** Oldest first. */
export const readFiles = (doc: Y.Doc): MissionFile[] =>
  readAll(filesOf(doc), (id, value) => ({
    id: id as FileId,
    kind: value.kind === 'artifact' ? 'artifact' : 'attachment',
    name: text(value.name),
    type: text(value.type),
    size: typeof value.size === 'number' ? value.size : 0,
    hash: text(value.hash),
    version: typeof value.version === 'number' ? value.version : 1,
    by: text(value.by) as ActorId,
    createdAt: instant(value.createdAt) ?? 0,
    runId: isId(value.runId) ? value.runId as RunId : null,
  }))

/** Oldest first. */
export const readRuns = (doc: Y.Doc): RunSummary[] =>
  readAll(runsOf(doc), (id, value) => ({
    id: id as RunId,
    staffId: text(value.staffId) as ActorId,
    state: runStates.find((state) => state === value.state) ?? 'failed',
    attempt: typeof value.attempt === 'number' ? value.attempt : 0,
    requestedBy: isId(value.requestedBy) ? value.requestedBy as ActorId : null,
    createdAt: instant(value.createdAt) ?? 0,
    startedAt: instant(value.startedAt),
    endedAt: instant(value.endedAt),
    summary: text(value.summary),
    reason: text(value.reason),
  }))

/** Oldest first. */
export const readReviews = (doc: Y.Doc): Review[] =>
  readAll(reviewsOf(doc) as Y.Map<unknown>, (id, value) => ({
    id: id as ReviewId,
    by: text(value.by) as ActorId,
    verdict: value.verdict === 'approved' ? 'approved' : 'changes_requested',
    note: text(value.note),
    runId: isId(value.runId) ? value.runId as RunId : null,
    createdAt: instant(value.createdAt) ?? 0,
  }))

export function addComment(doc: Y.Doc, comment: Pick<Comment, 'id' | 'by' | 'body'> & Partial<Pick<Comment, 'replyTo' | 'about'>>, now: number) {
  doc.transact(() => {
    commentsOf(doc).set(comment.id, new Y.Map(Object.entries({
      by: comment.by,
      body: comment.body,
      createdAt: now,
      editedAt: null,
      replyTo: comment.replyTo ?? null,
      about: comment.about ?? null,
    } satisfies Omit<Comment, 'id' | 'edited'>)))
  }, ownEdit)
}

export function editComment(doc: Y.Doc, id: CommentId, body: string, now: number) {
  doc.transact(() => {
    const comment = commentsOf(doc).get(id)
    if (!(comment instanceof Y.Map)) return
    comment.set('body', body)
    comment.set('editedAt', now)
  }, ownEdit)
}

export const deleteComment = (doc: Y.Doc, id: CommentId) =>
  doc.transact(() => commentsOf(doc).delete(id), ownEdit)

export function addReview(doc: Y.Doc, review: Omit<Review, 'createdAt'>, now: number) {
  const { id, ...fields } = review
  doc.transact(() => {
    reviewsOf(doc).set(id, new Y.Map<unknown>(Object.entries({ ...fields, createdAt: now })))
  }, ownEdit)
}
