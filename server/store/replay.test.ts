import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyStored, replay } from './replay.ts'
import { Unreadable } from './update-log.ts'

function written(edits: number, length = 1) {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let n = 0; n < edits; n++) doc.getText('text').insert(0, String(n % 10).repeat(length))
  return { doc, updates }
}
const textOf = (state: Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc.getText('text').toString()
}

test('a snapshot and what came after it make the document', () => {
  const { doc, updates } = written(20)
  const snapshot = replay({ snapshot: null, updates: updates.slice(0, 12) })
  expect(textOf(replay({ snapshot, updates: updates.slice(12) }))).toBe(doc.getText('text').toString())
})

test('one update that cannot be applied takes nothing else with it', () => {
  const { doc, updates } = written(5)
  const loaded = new Y.Doc()
  expect(applyStored(loaded, { snapshot: null, updates: [Uint8Array.of(1, 200), ...updates.slice(0, 3), Uint8Array.of(255), ...updates.slice(3)] })).toBe(2)
  expect(loaded.getText('text').toString()).toBe(doc.getText('text').toString())
})

test('what was deleted is not kept', () => {
  const { doc, updates } = written(3, 10_000)
  doc.getText('text').delete(0, 29_990)
  expect(replay({ snapshot: null, updates }).byteLength).toBeLessThan(200)
  expect(textOf(replay({ snapshot: null, updates }))).toHaveLength(10)
})

test('[GATE10] a snapshot that cannot be applied makes no document at all', () => {
  expect(() => applyStored(new Y.Doc(), { snapshot: Uint8Array.of(255), updates: [] })).toThrow(Unreadable)
})
