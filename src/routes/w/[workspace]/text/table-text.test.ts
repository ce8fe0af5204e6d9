import { expect, test } from 'vitest'
import { readTable } from './table-text.ts'

test('quotes hold separators, line breaks and doubled quotes', () => {
  expect(readTable('a,b\r\n"x, y","say ""hi""\nthere"\r\n', 9).rows).toEqual([['a', 'b'], ['x, y', 'say "hi"\nthere']])
})

test('the separator is the one that the first line has most of', () => {
  expect(readTable('a;b;c\n1,5;2;3', 9).rows).toEqual([['a', 'b', 'c'], ['1,5', '2', '3']])
  expect(readTable('a\tb\n1\t2', 9).rows).toEqual([['a', 'b'], ['1', '2']])
})

test('it stops at the rows asked for and says that there are more', () => {
  const text = Array.from({ length: 50 }, (_, n) => `${n},x`).join('\n')
  const table = readTable(text, 10)
  expect(table.rows).toHaveLength(10)
  expect(table.more).toBe(true)
})

test('empty lines and a byte order mark are no rows and no text', () => {
  expect(readTable('\uFEFFa\n\n\nb\n', 9).rows).toEqual([['a'], ['b']])
})
