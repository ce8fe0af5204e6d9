import { expect, test } from 'vitest'
import { formatCount, formatMoney } from './format-money.ts'

test('money is told in dollars and cents, what is less than a cent as that', () => {
  expect(formatMoney(0)).toBe('$0.00')
  expect(formatMoney(1)).toBe('under $0.01')
  expect(formatMoney(9_999)).toBe('under $0.01')
  expect(formatMoney(10_000)).toBe('$0.01')
  expect(formatMoney(12_300_000)).toBe('$12.30')
  expect(formatMoney(1_240_400_000)).toBe('$1,240')
})

test('large counts are short', () => {
  expect(formatCount(940)).toBe('940')
  expect(formatCount(12_410)).toBe('12.4K')
  expect(formatCount(1_200_000)).toBe('1.2M')
})
