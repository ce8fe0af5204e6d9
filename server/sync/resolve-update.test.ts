import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { MalformedUpdate, resolveUpdate } from './resolve-update.ts'

// Updates that no Yjs client makes are written byte by byte here.

type Write = (encoder: encoding.Encoder) => void
const [gc, deleted, text, type, any] = [0, 1, 4, 7, 8]
const [hasOrigin, hasRightOrigin, hasKey] = [128, 64, 32]
const id = (encoder: encoding.Encoder, client: number, clock: number) => {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

/** A struct below a root; under `key` where one is given. */
const inRoot = (root: string, kind: number, content: Write, key?: string): Write => (encoder) => {
  encoding.writeUint8(encoder, kind | (key === undefined ? 0 : hasKey))
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, root)
  if (key !== undefined) encoding.writeVarString(encoder, key)
  content(encoder)
}
const behind = (client: number, clock: number, kind: number, content: Write): Write => (encoder) => {
  encoding.writeUint8(encoder, kind | hasOrigin)
  id(encoder, client, clock)
  content(encoder)
}
const inside = (client: number, clock: number, kind: number, content: Write, key?: string): Write => (encoder) => {
  encoding.writeUint8(encoder, kind | (key === undefined ? 0 : hasKey))
  encoding.writeVarUint(encoder, 0)
  id(encoder, client, clock)
  if (key !== undefined) encoding.writeVarString(encoder, key)
  content(encoder)
}
const length = (count: number): Write => (encoder) => encoding.writeVarUint(encoder, count)
const words = (value: string): Write => (encoder) => encoding.writeVarString(encoder, value)
const typeRef = length
const values = (...all: unknown[]): Write => (encoder) => {
  encoding.writeVarUint(encoder, all.length)
  for (const value of all) encoding.writeAny(encoder, value as string)
}
const collected = (count: number): Write => (encoder) => {
  encoding.writeUint8(encoder, gc)
  encoding.writeVarUint(encoder, count)
}

type Section = { client: number; clock: number; structs: Write[] }
type Deletion = [client: number, clock: number, length: number]

function update(sections: Section[], deletions: Deletion[] = []): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sections.length)
  for (const { client, clock, structs } of sections) {
    encoding.writeVarUint(encoder, structs.length)
    id(encoder, client, clock)
    for (const write of structs) write(encoder)
  }
  encoding.writeVarUint(encoder, deletions.length)
  for (const [client, clock, count] of deletions) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, 1)
    id(encoder, clock, count)
  }
  return encoding.toUint8Array(encoder)
}

/** A document in which client 5 wrote `title` (clock 0) and a map with a `note` in it (clocks 1 and 2). */
function document() {
  const author = new Y.Doc()
  author.clientID = 5
  author.getMap('map').set('title', 'Title')
  author.getMap('map').set('below', new Y.Map([['note', 'Note']]))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(author))
  return doc
}

const pathsOf = (doc: Y.Doc, bytes: Uint8Array) => resolveUpdate(doc, bytes).ops.map(({ kind, path }) => [kind, ...path])

const one = (...structs: Write[]) => update([{ client: 9, clock: 0, structs }])

