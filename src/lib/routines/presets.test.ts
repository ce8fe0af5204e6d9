import { expect, test } from 'vitest'
import { cronOf, presetOf } from './presets.ts'

test.each([
  ['30 8 * * 1-5', { kind: 'days', days: [1, 2, 3, 4, 5], time: '08:30' }], ['0 9 * * *', { kind: 'days', days: [0, 1, 2, 3, 4, 5, 6], time: '09:00' }],
  ['15 17 * * 0,3', { kind: 'days', days: [0, 3], time: '17:15' }], ['5 * * * *', { kind: 'hourly', minute: 5 }],
  ['0 9 1 * *', { kind: 'monthly', date: 1, time: '09:00' }], ['0 9 L * *', { kind: 'monthly', date: 'last', time: '09:00' }],
] as const)('%s is a preset, and back', (cron, preset) => {
  expect(presetOf(cron)).toEqual(preset)
  expect(cronOf(preset)).toBe(cron)
})

test.each(['*/15 * * * *', '0 9 13 * 5', '0 9 * 3 *', '0 9,17 * * *', '61 9 * * *', '0 9 0 * *', 'soon', ''])('%s is no preset', (cron) => {
  expect(presetOf(cron)).toEqual({ kind: 'own' })
})

test('what does not say when is no schedule', () => {
  expect(cronOf({ kind: 'days', days: [], time: '09:00' })).toBeNull()
  expect(cronOf({ kind: 'days', days: [1], time: '' })).toBeNull()
})
