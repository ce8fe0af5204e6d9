import { describe, expect, test } from 'vitest'
import { cronWords, scheduleWords } from './schedule-words.ts'
import { nextTime, readSchedule, timesAfter } from './schedule.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const times = (cron: string, zone: string, after: string, most: number) => timesAfter({ cron, zone }, Date.parse(after), most).map((at) => new Date(at).toISOString().replace(':00.000Z', 'Z'))

describe('[ROUTINE1] daylight saving', () => {
  test('a time that is skipped comes as the clocks are put forward, once, however many were', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual(['2026-03-29T01:00Z', '2026-03-30T00:30Z'])
    expect(times('30 2,14 * * *', 'Europe/Berlin', '2026-03-28T22:00Z', 3)).toEqual(['2026-03-29T01:00Z', '2026-03-29T12:30Z', '2026-03-30T00:30Z'])
    expect(times('*/20 2 * * *', 'Europe/Berlin', '2026-03-28T22:00Z', 2)).toEqual(['2026-03-29T01:00Z', '2026-03-30T00:00Z'])
    // Clocks that go forward by half an hour, and at midnight.
    expect(times('0,15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', 2)).toEqual(['2026-10-03T15:30Z', '2026-10-04T15:00Z'])
    expect(times('30 0 * * *', 'Africa/Cairo', '2026-04-23T12:00Z', 2)).toEqual(['2026-04-23T22:00Z', '2026-04-24T21:30Z'])
  })

  test('a time that comes twice is its first', () => {
    expect(times('30 2,14 * * *', 'Europe/Berlin', '2026-10-24T22:00Z', 3)).toEqual(['2026-10-25T00:30Z', '2026-10-25T13:30Z', '2026-10-26T01:30Z'])
    expect(times('0,30 1 * * *', 'America/New_York', '2026-11-01T00:00Z', 3)).toEqual(['2026-11-01T05:00Z', '2026-11-01T05:30Z', '2026-11-02T06:00Z'])
    expect(times('45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T00:00Z', 2)).toEqual(['2026-04-04T14:45Z', '2026-04-05T15:15Z'])
  })

  test('what comes every hour comes every hour that passes', () => {
    expect(times('30 * * * *', 'Europe/Berlin', '2026-10-24T23:45Z', 4)).toEqual(['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:30Z', '2026-10-25T03:30Z'])
    expect(times('0 */2 * * *', 'Europe/Berlin', '2026-03-28T22:30Z', 3)).toEqual(['2026-03-28T23:00Z', '2026-03-29T02:00Z', '2026-03-29T04:00Z'])
  })
})

describe('what people type', () => {
  test.each([
    ['0 0 31 4 *', 'This never comes'], ['0 0 30 2 *', 'This never comes'], ['61 * * * *', 'The minute cannot be “61”'], ['0 25 * * *', 'The hour cannot be “25”'], ['0 9 * 13 *', 'The month cannot be “13”'],
    ['* * * *', 'This has 4 parts'], ['0 * * * * *', 'seconds are not told'], ['', 'Say when'], ['soon', 'This has one part'], [`${'1,'.repeat(80)}1 * * * *`, 'at most 120 characters'],
  ])('%s is refused with words', (cron, words) => {
    expect(readSchedule({ cron, zone: 'UTC' }, now)).toEqual({ ok: false, field: 'cron', message: expect.stringContaining(words) })
  })
  test('a zone that there is not is refused', () => {
    expect(readSchedule({ cron: '0 9 * * *', zone: 'Mars/Base' }, now)).toMatchObject({ ok: false, field: 'zone' })
  })
  test('short forms and names of days are taken', () => {
    expect(readSchedule({ cron: ' 0  9 * * mon-fri ', zone: 'UTC' }, now)).toEqual({ ok: true, schedule: { cron: '0 9 * * MON-FRI', zone: 'UTC' } })
    expect(readSchedule({ cron: '@daily', zone: 'UTC' }, now)).toMatchObject({ ok: true, schedule: { cron: '0 0 * * *' } })
    expect(nextTime({ cron: '0 0 29 2 *', zone: 'UTC' }, now)).toBe(Date.parse('2028-02-29T00:00Z'))
  })
})

test.each([
  ['30 8 * * 1-5', 'every weekday at 08:30'], ['30 8 * * MON-FRI', 'every weekday at 08:30'], ['0 9 * * *', 'every day at 09:00'], ['0 9 * * 1', 'every Monday at 09:00'],
  ['0 9 * * 3,1', 'every Monday and Wednesday at 09:00'], ['0 9 * * 6,0', 'every Saturday and Sunday at 09:00'], ['0 9 1 * *', 'on the 1st of every month at 09:00'], ['0 9 22 * *', 'on the 22nd of every month at 09:00'],
  ['0 18 L * *', 'on the last day of every month at 18:00'], ['*/15 * * * *', 'every 15 minutes'], ['0 * * * *', 'every hour'], ['5 */2 * * *', 'every 2 hours, at 5 past'],
  ['30 2,14 * * *', 'every day at 02:30 and 14:30'], ['0 9 * * 5#2', 'at 09:00, on the second Friday of the month'],
])('%s is told as “%s”', (cron, words) => {
  expect(cronWords(cron)).toBe(words)
  expect(scheduleWords({ cron, zone: 'Europe/Lisbon' })).toBe(`${words} in Lisbon`)
})
