import { expect, test } from 'vitest'
import { DelimitedReader } from './read-delimited.ts'

/** Whole, and in pieces of any size: both must read the same. */
function read(text: string, piece = text.length || 1) {
  const reader = new DelimitedReader()
  const rows: string[][] = []
  for (let at = 0; at < text.length; at += piece) rows.push(...reader.read(text.slice(at, at + piece)))
  rows.push(...reader.end())
  return { rows, notes: reader.notes }
}

test.each([
  ['commas', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['semicolons', 'a;b\n1,5;2\n', [['a', 'b'], ['1,5', '2']]],
  ['tabs', 'a\tb\n1\t2', [['a', 'b'], ['1', '2']]],
  ['bars', 'a|b|c\n1|2|3', [['a', 'b', 'c'], ['1', '2', '3']]],
  ['a byte order mark and lines of Windows', '\uFEFFa,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
  ['quoted commas, quotes and lines', 'a,b\n"x, ""y""","two\nlines"\n', [['a', 'b'], ['x, "y"', 'two\nlines']]],
  ['empty lines', 'a,b\n\n1,2\n\n', [['a', 'b'], ['1', '2']]],
  ['nothing', '', []],
])('%s', (_, text, rows) => {
  expect(read(text)).toEqual({ rows, notes: [] })
  expect(read(text, 3).rows).toEqual(rows)
})

test('a quotation mark that is never closed costs nothing of what follows', () => {
  const { rows, notes } = read('name,size\na,1\n"b,2\nc,3\nd,4\n')
  expect(rows).toEqual([['name', 'size'], ['a', '1'], ['"b', '2'], ['c', '3'], ['d', '4']])
  expect(notes).toEqual(['A quotation mark in row 3 is never closed. From there on quotation marks are shown as they stand.'])
})

test('nor does one in a large file take it for a single cell', () => {
  const many = Array.from({ length: 120_000 }, (_, index) => `${index},some words here`).join('\n')
  const { rows, notes } = read(`a,b\n"1,2\n${many}\n`, 128 * 1024)
  expect(rows.length).toBe(120_002)
  expect(rows.at(-1)).toEqual(['119999', 'some words here'])
  expect(notes[0]).toContain('row 2')
})

test('quotation marks in the midst of a cell are shown, and said', () => {
  expect(read('a,b\n"x" y",2\n3,4\n')).toEqual({
    rows: [['a', 'b'], ['x" y', '2'], ['3', '4']],
    notes: ['Quotation marks in one row are not as they should be; what can be read of it is shown.'],
  })
})

test('rows of another length are said', () => {
  expect(read('a,b\n1\n1,2,3\n').notes).toEqual(['2 rows have more or fewer cells than the first.'])
})

test('a large file is read the same in pieces', () => {
  const text = `id,words\n${Array.from({ length: 20_000 }, (_, index) => `${index},"a ""b"", ${index}\nc"`).join('\n')}\n`
  expect(read(text, 10_007)).toEqual(read(text))
  expect(read(text).rows.length).toBe(20_001)
})
