import { expect, test } from 'vitest'
import { dueWords } from './due.ts'

const noon = new Date(2026, 10, 23, 12).getTime()

test('near days have names, others a date, those of another year the year', () => {
  expect(dueWords('2026-11-23', noon, 'en')).toEqual({ when: 'soon', text: 'today' })
  expect(dueWords('2026-11-24', noon, 'en')?.text).toBe('tomorrow')
  expect(dueWords('2026-12-05', noon, 'en')).toEqual({ when: 'later', text: 'Dec 5' })
  expect(dueWords('2027-01-02', noon, 'en')?.text).toBe('Jan 2, 2027')
})

test('a day that is over is overdue from the next midnight on', () => {
  expect(dueWords('2026-11-22', noon, 'en')?.when).toBe('overdue')
  expect(dueWords('2026-11-23', new Date(2026, 10, 23, 23, 59).getTime(), 'en')?.when).toBe('soon')
})

test('what is no day says nothing', () => {
  expect(dueWords('soon', noon, 'en')).toBeNull()
  expect(dueWords(null, noon, 'en')).toBeNull()
})
