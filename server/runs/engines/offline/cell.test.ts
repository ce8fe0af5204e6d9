import { expect, test } from 'vitest'
import { dateIn, isMissing, numberIn } from './cell.ts'

const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

test('numbers are read with their thousands, currency, percent and brackets', () => {
  for (const [cell, value] of [
    ['12', 12],
    ['-0.5', -0.5],
    ['1e3', 1000],
    ['1,234.50', 1234.5],
    ['$1,200', 1200],
    ['12 %', 12],
    ['(300)', -300],
    ['€ 5', 5],
    ['1 000', 1000],
  ] as const) {
    expect(numberIn(cell, '.'), cell).toBe(value)
  }
})

test('with a decimal comma the marks change places', () => {
  expect(numberIn('1.234,5', ',')).toBe(1234.5)
  expect(numberIn('0,75', ',')).toBe(0.75)
})

test('codes, words and half numbers are none', () => {
  for (const cell of ['007', '0x10', 'abc', '12 apples', '1-2', '(3', '', 'Infinity']) expect(numberIn(cell, '.'), cell).toBeNaN()
})

test('the ways of saying nothing are missing, zero is not', () => {
  for (const cell of ['', 'NA', 'n/a', 'NaN', 'null', '-']) expect(isMissing(cell), cell).toBe(true)
  for (const cell of ['0', 'no', 'false']) expect(isMissing(cell), cell).toBe(false)
})

test('dates are read in their common forms', () => {
  for (const cell of ['2024-03-05', '2024/3/5', '5 Mar 2024', 'March 5, 2024', '05.03.2024', '2024-03-05T00:00:00Z']) {
    expect(dateIn(cell)?.dayFirst, cell).toBe(day('2024-03-05'))
  }
  expect(dateIn('2024-03')?.dayFirst).toBe(day('2024-03-01'))
})

test('a date that could be read either way says so, one that cannot be is none', () => {
  expect(dateIn('3/4/2024')).toEqual({ dayFirst: day('2024-04-03'), monthFirst: day('2024-03-04'), ambiguous: true })
  expect(dateIn('13/4/2024')).toMatchObject({ dayFirst: day('2024-04-13'), ambiguous: false })
  for (const cell of ['2024-02-30', '99/99/2024', 'maybe 2024']) expect(dateIn(cell)?.dayFirst ?? NaN, cell).toBeNaN()
})
