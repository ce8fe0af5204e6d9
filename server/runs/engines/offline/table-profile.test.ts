import { expect, test } from 'vitest'
import { tableProfiler } from './table-profile.ts'

function profileOf(rows: string[][], delimiter = ',') {
  const profiler = tableProfiler(delimiter)
  for (const [index, cells] of rows.entries()) profiler.sink([...cells], index + 1)
  return profiler.finish()
}
const split = (text: string, delimiter = ',') =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(delimiter))
const types = (profile: ReturnType<typeof profileOf>) => profile.columns.map(({ name, type }) => `${name}: ${type}`)

test('columns are told apart by what they hold', () => {
  const rows = Array.from({ length: 40 }, (_, row) => [
    `${row + 1}`,
    `2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
    row % 2 ? 'yes' : 'no',
    `${row * 1.5}`,
    `remark number ${row} is a longer sentence of words`,
    '',
    `${2000 + (row % 20)}`,
  ])
  expect(types(profileOf([['id', 'day', 'open', 'price', 'remark', 'nothing', 'year'], ...rows]))).toEqual([
    'id: identifier',
    'day: date',
    'open: category',
    'price: number',
    'remark: text',
    'nothing: empty',
    'year: date',
  ])
})

test('least, median, mean and greatest are those of the numbers, with their rows', () => {
  const {
    columns: [, value],
  } = profileOf(split('name,value\na,5\nb,NA\nc,1\nd,9\ne,1\nf,4'))
  expect(value).toMatchObject({
    median: 4,
    tally: { missing: 1, numbers: 5, min: 1, minRow: 4, minTimes: 2, max: 9, maxRow: 5, mean: 4, sum: 20 },
  })
})

test('a first row of numbers over numbers is data, and columns get numbers for names', () => {
  const profile = profileOf(split('1,2.5\n2,3.5\n3,4.5'))
  expect(profile).toMatchObject({ header: false, rows: 3, firstRow: 1 })
  expect(profile.columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2'])
})

test('a first row of words over numbers names the columns, and rows count as in a spreadsheet', () => {
  expect(profileOf(split('a,b\n1,x\n2,y'))).toMatchObject({ header: true, rows: 2, firstRow: 2, lastRow: 3 })
})

test('years may name columns', () => {
  expect(profileOf(split('country,2007,2008\nA,1.5,2.5\nB,3.5,4.5'))).toMatchObject({ header: true, rows: 2 })
})

test('a table of words only has a header when the first row is unlike the rest', () => {
  expect(profileOf(split('name,colour\nAnn,red\nBob,blue')).header).toBe(true)
  expect(profileOf(split('Ann,red\nBob,red\nCid,red')).header).toBe(false)
})

test('one row is names or data, and an empty table is nothing', () => {
  expect(profileOf(split('a,b,c'))).toMatchObject({ header: true, rows: 0, allColumns: 3 })
  expect(profileOf(split('a,1,c'))).toMatchObject({ header: false, rows: 1, allColumns: 3 })
  expect(profileOf([])).toMatchObject({ rows: 0, allColumns: 0, columns: [] })
})

test('blank rows keep their numbers but hold no data; rows of another length are counted', () => {
  const profile = profileOf([['a', 'b'], ['1', '2'], [''], ['3'], ['5', '6', '7']])
  expect(profile).toMatchObject({ rows: 3, lastRow: 5, raggedRows: 2, firstRaggedRow: 4 })
})

test('blank and repeated names are made different', () => {
  expect(profileOf(split('x,,x\n1,2,3\n4,5,6')).columns.map(({ name }) => name)).toEqual(['x', 'Column 2', 'x (2)'])
})

test('a decimal comma is understood where commas do not part the columns', () => {
  const {
    columns: [, price],
  } = profileOf(split('what;price\na;1,5\nb;2.000,25', ';'), ';')
  expect(price).toMatchObject({ type: 'number', tally: { min: 1.5, max: 2000.25 } })
})

test('day and month are told apart by the days beyond the twelfth, or the choice is said', () => {
  const clear = profileOf(split('on,n\n03/04/2024,1\n25/04/2024,2'))
  expect(clear.columns[0]).toMatchObject({ type: 'date', assumed: null })
  expect(new Date(clear.columns[0]?.values[0] ?? 0).toISOString()).toContain('2024-04-03')
  expect(profileOf(split('on,n\n03/04/2024,1\n05/04/2024,2')).columns[0]).toMatchObject({ assumed: 'month first' })
})

test('a long table is counted to the last row and sampled evenly, the same way each time', () => {
  const rows = Array.from({ length: 60_000 }, (_, row) => [`${row}`, row % 3 ? 'a' : 'b'])
  const profile = profileOf([['n', 'kind'], ...rows])
  expect(profile).toMatchObject({ rows: 60_000, complete: false })
  expect(profile.columns[0]?.tally).toMatchObject({ numbers: 60_000, min: 0, max: 59_999, mean: 29_999.5 })
  expect(profile.sample).toHaveLength(20_000)
  const early = profile.sample.filter(({ row }) => row <= 30_001).length
  expect(early).toBeGreaterThan(9_500)
  expect(early).toBeLessThan(10_500)
  expect(profileOf([['n', 'kind'], ...rows]).sample.map(({ row }) => row)).toEqual(profile.sample.map(({ row }) => row))
})

test('a very wide table is profiled in its first 200 columns and counted in all', () => {
  const wide = (cell: (column: number) => string) => Array.from({ length: 3000 }, (_, column) => cell(column))
  const profile = profileOf([wide((column) => `c${column}x`), wide(String), wide((column) => `${column * 2}`)])
  expect(profile).toMatchObject({ header: true, allColumns: 3000, cells: 6000 })
  expect(profile.columns).toHaveLength(200)
})
