import { expect, test } from 'vitest'
import { snoozeChoices, snoozeUntilDay } from './snooze.ts'

const local = (...parts: [number, number, number, number, number?]) => new Date(...parts).getTime()
const shown = (now: number) => snoozeChoices(now).map(({ name, until }) => [name, until])

test.each<[string, number, [string, number][]]>([
  ['a Wednesday morning', local(2026, 4, 6, 10), [['Later today', local(2026, 4, 6, 13)], ['Tomorrow', local(2026, 4, 7, 9)], ['Next week', local(2026, 4, 11, 9)]]],
  ['a Friday afternoon', local(2026, 4, 8, 15, 30), [['Later today', local(2026, 4, 8, 18, 30)], ['Tomorrow', local(2026, 4, 9, 9)], ['Next week', local(2026, 4, 11, 9)]]],
  ['a Sunday night', local(2026, 4, 10, 22), [['Tomorrow', local(2026, 4, 11, 9)], ['Next week', local(2026, 4, 11, 9)]]],
  ['a Monday', local(2026, 4, 4, 8), [['Later today', local(2026, 4, 4, 11)], ['Tomorrow', local(2026, 4, 5, 9)], ['Next week', local(2026, 4, 11, 9)]]],
])('what is put off on %s comes back when people work', (_, now, choices) => {
  expect(shown(now)).toEqual(choices)
})

test('a day that is chosen begins in the morning, and is not over', () => {
  const now = local(2026, 4, 6, 10)
  expect(snoozeUntilDay('2026-05-20', now)).toBe(local(2026, 4, 20, 9))
  expect(snoozeUntilDay('2026-05-06', now)).toBeNull()
  expect(snoozeUntilDay('soon', now)).toBeNull()
})
