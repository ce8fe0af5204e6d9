import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addComment, commentsOf, deleteComment, editComment, newestComment, readComments, resolveComment, restoreComment } from './comments.ts'
import type { ActorId, CommentId } from './ids.ts'

const id = 'first' as CommentId
const [ada, ben] = ['ada', 'ben'] as ActorId[] as [ActorId, ActorId]
function commented() {
  const doc = new Y.Doc()
  addComment(doc, { id, by: ada, body: 'As it was' }, 1)
  return doc
}
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

test('a comment is edited once its words are others, and not before', () => {
  const doc = commented()
  expect(readComments(copyOf(doc))).toMatchObject([{ edited: false, editedAt: null }])
  editComment(doc, id, 'As it is', 2)
  expect(readComments(copyOf(doc))).toMatchObject([{ body: 'As it is', edited: true, editedAt: 2 }])
})

test('[GATE5] who rewrites a comment and does not say so, or takes it back, is told on all the same', () => {
  const quiet = commented()
  commentsOf(quiet).get(id)!.set('body', 'Rewritten')
  commentsOf(quiet).get(id)!.set('editedAt', null)
  expect(readComments(copyOf(copyOf(quiet)))).toMatchObject([{ body: 'Rewritten', editedAt: null, edited: true }])
})

test('a comment is settled by who is named with a time, and by nobody otherwise', () => {
  const doc = commented()
  resolveComment(doc, id, ben, 5)
  expect(readComments(doc)).toMatchObject([{ resolvedBy: 'ben', resolvedAt: 5, edited: false }])
  resolveComment(doc, id, null, 6)
  expect(readComments(doc)).toMatchObject([{ resolvedBy: null, resolvedAt: null }])
  commentsOf(doc).get(id)!.set('resolvedBy', 'ben')
  expect(readComments(doc)).toMatchObject([{ resolvedBy: null, resolvedAt: null }])
})

test('a deleted comment comes back as it was', () => {
  const doc = commented()
  editComment(doc, id, 'As it is', 2)
  const [comment] = readComments(doc)
  deleteComment(doc, id)
  restoreComment(doc, comment!)
  expect(readComments(copyOf(doc))).toEqual([comment])
})

test('two who settle at once leave one verdict, and a reply to what is deleted meanwhile is kept', () => {
  const here = commented()
  const there = copyOf(here)
  resolveComment(here, id, ada, 5)
  resolveComment(there, id, ben, 6)
  addComment(there, { id: 'reply' as CommentId, by: ben, body: 'So be it', replyTo: id, threadAt: 1 }, 7)
  deleteComment(here, id)
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  expect(readComments(here)).toEqual(readComments(there))
  expect(readComments(here)).toMatchObject([{ id: 'reply', replyTo: id, threadAt: 1 }])
})

test('what is malformed reads as its empty value', () => {
  const doc = new Y.Doc()
  doc.getMap<unknown>('comments').set('plain', { body: 7, quote: 'x', resolvedBy: {}, resolvedAt: 'never', replyTo: '../' })
  doc.getMap<unknown>('comments').set('none', 'words')
  expect(readComments(doc)).toEqual([{
    id: 'plain', by: '', body: '', createdAt: 0, editedAt: null, edited: false, replyTo: null, threadAt: null, about: null, quote: null, resolvedBy: null, resolvedAt: null,
  }])
})

test('the newest comment is the one with the latest time', () => {
  const doc = commented()
  expect(newestComment(new Y.Doc())).toBeNull()
  addComment(doc, { id: 'late' as CommentId, by: ben, body: 'x' }, 9)
  addComment(doc, { id: 'early' as CommentId, by: ben, body: 'x' }, 3)
  expect(newestComment(doc)).toEqual({ id: 'late', by: 'ben', createdAt: 9 })
})