describe('an update is malformed', () => {
  const whole = Y.encodeStateAsUpdate(document())
  const malformed: [string, Uint8Array][] = [
    ['without a byte', new Uint8Array()],
    ['of random bytes', Uint8Array.of(7, 200, 13, 255, 255, 255, 1, 1, 3)],
    ['that was cut off', whole.slice(0, -3)],
    ['with a count of structs that are not there', Uint8Array.of(1, 255, 255, 255, 255, 15, 9, 0, 0)],
    ['with a kind of type that Yjs does not have', one(inRoot('map', type, typeRef(99), 'key'))],
    ['with a kind of content that Yjs does not have', one(inRoot('map', 31, length(1), 'key'))],
    ['with a client’s section twice', update([{ client: 9, clock: 0, structs: [inRoot('list', any, values(1))] }, { client: 8, clock: 0, structs: [collected(1)] }, { client: 9, clock: 1, structs: [collected(1)] }])],
    ['with a client’s section in two', update([{ client: 9, clock: 0, structs: [inRoot('list', any, values(1))] }, { client: 9, clock: 1, structs: [inRoot('list', any, values(2))] }])],
    ['with an empty section', update([{ client: 9, clock: 0, structs: [] }])],
    ['with a text of no length', one(inRoot('text', text, words('')))],
    ['with no values', one(inRoot('list', any, values()))],
    ['with a deleted content of no length', one(inRoot('list', deleted, length(0)))],
    ['with a collected struct of no length', one(collected(0))],
    ['with clocks beyond what a number holds', one(collected(Number.MAX_SAFE_INTEGER), collected(Number.MAX_SAFE_INTEGER))],
    ['with a struct behind itself', one(behind(9, 0, any, values(1)))],
    ['with a struct behind its own future', one(inRoot('list', any, values(1)), behind(9, 7, any, values(2)))],
    ['with a struct inside its own future', one(inside(9, 1, any, values(1)))],
    ['with types nested without end', one(inRoot('list', type, typeRef(0)), ...Array.from({ length: 100 }, (_, clock) => inside(9, clock, type, typeRef(0))))],
    ['with a deletion of no length', update([], [[5, 0, 0]])],
    ['with a deletion beyond what a number holds', update([], [[5, 1, Number.MAX_SAFE_INTEGER]])],
    ['with the same deletion twice', update([], [[5, 0, 2], [5, 1, 1]])],
  ]
  test.each(malformed)('%s', (_, bytes) => {
    expect(() => resolveUpdate(document(), bytes)).toThrow(MalformedUpdate)
  })

  test('that has a struct of which a part is known in another place: Yjs would append the rest there', () => {
    const doc = document()
    const forged = update([{ client: 5, clock: 0, structs: [inRoot('other', any, values('x', 'x', 'x', 'rest'), 'key')] }])
    expect(() => resolveUpdate(doc, forged)).toThrow(MalformedUpdate)

    const deletions = new Set<number>()
    doc.on('afterTransaction', ({ deleteSet }: Y.Transaction) => {
      for (const ranges of deleteSet.clients.values()) for (const { clock } of ranges) deletions.add(clock)
    })
    doc.getMap('other')
    Y.applyUpdate(doc, forged)
    expect(deletions, 'what it would have deleted, without a word of it in the update').not.toEqual(new Set())
  })

  test('that has a struct of which a part is gone: Yjs would stop half-way', () => {
    const doc = document()
    doc.getMap('map').delete('below')
    const forged = update([{ client: 5, clock: 2, structs: [inRoot('list', any, values('x', 'y', 'z'))] }])
    expect(() => resolveUpdate(doc, forged)).toThrow(MalformedUpdate)
    expect(() => Y.applyUpdate(doc, forged)).toThrow(TypeError)
  })

  test('that gives a key several values at once: cut in two later, Yjs would stop where what is around them is deleted', () => {
    const doc = new Y.Doc()
    const around = update([{ client: 5, clock: 0, structs: [inRoot('map', type, typeRef(1), 'a'), inside(5, 0, text, words('xyz'), 'b')] }])
    const between = update([{ client: 6, clock: 0, structs: [behind(5, 2, text, words('w'))] }])
    expect(() => resolveUpdate(doc, around)).toThrow('several values')
    Y.applyUpdate(doc, around)
    Y.applyUpdate(doc, between)
    expect(() => doc.getMap('map').delete('a')).toThrow('Unexpected case')
  })

  test('but not where all of these are deleted, in however many pieces, as a client sends what it keeps to undo', () => {
    const known = { client: 5, clock: 0, structs: [inRoot('map', any, values('x', 'y', 'z'), 'a'), behind(5, 2, any, values('now'))] }
    expect(resolveUpdate(new Y.Doc(), update([known], [[5, 1, 2], [5, 0, 1]])).ops).toHaveLength(2)
    expect(() => resolveUpdate(new Y.Doc(), update([known], [[5, 0, 2]]))).toThrow('several values')
  })
})

