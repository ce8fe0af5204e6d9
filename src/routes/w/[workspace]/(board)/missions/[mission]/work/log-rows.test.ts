import { expect, test } from 'vitest'
import type { EntryKind, LogEntry } from '#lib/board/run-document.ts'
import { asksFor, entryText, logRows, rowOf } from './log-rows.ts'

const entry = (seq: number, kind: EntryKind, data?: LogEntry['data']): LogEntry => ({ seq, at: 0, kind, text: `${kind} ${seq}`, ...data && { data } })
const call = (seq: number, id: string) => entry(seq, 'call', { of: 'call', call: id, tool: 'search', args: '{"query":"rope"}' })
const result = (seq: number, id: string) => entry(seq, 'result', { of: 'result', call: id, tool: 'search', ok: true, result: 'Three missions', ms: 12 })

test('a result stands with its call, also of several at once', () => {
  const entries = [entry(0, 'step'), call(1, 'a'), call(2, 'b'), result(3, 'b'), result(4, 'a')]
  const rows = logRows(entries)
  expect(rows.map(({ seq, result: found }) => [seq, found?.call ?? null])).toEqual([[0, null], [1, 'a'], [2, 'b']])
  expect([rowOf(rows, entries, 3), rowOf(rows, entries, 0), rowOf(rows, entries, 9)]).toEqual([2, 0, -1])
})

test('a result whose call is not there stands alone', () => {
  expect(logRows([result(4, 'a')])).toMatchObject([{ seq: 4, call: null, result: { call: 'a' } }])
})

test('words are sought in what lies behind an entry, too', () => {
  expect(asksFor({ kinds: [], words: 'ROPE call' }, call(1, 'a'))).toBe(true)
  expect(asksFor({ kinds: ['error'], words: '' }, call(1, 'a'))).toBe(false)
  expect(asksFor({ kinds: ['call'], words: 'anchor' }, call(1, 'a'))).toBe(false)
})

test('an entry as text has all of it', () => {
  expect(entryText(result(1, 'a'))).toBe('1970-01-01T00:00:00.000Z  result   result 1\n    Three missions')
})
