import { expect, test } from 'vitest'
import { compareTexts, type Comparison, type Line } from './compare-text.ts'

/** A line as it reads, with what changed in braces. */
const marked = (line: Line | null) => line && line.pieces.map(({ text, changed }) => (changed ? `{${text}}` : text)).join('')
const rows = ({ stretches }: Comparison) => stretches.flatMap(({ rows }) => rows)
const changed = (comparison: Comparison) => rows(comparison).filter(({ same }) => !same).map(({ before, after }) => [marked(before), marked(after)])
const plain = (line: Line | null) => line?.pieces.map(({ text }) => text).join('')
const lines = (count: number, from = 1) => Array.from({ length: count }, (_, n) => `Line ${n + from} of it`).join('\n')

test('words that changed are told within their line, with the space between them', () => {
  const comparison = compareTexts('The boat sails at noon.', 'The big old boat sails at dawn.')
  expect(changed(comparison)).toEqual([['The boat sails at {noon}.', 'The {big old }boat sails at {dawn}.']])
  expect(comparison).toMatchObject({ changes: 1, wordsAdded: 3, wordsRemoved: 1 })
})

test('lines that have little in common are two lines, one gone and one new', () => {
  expect(changed(compareTexts('Ask the harbour master.', 'Buy thirty red buoys'))).toEqual([['{Ask the harbour master.}', null], [null, '{Buy thirty red buoys}']])
})

test('a line put between two that were changed is found, and the others stay beside each other', () => {
  const comparison = compareTexts('The first point is short\nThe second point is long', 'The first point is very short\nSomething else entirely\nThe second point is too long')
  expect(changed(comparison)).toEqual([
    ['The first point is short', 'The first point is {very }short'],
    [null, '{Something else entirely}'],
    ['The second point is long', 'The second point is {too }long'],
  ])
})

test('languages without spaces are compared by their words too', () => {
  expect(changed(compareTexts('我们明天出发去港口', '我们今天出发去港口'))).toEqual([['我们{明天}出发去港口', '我们{今天}出发去港口']])
})

test('both sides can be read off whole, numbered, whatever changed', () => {
  const [before, after] = [`${lines(30)}\n\nend`, `new\n${lines(12)}\n${lines(14, 15)}\nLine 27 of that\nend\n`]
  const all = rows(compareTexts(before, after))
  const side = (name: 'before' | 'after') => all.flatMap((row) => row[name] ?? [])
  expect(side('before').map(plain).join('\n')).toBe(before)
  expect(side('after').map(plain).join('\n')).toBe(after.trimEnd())
  for (const name of ['before', 'after'] as const) expect(side(name).map(({ number }) => number)).toEqual(side(name).map((_, at) => at + 1))
})

test('long parts in which nothing changed are folded, but for three lines beside a change', () => {
  const { stretches } = compareTexts(lines(40), lines(40).replace('Line 20 of it', 'Line 20 of this'))
  expect(stretches.map(({ kind, rows }) => [kind, rows.length])).toEqual([['folded', 16], ['shown', 7], ['folded', 17]])
})

test('a few lines are not worth folding', () => {
  expect(compareTexts(lines(10), lines(10).replace('Line 5 of it', 'Line 5 of this')).stretches).toHaveLength(1)
})

test.each([['', ''], ['same', 'same'], ['same\r\nas', 'same\nas\n']])('%j and %j do not differ', (before, after) => {
  expect(compareTexts(before, after)).toMatchObject({ changes: 0, wordsAdded: 0, wordsRemoved: 0 })
})

test('what was empty is all new', () => {
  expect(changed(compareTexts('', 'One\nTwo'))).toEqual([[null, '{One}'], [null, '{Two}']])
})

test('texts that have nothing in common are compared in bounded time', () => {
  const noise = (seed: number, count: number) => Array.from({ length: count }, (_, n) => `${(n * seed) % 7919} ${(n * seed * 31) % 104_729} and so on`).join('\n')
  const start = performance.now()
  const comparison = compareTexts(noise(17, 20_000), noise(23, 20_000))
  expect(performance.now() - start).toBeLessThan(4_000)
  expect(comparison.changes).toBeGreaterThan(0)
})

test('one line of a megabyte is compared in bounded time', () => {
  const start = performance.now()
  compareTexts('word other '.repeat(90_000), 'other word '.repeat(90_000))
  expect(performance.now() - start).toBeLessThan(4_000)
})
