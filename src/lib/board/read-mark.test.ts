import { expect, test } from 'vitest'
import type { ActorId, CommentId } from './ids.ts'
import { isNew, markSeen, mergeMarks, mostSeen, nothingSeen, readMark } from './read-mark.ts'

const me = 'ada' as ActorId
const said = (id: string, createdAt: number, by = 'ben') => ({ id: id as CommentId, by: by as ActorId, createdAt })
const many = (count: number) => Array.from({ length: count }, (_, n) => said(`c${n}`, n + 1))
const newOnes = (comments: ReturnType<typeof said>[], mark: Parameters<typeof isNew>[1]) => comments.filter((comment) => isNew(comment, mark, me)).map(({ id }) => id)

test('what others said is new until it was seen; one’s own never is', () => {
  const comments = [said('a', 1), said('mine', 2, me), said('b', 3)]
  expect(newOnes(comments, nothingSeen)).toEqual(['a', 'b'])
  const mark = markSeen(nothingSeen, comments, new Set(['a']))
  expect(newOnes(comments, mark)).toEqual(['b'])
})

test('what comes in late, written offline, is new all the same', () => {
  const mark = markSeen(nothingSeen, [said('a', 1), said('c', 9)], new Set(['a', 'c']))
  expect(newOnes([said('a', 1), said('late', 5), said('c', 9)], mark)).toEqual(['late'])
})

test('the mark stays small: what is older than the newest that were seen counts as seen', () => {
  const comments = many(3 * mostSeen)
  const mark = markSeen(nothingSeen, comments, new Set(comments.map(({ id }) => id)))
  expect(mark.seen).toHaveLength(mostSeen)
  expect(newOnes(comments, mark)).toEqual([])
  expect(newOnes([...comments, said('next', 1e6)], mark)).toEqual(['next'])
  expect(markSeen(mark, comments, new Set())).toEqual(mark)
})

test('two devices together have seen what either has', () => {
  const comments = many(6)
  const [here, there] = [markSeen(nothingSeen, comments, new Set(['c0', 'c1'])), markSeen(nothingSeen, comments, new Set(['c4']))]
  expect(newOnes(comments, mergeMarks(here, there))).toEqual(['c2', 'c3', 'c5'])
  expect(mergeMarks({ since: 3, seen: [] }, { since: 1, seen: ['c4'] })).toEqual({ since: 3, seen: ['c4'] })
})

test.each([null, 7, {}, { since: -1, seen: [] }, { since: NaN, seen: [] }, { since: 1, seen: ['../x'] }, { since: 1, seen: 'c0' }, { since: 1, seen: Array(1_000).fill('c0') }])('a mark is nothing else: %j', (value) => {
  expect(readMark(value)).toBeNull()
})
