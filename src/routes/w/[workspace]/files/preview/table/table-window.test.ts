import { expect, test } from 'vitest'
import { columnsInSight, columnStarts, rowsInSight, scrollFor } from './table-window.ts'

test('only rows in sight and a few beyond are drawn, where they belong', () => {
  expect(rowsInSight(1000, 30, 0, 300)).toMatchObject({ first: 0, last: 27, offset: 0, total: 30_000 })
  expect(rowsInSight(1000, 30, 3_000, 300)).toMatchObject({ first: 92, last: 119, offset: 92 * 30 })
  expect(rowsInSight(0, 30, 0, 300)).toMatchObject({ first: 0, last: 0 })
})

test('every row of a million can be reached, though no page is so high', () => {
  const { total } = rowsInSight(1_000_000, 30, 0, 600)
  expect(total).toBe(8_000_000)
  expect(rowsInSight(1_000_000, 30, total - 600, 600).last).toBe(1_000_000)
  for (const row of [0, 12_345, 500_000, 999_980]) {
    const { first, last } = rowsInSight(1_000_000, 30, scrollFor(row, 1_000_000, 30, 600), 600)
    expect(first <= row && row < last).toBe(true)
  }
})

test('only columns in sight are drawn', () => {
  const starts = columnStarts(Array.from({ length: 100 }, () => 100))
  expect(columnsInSight(starts, 0, 500)).toEqual({ first: 0, last: 7 })
  expect(columnsInSight(starts, 5_000, 500)).toEqual({ first: 47, last: 57 })
})
