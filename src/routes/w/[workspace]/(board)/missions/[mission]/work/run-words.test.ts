import { expect, test } from 'vitest'
import { formatClock, formatOffset, formatSpan } from './run-words.ts'

test('a running clock counts like a stopwatch', () => {
  expect([0, 7_900, 750_000, 3_729_000].map(formatClock)).toEqual(['0:00', '0:07', '12:30', '1:02:09'])
})

test('within the first minute of a run tenths of a second count', () => {
  expect([-5, 412, 12_000, 61_000].map(formatOffset)).toEqual(['0.0 s', '0.4 s', '12.0 s', '1:01'])
})

test('how long a run took is told in the units one would say', () => {
  expect([200, 7_000, 60_000, 750_000, 3_600_000, 3_725_000].map(formatSpan)).toEqual(['under a second', '7 s', '1 min', '12 min 30 s', '1 h', '1 h 2 min'])
})
