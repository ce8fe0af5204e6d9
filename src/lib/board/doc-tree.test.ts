import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { randomFrom } from '../../../tests/support/random.ts'
import { docsOf, readDocs } from './board-document.ts'
import type { Doc } from './doc.ts'
import { archiveDoc, createDoc, deleteDoc, moveDoc, renameDoc, restoreDoc } from './doc-edits.ts'
import { deepest, deleted, docTree, linesOf, present, stepFrom, wayTo, type DocNode } from './doc-tree.ts'
import type { ActorId, DocId, ProjectId } from './ids.ts'

const fair = 'fair' as ProjectId
const ann = 'ann' as ActorId
const id = (name: string) => name as DocId

/** A board with docs: `make('a', 'a/b', 'c')` stands b under a. */
function make(...paths: string[]) {
  const board = new Y.Doc()
  for (const path of paths) {
    const [name, parent = null] = path.split('/').reverse()
    createDoc(board, { id: id(name!), title: name!.toUpperCase(), projectId: fair, parentId: parent as DocId | null }, ann, 1)
  }
  return board
}
const tree = (board: Y.Doc) => docTree(readDocs(board), fair)
const drawn = (nodes: readonly DocNode[]): string => nodes.map(({ doc, children }) => doc.id + (children.length > 0 ? `(${drawn(children)})` : '')).join(' ')
const shown = (board: Y.Doc) => drawn(present(tree(board)))

describe('edits', () => {
  test('a new doc stands behind the others of its parent', () => {
    expect(shown(make('a', 'b', 'a/c', 'a/d'))).toBe('a(c d) b')
  })

  test('a doc moves with all under it, to a place counted without it', () => {
    const board = make('a', 'b', 'c', 'a/d')
    expect(moveDoc(board, fair, id('a'), { parentId: id('c'), index: 0 })).toBe(true)
    expect(shown(board)).toBe('b c(a(d))')
    moveDoc(board, fair, id('a'), { parentId: null, index: 1 })
    expect(shown(board)).toBe('b a(d) c')
    moveDoc(board, fair, id('b'), { parentId: null, index: 2 })
    expect(shown(board)).toBe('a(d) c b')
  })

  test('a doc does not go under itself, nor where there is nothing', () => {
    const board = make('a', 'a/b')
    for (const parentId of [id('a'), id('b'), id('nowhere')]) expect(moveDoc(board, fair, id('a'), { parentId, index: 0 })).toBe(false)
    expect(shown(board)).toBe('a(b)')
  })

  test('what is deleted takes what stands under it along, and brings it back', () => {
    const board = make('a', 'a/b', 'b/c', 'd')
    archiveDoc(board, id('a'), 5)
    expect(shown(board)).toBe('d')
    expect(drawn(deleted(tree(board)))).toBe('a(b(c))')
    restoreDoc(board, fair, id('a'))
    expect(shown(board)).toBe('a(b(c)) d')
  })

  test('what was deleted under something that is deleted, too, comes back to the top', () => {
    const board = make('a', 'a/b')
    archiveDoc(board, id('b'), 5)
    archiveDoc(board, id('a'), 6)
    restoreDoc(board, fair, id('b'))
    expect(shown(board)).toBe('b')
  })

  test('deleted for good is the doc and all under it, but nothing that was put under it at the same time', () => {
    const [board, other] = [make('a', 'a/b'), new Y.Doc()]
    Y.applyUpdate(other, Y.encodeStateAsUpdate(board))
    createDoc(other, { id: id('c'), title: 'C', projectId: fair, parentId: id('a') }, ann, 2)
    deleteDoc(board, fair, id('a'))
    Y.applyUpdate(board, Y.encodeStateAsUpdate(other))
    expect(shown(board)).toBe('c')
  })

  test('deleted docs between others do not count where one is put', () => {
    const board = make('a', 'b', 'c', 'd')
    archiveDoc(board, id('b'), 5)
    moveDoc(board, fair, id('d'), { parentId: null, index: 1 })
    expect(shown(board)).toBe('a d c')
  })
})

describe('steps of the keyboard', () => {
  const steps = (board: Y.Doc, doc: string, ...all: ('up' | 'down' | 'in' | 'out')[]) => {
    for (const step of all) {
      const place = stepFrom(present(tree(board)), id(doc), step)
      if (place) moveDoc(board, fair, id(doc), place)
    }
    return shown(board)
  }

  test('up and down among those beside it, no further than the ends', () => {
    expect(steps(make('a', 'b', 'c'), 'c', 'up')).toBe('a c b')
    expect(steps(make('a', 'b', 'c'), 'c', 'up', 'up', 'up')).toBe('c a b')
    expect(steps(make('a', 'b', 'c'), 'a', 'down')).toBe('b a c')
    expect(steps(make('a', 'b', 'c'), 'a', 'down', 'down', 'down')).toBe('b c a')
  })

  test('in: under the one above, behind those that are there; out: behind the one it was under', () => {
    expect(steps(make('a', 'a/b', 'c'), 'c', 'in')).toBe('a(b c)')
    expect(steps(make('a', 'b'), 'a', 'in')).toBe('a b')
    expect(steps(make('a', 'a/b', 'a/c', 'd'), 'b', 'out')).toBe('a(c) b d')
    expect(steps(make('a', 'b'), 'a', 'out')).toBe('a b')
  })
})

