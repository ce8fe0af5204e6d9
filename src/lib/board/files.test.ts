import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { atVersion, filesOf, filesOfRun, readFiles } from './files.ts'
import type { RunId } from './ids.ts'

const version = (number: number, runId: string | null = null) => ({ version: number, type: 'text/markdown', size: number, hash: `hash${number}`, by: 'ann', createdAt: number, runId })
function filesIn(entries: Record<string, unknown>) {
  const doc = new Y.Doc()
  for (const [id, entry] of Object.entries(entries)) filesOf(doc).set(id, entry)
  return readFiles(doc)
}

test('a file tells of its newest version and, oldest first, of all', () => {
  const [file] = filesIn({ a: { kind: 'attachment', name: 'plan.md', ...version(2), text: 'ready', versions: [version(2), version(1)] } })
  expect(file).toMatchObject({ id: 'a', name: 'plan.md', version: 2, hash: 'hash2', text: 'ready', textReason: '' })
  expect(file?.versions.map((each) => each.version)).toEqual([1, 2])
  expect(atVersion(file!, 1)).toMatchObject({ id: 'a', version: 1, hash: 'hash1' })
  expect(atVersion(file!, 3)).toBeNull()
})

test('an entry of before there were versions has its only one', () => {
  const [file] = filesIn({ a: { kind: 'attachment', name: 'plan.md', ...version(1) } })
  expect(file?.versions).toEqual([version(1)])
  expect(file?.text).toBeNull()
})

test.each<[string, unknown]>([
  ['nothing', {}], ['wrong kinds of value', { kind: 7, name: [], version: 'x', size: null, hash: 3, versions: 'all', text: 'soon', textReason: 5 }],
  ['versions that are none', { versions: [null, 3, [], { version: 'x' }] }], ['a map', new Y.Map([['name', 'a.md']])],
])('a malformed entry reads as little, and nothing throws: %s', (_, entry) => {
  const [file] = filesIn({ a: entry })
  expect(file).toMatchObject({ id: 'a', kind: 'attachment', version: 1, text: null, textReason: '' })
  expect(file?.versions.length).toBeGreaterThan(0)
})

test.each([['a text', 'x'], ['a number', 1], ['a list', []], ['nothing', null]])('what is no entry is passed over: %s', (_, entry) => {
  expect(filesIn({ a: entry })).toEqual([])
})

test('files stand in the order in which they first came, whatever was replaced since', () => {
  const files = filesIn({
    b: { ...version(2), createdAt: 9, versions: [{ ...version(1), createdAt: 1 }, { ...version(2), createdAt: 9 }] },
    a: { ...version(1), createdAt: 5 },
  })
  expect(files.map(({ id }) => id)).toEqual(['b', 'a'])
})

test('a run keeps its own version of what a later one made again', () => {
  const files = filesIn({
    digest: { kind: 'artifact', name: 'digest.md', ...version(3, 'second'), versions: [version(1, 'first'), version(2, 'first'), version(3, 'second')] },
    notes: { kind: 'attachment', name: 'notes.md', ...version(1) },
  })
  expect(filesOfRun(files, 'first' as RunId)).toMatchObject([{ id: 'digest', version: 2, hash: 'hash2' }])
  expect(filesOfRun(files, 'second' as RunId)).toMatchObject([{ id: 'digest', version: 3 }])
  expect(filesOfRun(files, 'third' as RunId)).toEqual([])
})
