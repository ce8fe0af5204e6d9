import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ActorId, CommentId } from './ids.ts'
import { addComment, commentsOf, editComment, readComments } from './mission-document.ts'

const id = 'first' as CommentId
function commented() {
  const doc = new Y.Doc()
  addComment(doc, { id, by: 'ada' as ActorId, body: 'As it was' }, 1)
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
