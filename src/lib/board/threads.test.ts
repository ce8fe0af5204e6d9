import { expect, test } from 'vitest'
import type { Comment } from './comments.ts'
import type { ActorId, CommentId } from './ids.ts'
import { headOf, readThreads } from './threads.ts'

const said = (id: string, createdAt: number, more: Partial<Record<keyof Comment, unknown>> = {}): Comment => ({
  id: id as CommentId, by: 'ada' as ActorId, body: id, createdAt, editedAt: null, edited: false, replyTo: null, threadAt: null, about: null, quote: null,
  resolvedBy: null, resolvedAt: null, ...more,
}) as Comment
const shape = (comments: Comment[]) =>
  readThreads(comments.toSorted((a, b) => a.createdAt - b.createdAt)).map(({ id, first, replies }) => [id, first !== null, ...replies.map((reply) => reply.id)])

test('replies stand with the first comment of their thread, oldest first, and threads in the order in which they began', () => {
  expect(shape([said('a', 1), said('b', 2), said('late', 9, { replyTo: 'a' }), said('early', 3, { replyTo: 'a' })])).toEqual([['a', true, 'early', 'late'], ['b', true]])
})

test('a reply to a reply is one to the thread', () => {
  expect(shape([said('a', 1), said('b', 2, { replyTo: 'a' }), said('c', 3, { replyTo: 'b' }), said('d', 4, { replyTo: 'c' })])).toEqual([['a', true, 'b', 'c', 'd']])
})

test('a thread whose first comment is gone keeps its replies and its place', () => {
  const threads = readThreads([said('a', 2), said('r', 8, { replyTo: 'gone', threadAt: 1 }), said('s', 9, { replyTo: 'gone', threadAt: 1 })])
  expect(threads.map(({ id, at, first }) => [id, at, first === null])).toEqual([['gone', 1, true], ['a', 2, false]])
  expect(headOf(threads[0]!).id).toBe('r')
})

test('nobody’s reply claims a later place for the thread than it has', () => {
  expect(readThreads([said('r', 3, { replyTo: 'gone', threadAt: 1e15 })])[0]?.at).toBe(3)
})

test('who replies in circles, or to themselves, still has a thread', () => {
  expect(shape([said('a', 1, { replyTo: 'b' }), said('b', 2, { replyTo: 'a' }), said('c', 3, { replyTo: 'c' })]).flat().filter((id) => typeof id === 'string').toSorted())
    .toEqual(expect.arrayContaining(['a', 'b', 'c']))
})

test('a thread is settled as its first comment says, or the oldest that is left', () => {
  const settled = { resolvedBy: 'ben', resolvedAt: 5 }
  expect(readThreads([said('a', 1, settled), said('r', 2, { replyTo: 'a' })])[0]?.resolved).toEqual({ by: 'ben', at: 5 })
  expect(readThreads([said('r', 2, { replyTo: 'gone', ...settled })])[0]?.resolved).toEqual({ by: 'ben', at: 5 })
  expect(readThreads([said('a', 1), said('r', 2, { replyTo: 'a', ...settled })])[0]?.resolved).toBeNull()
})
