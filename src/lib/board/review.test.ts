import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ActorId, FileId, ReviewId, RunId } from './ids.ts'
import type { Quote } from './quote.ts'
import {
  addApprovalByMove, addReview, askedBefore, compareArtifacts, judgedRun, pointsOf, producedBy, readReviews, reviewsOf, runBefore, standingApproval, withdrawReview,
} from './review.ts'

const ada = 'ada' as ActorId
const run = (id: string, state: 'succeeded' | 'failed', createdAt: number) => ({ id: id as RunId, state, createdAt })
const file = (name: string, hash: string, runId: string, version = 1) => ({
  id: `${name}-${runId}` as FileId, kind: 'artifact', name, type: 'text/markdown', size: 1, hash, version, runId: runId as RunId,
})

describe('a review', () => {
  test('[REVIEW2] keeps who, when, which run, which versions of which artifacts, and what was quoted', () => {
    const doc = new Y.Doc()
    const quote: Quote = { source: 'file/digest/2', text: 'forty boats', from: null, to: null }
    const files = [{ id: 'digest' as FileId, version: 2, hash: 'abc', name: 'digest.md' }]
    addReview(doc, { id: 'r' as ReviewId, by: ada, verdict: 'changes_requested', note: 'Shorter', runId: 'run' as RunId, quotes: [quote], files }, 5)
    expect(readReviews(doc)).toEqual([{
      id: 'r', by: 'ada', verdict: 'changes_requested', note: 'Shorter', runId: 'run', quotes: [quote], files, createdAt: 5, byMove: false, withdrawnAt: null,
    }])
  })

  test('of an older kind, or malformed, reads as what there is of it', () => {
    const doc = new Y.Doc()
    reviewsOf(doc).set('old', new Y.Map<unknown>(Object.entries({ by: 'ada', verdict: 'approved', note: '', runId: null, createdAt: 1 })))
    reviewsOf(doc).set('odd', new Y.Map<unknown>(Object.entries({ by: 7, quotes: [3, { source: 'body', text: '' }, { source: 'elsewhere', text: 'a' }, { source: 'body', text: 'a', from: 1 }], files: 'none' })))
    reviewsOf(doc).set('none', 'words' as never)
    expect(readReviews(doc)).toMatchObject([
      { id: 'odd', by: '', verdict: 'changes_requested', quotes: [{ source: 'body', text: 'a', from: null, to: null }], files: [] },
      { id: 'old', quotes: [], files: [], byMove: false, withdrawnAt: null },
    ])
  })

  test('[REVIEW3] that is taken back stays as a record, and nothing rests on it', () => {
    const doc = new Y.Doc()
    addApprovalByMove(doc, { id: 'move' as ReviewId, by: ada, runId: null, files: [] }, 5)
    expect(standingApproval(readReviews(doc))).toMatchObject({ id: 'move', byMove: true })
    withdrawReview(doc, 'move' as ReviewId, 9)
    withdrawReview(doc, 'move' as ReviewId, 12)
    expect(readReviews(doc)).toMatchObject([{ id: 'move', verdict: 'approved', withdrawnAt: 9 }])
    expect(standingApproval(readReviews(doc))).toBeNull()
  })
})

describe('what is judged', () => {
  const runs = [run('one', 'succeeded', 1), run('two', 'succeeded', 2), run('three', 'failed', 3)]

  test('is the newest run that finished well, against the one before it', () => {
    expect(judgedRun(runs)?.id).toBe('two')
    expect(runBefore(runs, runs[1]!)?.id).toBe('one')
    expect(runBefore(runs, runs[0]!)).toBeNull()
    expect(judgedRun([runs[2]!])?.id).toBe('three')
    expect(judgedRun([])).toBeNull()
  })

  test('is held against the newest request from before the run', () => {
    const doc = new Y.Doc()
    const ask = (id: string, at: number) => addReview(doc, { id: id as ReviewId, by: ada, verdict: 'changes_requested', note: id, runId: null }, at)
    ask('first', 1)
    ask('second', 2)
    ask('later', 5)
    expect(askedBefore(readReviews(doc), run('run', 'succeeded', 3))?.note).toBe('second')
    expect(askedBefore(readReviews(doc), run('run', 'succeeded', 0))).toBeNull()
  })
})

describe('artifacts against those of the run before', () => {
  test('are new, changed, the same or gone, by name and content', () => {
    const before = producedBy([file('a.md', '1', 'one'), file('b.md', '1', 'one'), file('c.md', '1', 'one'), file('z.md', '1', 'other')], 'one' as RunId)
    const after = producedBy([file('a.md', '1', 'two'), file('b.md', '2', 'two'), file('d.md', '1', 'two')], 'two' as RunId)
    expect(compareArtifacts(before, after).map(({ state, before: was, after: is }) => [is?.name ?? was?.name, state])).toEqual([
      ['a.md', 'same'], ['b.md', 'changed'], ['d.md', 'new'], ['c.md', 'gone'],
    ])
  })

  test('are those versions that the run itself made, also of one file that several runs wrote', () => {
    const versions = [
      { version: 1, hash: 'x', size: 1, type: 'text/markdown', runId: 'one' as RunId },
      { version: 2, hash: 'y', size: 2, type: 'text/markdown', runId: 'two' as RunId },
    ]
    const shared = { ...file('a.md', 'y', 'two', 2), id: 'a' as FileId, versions }
    expect(producedBy([shared], 'one' as RunId)).toMatchObject([{ id: 'a', version: 1, hash: 'x' }])
    expect(producedBy([shared], 'two' as RunId)).toMatchObject([{ id: 'a', version: 2, hash: 'y' }])
    expect(producedBy([shared], null)).toEqual([])
  })
})

test.each([
  ['A list', '- Shorter\n* With a chart\n3. [ ] Name the sources\n   of each', ['Shorter', 'With a chart', 'Name the sources\nof each']],
  ['Paragraphs', 'Make it shorter.\nMuch shorter.\n\nAdd a chart.', ['Make it shorter.\nMuch shorter.', 'Add a chart.']],
  ['Words before a list', 'Please:\n\n- one\n- two', ['Please:', 'one', 'two']],
  ['Nothing', ' \n', []],
])('the points of a note are ticked off one by one: %s', (_, note, points) => {
  expect(pointsOf(note)).toEqual(points)
})
