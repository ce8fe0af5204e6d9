import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DocumentAuthors } from './document-authors.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('asks once for many who are not known, and again only when a new one turns up, at most once a second', async () => {
  const answers: Record<string, string>[] = [{ 1: 'ada', 2: 'ben' }, { 1: 'ada', 2: 'ben', 3: 'viv' }]
  const load = vi.fn(async () => answers.shift() ?? {})
  const authors = new DocumentAuthors({ load })
  authors.need([1, 2])
  authors.need([2])
  expect(authors.of(1)).toBeNull()
  expect(authors.asking).toBe(true)
  await pass(0)
  expect([authors.of(1), authors.of(2), authors.asking, authors.reached]).toEqual(['ada', 'ben', false, true])
  authors.need([1, 2, 3])
  await pass(500)
  expect(load).toHaveBeenCalledTimes(1)
  await pass(600)
  expect(load).toHaveBeenCalledTimes(2)
  expect(authors.of(3)).toBe('viv')
})

test('one whom nobody knows is asked about three times and no more', async () => {
  const load = vi.fn(async () => ({}))
  const authors = new DocumentAuthors({ load })
  authors.need([9])
  await pass(10_000)
  authors.need([9])
  await pass(10_000)
  expect(load).toHaveBeenCalledTimes(3)
  expect([authors.of(9), authors.asking]).toEqual([null, false])
})

test('without the network it says so, asks when told to, and knows what was kept on this device', async () => {
  let reachable = false
  let stored: string | null = '{"1":"ada"}'
  const kept = { read: () => stored, write: (value: string) => void (stored = value) }
  const authors = new DocumentAuthors({
    kept,
    load: async () => {
      if (!reachable) throw new TypeError('Failed to fetch')
      return { 1: 'ada', 2: 'ben' }
    },
  })
  authors.need([1, 2])
  await pass(0)
  expect([authors.of(1), authors.of(2), authors.reached]).toEqual(['ada', null, false])
  reachable = true
  authors.again()
  await pass(2_000)
  expect([authors.of(2), authors.reached]).toEqual(['ben', true])
  expect(new DocumentAuthors({ kept, load: async () => null }).of(2)).toBe('ben')
})

test('what is kept may be anything', () => {
  for (const broken of ['', 'null', '[]', '{"1":{}}', '{"1":"<b>"}', '"x"']) {
    expect(new DocumentAuthors({ kept: { read: () => broken, write: () => {} }, load: async () => null }).of(1)).toBeNull()
  }
})
