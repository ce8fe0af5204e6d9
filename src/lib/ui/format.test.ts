import { expect, test } from 'vitest'
import { formatDate, formatRelative, formatSize } from './format.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_440_000, '1.4 MB'],
  [999_600, '1 MB'],
  [104_857_600, '105 MB'],
])('%i bytes are shown as %s', (bytes, shown) => expect(formatSize(bytes, 'en')).toBe(shown))

test.each([
  [0, 'now'],
  [-59_000, 'now'],
  [-60_000, '1 min. ago'],
  [-3 * 3_600_000, '3 hr. ago'],
  [-86_400_000, 'yesterday'],
  [5 * 60_000, 'in 5 min.'],
  [7 * 86_400_000 - 1_000, 'in 7 days'],
])('%i ms from now is shown as %s', (passed, shown) => expect(formatRelative(passed, 0, 'en')).toBe(shown))

test('a date is the reader’s: their words, their time zone', () => {
  expect(formatDate(0, 'de', 'Europe/Berlin')).toBe('01.01.1970, 01:00')
})
