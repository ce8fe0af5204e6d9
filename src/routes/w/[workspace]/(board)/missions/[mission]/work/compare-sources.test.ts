import { expect, test } from 'vitest'
import { compareSources } from './compare-sources.ts'
import type { ReadSource } from './run-details.ts'

const source = (name: string, version: string): ReadSource => ({ kind: 'doc', name, version, size: 1, cut: false, tokens: null, reason: '' })

test('what was read anew, in another version, as before, or not any more', () => {
  const found = compareSources([source('a', '1'), source('b', '1'), source('gone', '1')], [source('b', '2'), source('a', '1'), source('c', '1')])
  expect(found.map(({ source: { name }, state }) => [name, state])).toEqual([['b', 'changed'], ['a', 'same'], ['c', 'new'], ['gone', 'gone']])
})
