import { expect, test } from 'vitest'
import { daysAhead } from './days-ahead.ts'

test('days ahead are calendar days, over the end of a month and a change of the clocks; a Friday that is today or tomorrow has its name already', () => {
  expect(daysAhead(new Date(2026, 9, 24, 23, 30).getTime())).toEqual([
    { name: 'Today', day: '2026-10-24' },
    { name: 'Tomorrow', day: '2026-10-25' },
    { name: 'Friday', day: '2026-10-30' },
    { name: 'In a week', day: '2026-10-31' },
    { name: 'In two weeks', day: '2026-11-07' },
  ])
  expect(daysAhead(new Date(2026, 10, 26, 0, 5).getTime()).map(({ name }) => name)).toEqual(['Today', 'Tomorrow', 'In a week', 'In two weeks'])
  expect(daysAhead(new Date(2026, 10, 27, 9).getTime()).map(({ name }) => name)).not.toContain('Friday')
})
