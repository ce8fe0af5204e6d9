import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { ownEdit } from './edits.ts'
import { isId, type ActorId, type CommentId } from './ids.ts'
import { readQuote, type Quote } from './quote.ts'

/** The comments of a mission or a doc. */
export const commentsOf = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('comments')

/** `body` is Markdown; times are epoch milliseconds. */
export type Comment = {
  id: CommentId
  by: ActorId
  body: string
  createdAt: number
  editedAt: number | null
  /** Also where whoever rewrote it did not say so. */
  edited: boolean
  /** The first comment of the thread it is in; `null` for a first one. Threads are one level deep. */
  replyTo: CommentId | null
  /** When the thread began that it is in, so that the thread keeps its place without its first comment. */
  threadAt: number | null
  /** In words, what it is about, as agents may write it. */
  about: string | null
  quote: Quote | null
  /** Of a thread's first comment: who settled it, and when; anybody who may comment does. Both are `null` while it is open. */
  resolvedBy: ActorId | null
  resolvedAt: number | null
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const idOrNull = (value: unknown) => (isId(value) ? value : null)

/** Whether another value stood under this key before; no client can write one without this trace. */
const rewritten = (map: unknown, key: string) => map instanceof Y.Map && Boolean(map._map.get(key)?.left)

const earlier = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }) =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** `null` where the id holds no comment. What is missing or malformed reads as its empty value. */
export function readComment(doc: Y.Doc, id: string): Comment | null {
  const stored: unknown = commentsOf(doc).get(id)
  const value: Record<string, unknown> | null = stored instanceof Y.Map ? stored.toJSON()
    : typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored as Record<string, unknown> : null
  if (!value) return null
  const editedAt = instant(value.editedAt)
  const [resolvedBy, resolvedAt] = [idOrNull(value.resolvedBy) as ActorId | null, instant(value.resolvedAt)]
  const resolved = resolvedBy !== null && resolvedAt !== null
  return {
    id: id as CommentId,
    by: text(value.by) as ActorId,
    body: text(value.body),
    createdAt: instant(value.createdAt) ?? 0,
    editedAt,
    edited: editedAt !== null || rewritten(stored, 'body'),
    replyTo: idOrNull(value.replyTo) as CommentId | null,
    threadAt: instant(value.threadAt),
    about: typeof value.about === 'string' ? value.about : null,
    quote: readQuote(value.quote),
    resolvedBy: resolved ? resolvedBy : null,
    resolvedAt: resolved ? resolvedAt : null,
  }
}

/** Oldest first. */
export function readComments(doc: Y.Doc): Comment[] {
  const all: Comment[] = []
  for (const id of commentsOf(doc).keys()) {
    const comment = readComment(doc, id)
    if (comment) all.push(comment)
  }
  return all.sort(earlier)
}

/** The newest comment, by the time it carries. */
export function newestComment(doc: Y.Doc): Pick<Comment, 'id' | 'by' | 'createdAt'> | null {
  let newest: Pick<Comment, 'id' | 'by' | 'createdAt'> | null = null
  for (const [id, stored] of commentsOf(doc).entries()) {
    if (!(stored instanceof Y.Map)) continue
    const comment = { id: id as CommentId, by: text(stored.get('by')) as ActorId, createdAt: instant(stored.get('createdAt')) ?? 0 }
    if (!newest || earlier(newest, comment) < 0) newest = comment
  }
  return newest
}

type NewComment = Pick<Comment, 'id' | 'by' | 'body'> & Partial<Pick<Comment, 'replyTo' | 'threadAt' | 'about' | 'quote'>>

export function addComment(doc: Y.Doc, comment: NewComment, now: number) {
  doc.transact(() => {
    commentsOf(doc).set(comment.id, new Y.Map(Object.entries({
      by: comment.by,
      body: comment.body,
      createdAt: now,
      editedAt: null,
      replyTo: comment.replyTo ?? null,
      about: comment.about ?? null,
      // What most comments do not have takes no room in them.
      ...comment.replyTo && comment.threadAt ? { threadAt: comment.threadAt } : {},
      ...comment.quote ? { quote: comment.quote } : {},
    })))
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

/** Puts a deleted comment of one's own back as it was. What became of its thread's verdict stays with who gives one. */
export function restoreComment(doc: Y.Doc, comment: Comment) {
  doc.transact(() => {
    addComment(doc, comment, comment.createdAt)
    if (comment.edited) commentsOf(doc).get(comment.id)?.set('editedAt', comment.editedAt ?? comment.createdAt)
  }, ownEdit)
}

/** Settles a thread, or opens it again with `by` as `null`. */
export function resolveComment(doc: Y.Doc, id: CommentId, by: ActorId | null, now: number) {
  doc.transact(() => {
    const comment = commentsOf(doc).get(id)
    if (!(comment instanceof Y.Map)) return
    comment.set('resolvedBy', by)
    comment.set('resolvedAt', by === null ? null : now)
  }, ownEdit)
}
