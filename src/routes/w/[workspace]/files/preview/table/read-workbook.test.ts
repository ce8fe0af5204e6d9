import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { cellText, sheetRows, sheetsOf } from './read-workbook.ts'

async function all(rows: AsyncIterable<string[]>) {
  const found: string[][] = []
  for await (const row of rows) found.push(row)
  return found
}

test('a workbook has its sheets, and each its rows as text', async () => {
  const workbook = await writeXlsx({ sheets: [
    { name: 'Tides', rows: [['day', 'height'], [new Date(Date.UTC(2024, 0, 2)), 3.5], ['later', true]] },
    { name: 'Größen', rows: [['a']] },
  ] })
  expect(await sheetsOf(workbook)).toEqual([{ name: 'Tides', index: 0 }, { name: 'Größen', index: 1 }])
  expect(await all(sheetRows(workbook, 0))).toEqual([['day', 'height'], ['2024-01-02', '3.5'], ['later', 'TRUE']])
})

test('empty rows count in the midst of a sheet, not at its ends', async () => {
  const workbook = await writeXlsx({ sheets: [{ name: 'A', rows: [[null], ['a'], [null, null], [], ['b'], [''], [null]] }] })
  expect(await all(sheetRows(workbook, 0))).toEqual([['a'], [], [], ['b']])
})

test('values are shown as a sheet shows them', () => {
  expect([0.1 + 0.2, 3, true, null, 'x', new Date(Date.UTC(2024, 4, 6, 7, 8, 9))].map(cellText)).toEqual(['0.3', '3', 'TRUE', '', 'x', '2024-05-06 07:08:09'])
})

test('what is no workbook is an error, not a table', async () => {
  await expect(sheetsOf(new TextEncoder().encode('no workbook'))).rejects.toThrow()
})