describe('an update waits for what is missing', () => {
  const waiting: [string, Uint8Array][] = [
    ['an earlier struct of the same client', update([{ client: 9, clock: 4, structs: [inRoot('list', any, values(1))] }])],
    ['its neighbour', one(behind(7, 0, any, values(1)))],
    ['its parent', one(inside(7, 0, any, values(1), 'key'))],
    ['what it deletes', update([], [[7, 0, 1]])],
    ['a part of what it deletes', update([], [[5, 2, 5]])],
  ]
  test.each(waiting)('for %s', (_, bytes) => {
    expect(resolveUpdate(document(), bytes).pending).toBe(true)
  })

  test('and one that brings it all does not', () => {
    const bytes = update([
      { client: 9, clock: 0, structs: [behind(7, 0, any, values(1))] },
      { client: 7, clock: 0, structs: [inRoot('list', any, values(0))] },
    ])
    expect(resolveUpdate(document(), bytes)).toMatchObject({ pending: false, newClients: new Set([9, 7]) })
  })
})

describe('a path', () => {
  test('of a key has it whole, whatever characters it has', () => {
    expect(pathsOf(document(), one(inRoot('map', any, values(1), 'a/b'), inRoot('map', any, values(1), '')))).toEqual([['set', 'map', 'a/b'], ['set', 'map', '']])
  })

  test('goes through types of the same update', () => {
    expect(pathsOf(document(), one(inRoot('map', type, typeRef(1), 'new'), inside(9, 0, type, typeRef(0), 'deep'), inside(9, 1, any, values(1)))))
      .toEqual([['set', 'map', 'new'], ['set', 'map', 'new', 'deep'], ['insert', 'map', 'new', 'deep']])
  })

  test('tells a list’s item from a map’s key, also in one and the same type', () => {
    expect(pathsOf(document(), one(inside(5, 1, any, values(1)), inside(5, 1, any, values(1), 'note')))).toEqual([['insert', 'map', 'below'], ['set', 'map', 'below', 'note']])
  })

  test('comes from the neighbour, whatever the struct itself might claim', () => {
    expect(pathsOf(document(), one(behind(5, 2, any, values('forged'))))).toEqual([['set', 'map', 'below', 'note']])
  })

  test('of a deletion is where the deleted thing is; what lies below it goes unlisted', () => {
    expect(pathsOf(document(), update([], [[5, 1, 1]]))).toEqual([['delete', 'map', 'below']])
  })

  test('there is none for what comes into something deleted', () => {
    const doc = document()
    doc.getMap('map').delete('below')
    expect(resolveUpdate(doc, one(inside(5, 1, any, values(1), 'note')))).toMatchObject({ ops: [], collected: 1, pending: false, newClients: new Set([9]) })
  })

  test('is found without making the root', () => {
    const doc = document()
    resolveUpdate(doc, one(inRoot('unheard of', any, values(1), 'key')))
    expect([...doc.share.keys()]).toEqual(['map'])
  })
})

test('what is known already adds nothing', () => {
  const doc = document()
  expect(resolveUpdate(doc, Y.encodeStateAsUpdate(doc))).toEqual({ ops: [], newClients: new Set(), pending: false, overlaps: false, collected: 0 })
})

test('of a struct of which a part is known only the rest is told', () => {
  const author = new Y.Doc()
  author.getText('text').insert(0, 'known')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(author))
  author.getText('text').insert(5, ' and new')
  const [op, ...others] = resolveUpdate(doc, Y.encodeStateAsUpdate(author)).ops
  expect(others).toEqual([])
  expect(op).toMatchObject({ kind: 'insert', path: ['text'], content: { str: ' and new' } })
})

test('a right neighbour alone gives the place as well', () => {
  const write: Write = (encoder) => {
    encoding.writeUint8(encoder, any | hasRightOrigin)
    id(encoder, 5, 2)
    encoding.writeVarUint(encoder, 1)
    encoding.writeAny(encoder, 'forged')
  }
  expect(pathsOf(document(), one(write))).toEqual([['set', 'map', 'below', 'note']])
})
