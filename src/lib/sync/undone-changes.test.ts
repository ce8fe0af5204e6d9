import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addUndone, UndoneInMemory, type UndoneChange } from './undone-changes.ts'

const change = (id: string, at: number, content: Uint8Array = new Uint8Array(10)): UndoneChange =>
  ({ id, document: `mission/${id}`, title: null, at, code: 'not_allowed', message: 'You may not change this.', content })

const written = (key: string) => {
  const doc = new Y.Doc()
  doc.getMap('m').set(key, true)
  return Y.encodeStateAsUpdate(doc)
}

test('the newest twenty are kept, newest first', () => {
  let kept: UndoneChange[] = []
  for (let n = 0; n < 25; n++) kept = addUndone(kept, change(`d${n}`, n))
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `d${24 - index}`))
})

test('no more than 50 MB are kept, and the newest always', () => {
  const large = new Uint8Array(30 * 1024 * 1024)
  const kept = addUndone(addUndone([change('small', 1)], change('old', 2, large)), change('new', 3, large))
  expect(kept.map(({ id }) => id)).toEqual(['new'])
  expect(addUndone([], change('huge', 1, new Uint8Array(60 * 1024 * 1024)))).toHaveLength(1)
})

test('what two pages lose of one copy is kept as one, with what each had and the first reason', async () => {
  const undone = new UndoneInMemory()
  expect(await undone.keep({ ...change('copy', 1, written('one')), message: 'First' })).toBeNull()
  expect(await undone.keep({ ...change('copy', 2, written('two')), message: 'Second' })).toMatchObject({ message: 'First' })
  const [kept, ...others] = await undone.list()
  expect(others).toEqual([])
  expect(kept!.message).toBe('First')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, kept!.content)
  expect(doc.getMap('m').toJSON()).toEqual({ one: true, two: true })
})

test('what is deleted is gone, and whoever looks is told', async () => {
  const undone = new UndoneInMemory()
  let told = 0
  undone.on('change', () => { told++ })
  await undone.keep(change('a', 1))
  await undone.delete('a')
  expect(await undone.list()).toEqual([])
  expect(told).toBe(2)
})
