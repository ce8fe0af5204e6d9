import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seeded } from '../../bench/seeded.ts'
import { applyInTurns, slicesOf } from './slices.ts'

const bytes = (update: Uint8Array) => update as Uint8Array<ArrayBuffer>

async function assembled(state: Uint8Array) {
  const whole = new Y.Doc()
  Y.applyUpdate(whole, state)
  const slices = slicesOf(bytes(state), 200)
  const copy = new Y.Doc()
  await applyInTurns(copy, slices)
  for (const doc of [whole, copy]) doc.getMap('map'), doc.getText('text'), doc.getArray('list')
  return { whole, copy, slices }
}

test('a state in slices makes the document that it makes at once, whoever wrote what of it, and whatever was deleted', async () => {
  const seed = 4_711
  const random = seeded(seed)
  const any = (count: number) => Math.floor(random() * count)
  const docs = Array.from({ length: 5 }, (_, n) => Object.assign(new Y.Doc(), { clientID: n + 1 }))
  for (let n = 0; n < 2_500; n++) {
    const doc = docs[any(docs.length)]!
    const [map, text, list] = [doc.getMap<Y.Map<unknown>>('map'), doc.getText('text'), doc.getArray<Y.Text>('list')]
    const edits = [
      () => map.set(`k${any(60)}`, new Y.Map(Object.entries({ title: `t${n}`, words: new Y.Text(`w${n}`) }))),
      () => map.get(`k${any(60)}`)?.set('title', `again ${n}`),
      () => map.delete(`k${any(60)}`),
      () => text.insert(any(text.length + 1), `some ${n}`, { bold: n % 3 === 0 }),
      () => text.length > 20 && text.delete(any(text.length - 10), any(9)),
      () => list.insert(any(list.length + 1), [new Y.Text(`line ${n}`)]),
      () => list.length > 0 && list.get(any(list.length)).insert(0, 'x'),
      () => list.length > 5 && list.delete(any(list.length), 1),
    ]
    edits[any(edits.length)]!()
    if (n % 7 === 0) Y.applyUpdate(docs[any(docs.length)]!, Y.encodeStateAsUpdate(doc))
  }
  for (const doc of docs) Y.applyUpdate(docs[0]!, Y.encodeStateAsUpdate(doc))
  const { whole, copy, slices } = await assembled(Y.encodeStateAsUpdate(docs[0]!))
  expect(slices.length, `seed ${seed}`).toBeGreaterThan(5)
  expect(copy.toJSON()).toEqual(whole.toJSON())
  expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(whole))).toBe(true)
  expect(copy.store.pendingStructs).toBeNull()
  // Both go on alike.
  whole.getText('text').insert(3, 'more')
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(whole, Y.encodeStateVector(copy)))
  expect(copy.toJSON()).toEqual(whole.toJSON())
})

test('a text in slices keeps every mark, also where half of it has one twice', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = seeded(seed)
    const any = (count: number) => Math.floor(random() * count)
    const docs = [1, 2].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
    const meet = () => docs.forEach((doc, n) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[1 - n]!)))
    docs[0]!.getArray('list').insert(0, [new Y.Text('start')])
    meet()
    for (let n = 0; n < 80; n++) {
      const text = docs[any(2)]!.getArray<Y.Text>('list').get(0)
      const edit = any(4)
      const at = any(text.length - 1)
      if (edit === 0 || text.length < 3) text.insert(any(text.length + 1), 'abc')
      else if (edit === 1) text.delete(at, 1)
      else text.format(at, 1 + any(text.length - at), { bold: [true, null, 'very'][any(3)] })
      if (any(4) === 0) meet()
    }
    meet()
    const [whole, copy] = [new Y.Doc(), new Y.Doc()]
    for (const doc of [whole, copy]) doc.getArray('list')
    const state = bytes(Y.encodeStateAsUpdate(docs[0]!))
    Y.applyUpdate(whole, state)
    await applyInTurns(copy, slicesOf(state, 5))
    expect(copy.getArray<Y.Text>('list').get(0).toDelta(), `seed ${seed}`).toEqual(whole.getArray<Y.Text>('list').get(0).toDelta())
    expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(docs[0]!)), `seed ${seed}`).toBe(true)
  }
})

test('what lacks something stays whole, and an empty state is one', async () => {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'first')
  const before = Y.encodeStateVector(doc)
  doc.getText('text').insert(5, 'second')
  const half = bytes(Y.encodeStateAsUpdate(doc, before))
  const other = Object.assign(new Y.Doc(), { clientID: 1 })
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const sight = Y.encodeStateVector(other)
  other.getText('text').insert(2, 'x')
  const foreign = bytes(Y.encodeStateAsUpdate(other, sight))
  expect(slicesOf(foreign)).toEqual([foreign])
  expect((await assembled(half)).copy.getText('text').toString()).toBe((await assembled(half)).whole.getText('text').toString())
  expect((await assembled(Y.encodeStateAsUpdate(new Y.Doc()))).copy.toJSON()).toEqual({ map: {}, text: '', list: [] })
})