describe('whatever is stored, every doc stands in the tree once', () => {
  const doc = (name: string, parent: string | null, rank = name): Doc =>
    ({ id: id(name), title: name, projectId: fair, parentId: parent as DocId | null, rank, createdBy: null, createdAt: 0, archivedAt: null })

  test('a circle opens at its first by rank and id, and what hangs on it stays', () => {
    expect(drawn(docTree([doc('b', 'a'), doc('a', 'b'), doc('c', 'b')], fair))).toBe('a(b(c))')
    expect(drawn(docTree([doc('x', 'z'), doc('y', 'x'), doc('z', 'y', '0'), doc('w', 'x')], fair))).toBe('z(x(w y))')
    expect(drawn(docTree([doc('a', 'a')], fair))).toBe('a')
  })

  test('one whose parent is gone, or of another project, stands at the top', () => {
    const foreign = { ...doc('f', null), projectId: 'other' as ProjectId }
    expect(drawn(docTree([doc('a', 'gone'), foreign, doc('b', 'f')], fair))).toBe('a b')
  })

  test('what is stored too deep stands beside what it should be under', () => {
    const chain = Array.from({ length: 3_000 }, (_, n) => doc(`d${String(n).padStart(4, '0')}`, n === 0 ? null : `d${String(n - 1).padStart(4, '0')}`))
    const lines = linesOf(docTree(chain, fair))
    expect(lines.length).toBe(3_000)
    expect(Math.max(...lines.map(({ depth }) => depth))).toBe(deepest - 1)
  })

  test('moving out of a circle leaves the others where they were seen', () => {
    const board = make('a', 'b', 'c')
    docsOf(board).get('a')!.set('parentId', 'b')
    docsOf(board).get('b')!.set('parentId', 'a')
    expect(shown(board)).toBe('a(b) c')
    moveDoc(board, fair, id('b'), { parentId: null, index: 2 })
    expect(shown(board)).toBe('a c b')
  })
})

/** Docs that exist, in any project or under anything. */
function holds(board: Y.Doc) {
  const docs = readDocs(board)
  const lines = linesOf(tree(board))
  expect(lines.map(({ doc }) => doc.id).sort()).toEqual(docs.map((doc) => doc.id).sort())
  for (const { doc, depth } of lines) expect(wayTo(tree(board), doc.id).length).toBe(depth + 1)
}

test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('people who order, nest, delete and bring back at the same time see one tree in the end: seed %i', (seed) => {
  const { next: random, pick } = randomFrom(seed)
  const boards = [make('a', 'b', 'c', 'a/d', 'd/e'), new Y.Doc(), new Y.Doc()]
  const meet = () => {
    for (const from of boards) for (const to of boards) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  }
  meet()
  for (let round = 0; round < 12; round++) {
    for (const [who, board] of boards.entries()) {
      for (let edits = Math.floor(random() * 5); edits > 0; edits--) {
        const docs = readDocs(board)
        const one = docs.length > 0 ? pick(docs).id : null
        const kind = random()
        if (!one || kind < 0.15) {
          createDoc(board, { id: id(`n${who}-${round}-${edits}`), title: 'New', projectId: fair, parentId: random() < 0.5 ? one : null }, ann, round)
        } else if (kind < 0.55) {
          const seen = present(tree(board))
          moveDoc(board, fair, one, { parentId: random() < 0.3 ? null : pick(docs).id, index: Math.floor(random() * (seen.length + 1)) })
        } else if (kind < 0.75) {
          const place = stepFrom(present(tree(board)), one, pick(['up', 'down', 'in', 'out'] as const))
          if (place) moveDoc(board, fair, one, place)
        } else if (kind < 0.83) archiveDoc(board, one, round)
        else if (kind < 0.9) restoreDoc(board, fair, one)
        else if (kind < 0.94) deleteDoc(board, fair, one)
        else renameDoc(board, one, `Renamed by ${who}`)
        holds(board)
      }
    }
    if (random() < 0.5) meet()
  }
  meet()
  for (const board of boards) {
    holds(board)
    expect(drawn(tree(board))).toBe(drawn(tree(boards[0]!)))
  }
})
