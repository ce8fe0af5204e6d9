import { describe, expect, test } from 'vitest'
import { columnLetters, dateIn, mostCells, numberIn, TableRows } from './table-rows.ts'

function table(...rows: string[][]) {
  const made = new TableRows()
  for (const row of rows) made.add(row)
  return made
}
const cells = (made: TableRows, column: number) => made.rows(0, made.shown).rows.map((row) => row[column])

describe('values', () => {
  test.each([
    ['12', 12], ['-3.5', -3.5], ['1,234.5', 1234.5], ['1.234,5', 1234.5], ['1,234', 1234], ['3,5', 3.5], ['1.234.567', 1234567], ['12 %', 12], ['€ 3', 3], ['$1,000', 1000],
    ['1e3', 1000], ['−4', -4], ['1 234', 1234], ['', NaN], ['a', NaN], ['1-2', NaN], ['12 apples', NaN], ['2024-01-02', NaN],
  ])('the number in %s', (text, value) => expect(numberIn(text)).toBe(value))

  test.each([
    ['2014-01-02', Date.UTC(2014, 0, 2)], ['2014-1-2', Date.UTC(2014, 0, 2)], ['2014-01-02 10:30:00Z', Date.UTC(2014, 0, 2, 10, 30)],
    ['2.1.2014', Date.UTC(2014, 0, 2)], ['1/2/14', Date.UTC(2014, 0, 2)], ['13/2/2014', NaN], ['12', NaN], ['', NaN], ['soon', NaN],
  ])('the date in %s', (text, value) => expect(dateIn(text)).toBe(value))

  test('strokes with a day above twelve are read day first', () => expect(dateIn('13/2/2014', false)).toBe(Date.UTC(2014, 1, 13)))
  test('columns without a name have letters', () => expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']))
})

test('the first row is the heading when it has words where the others have values', () => {
  expect(table(['day', 'height'], ['2024-01-01', '3']).columns).toMatchObject([{ name: 'day', kind: 'date' }, { name: 'height', kind: 'number' }])
  expect(table(['1', '2'], ['3', '4']).columns.map(({ name }) => name)).toEqual(['A', 'B'])
})

test('who asks before anything has arrived does not change what the heading is', () => {
  const made = new TableRows()
  expect([made.all, made.shown, made.columns]).toEqual([0, 0, []])
  made.add(['day', 'height'])
  made.add(['2024-01-01', '3'])
  expect(made.all).toBe(1)
  expect(made.columns[0]?.name).toBe('day')
})

test('a column has room for what comes late in a long table', () => {
  expect(table(['id', 'x'], ...Array.from({ length: 20_000 }, (_, index) => [String(index * 1_000), 'a'])).columns[0]).toMatchObject({ kind: 'number', letters: 8 })
})

test('numbers sort as numbers, whatever they look like, and what is none stands last both ways', () => {
  const made = table(['n'], ['10'], ['9'], ['n/a'], ...Array.from({ length: 20 }, (_, index) => [`1,00${index % 10}`]))
  made.arrange({ sort: { column: 0, descending: false }, filter: '' })
  expect(cells(made, 0).slice(0, 3)).toEqual(['9', '10', '1,000'])
  expect(cells(made, 0).at(-1)).toBe('n/a')
  made.arrange({ sort: { column: 0, descending: true }, filter: '' })
  expect(cells(made, 0)[0]).toBe('1,009')
  expect(cells(made, 0).at(-1)).toBe('n/a')
})

test('dates sort by time, words as people sort them, and equals stay in their order', () => {
  const made = table(['when', 'who'], ['2.10.2023', 'b10'], ['1.12.2022', 'B9'], ['3.1.2024', 'á'], ['3.1.2024', ''])
  made.arrange({ sort: { column: 0, descending: false }, filter: '' })
  expect(cells(made, 0)).toEqual(['1.12.2022', '2.10.2023', '3.1.2024', '3.1.2024'])
  made.arrange({ sort: { column: 1, descending: false }, filter: '' })
  expect(cells(made, 1)).toEqual(['á', 'B9', 'b10', ''])
})

test('a filter keeps rows that have the words anywhere, with their numbers in the file', () => {
  const made = table(['a', 'b'], ['x', 'One fish'], ['y', 'two'], ['z', 'FISH'])
  made.arrange({ sort: null, filter: ' fish' })
  expect(made.rows(0, 9)).toEqual({ rows: [['x', 'One fish'], ['z', 'FISH']], numbers: [2, 4] })
  made.arrange({ sort: null, filter: '' })
  expect(made.shown).toBe(3)
})

test('a table that is too long keeps its beginning', () => {
  const made = new TableRows()
  const row = Array.from({ length: 1000 }, () => 'x')
  let kept = 0
  while (made.add(row)) kept++
  expect(kept).toBe(mostCells / 1000)
})
