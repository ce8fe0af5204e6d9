import { Cron } from 'croner'
import { aheadOf, isTimeZone, momentOf } from '../calendar/zone-clock.ts'

/** `cron`: minute, hour, day of the month, month, day of the week. `zone`: its IANA name, such as `Europe/Lisbon`. */
export type Schedule = { cron: string; zone: string }

type ReadSchedule = { ok: true; schedule: Schedule } | { ok: false; field: 'cron' | 'zone'; message: string }

const longestCron = 120
const shortHands: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *', '@daily': '0 0 * * *', '@midnight': '0 0 * * *', '@weekly': '0 0 * * 0', '@monthly': '0 0 1 * *', '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *',
}
const fields = [
  { name: 'minute', values: 'a number from 0 to 59' },
  { name: 'hour', values: 'a number from 0 to 23' },
  { name: 'day of the month', values: 'a number from 1 to 31' },
  { name: 'month', values: 'a number from 1 to 12, or JAN to DEC' },
  { name: 'day of the week', values: 'a number from 0 to 7, where 0 and 7 are Sunday, or SUN to SAT' },
] as const
const clockOf = (cron: string, timezone: string) => new Cron(cron, { timezone, mode: '5-part' })

const mistake = (message: string, field: 'cron' | 'zone' = 'cron'): ReadSchedule => ({ ok: false, field, message })

function isReadable(cron: string): boolean {
  try {
    clockOf(cron, 'UTC')
    return true
  } catch {
    return false
  }
}

/** Reads what somebody typed, and says what is wrong with it. */
export function readSchedule({ cron: typed, zone }: Schedule, now: number): ReadSchedule {
  const text = typed.trim().replace(/\s+/g, ' ')
  const cron = shortHands[text.toLowerCase()] ?? text.toUpperCase()
  if (!isTimeZone(zone)) return mistake(`“${zone.slice(0, 80)}” is no time zone. Choose one of the list, such as Europe/Lisbon.`, 'zone')
  if (cron === '') return mistake('Say when: minute, hour, day of the month, month and day of the week, such as 30 8 * * 1-5.')
  if (cron.length > longestCron) return mistake(`A schedule may have at most ${longestCron} characters; this has ${cron.length}.`)
  const parts = cron.split(' ')
  if (parts.length !== fields.length) {
    const count = parts.length === 1 ? 'one part' : `${parts.length} parts`
    return mistake(`A schedule has five parts: minute, hour, day of the month, month and day of the week. This has ${count}${parts.length === 6 ? '; seconds are not told' : ''}.`)
  }
  const wrong = parts.findIndex((part, at) => !isReadable(fields.map((_, each) => (each === at ? part : '*')).join(' ')))
  const field = fields[wrong]
  if (field) return mistake(`The ${field.name} cannot be “${parts[wrong]}”. It is ${field.values}; a range such as 1-5, a list such as 1,3, * for every one, or */2 for every second.`)
  if (!isReadable(cron)) return mistake('These parts do not go together.')
  const schedule = { cron, zone }
  if (nextTime(schedule, now) === null) return mistake('This never comes: no year has such a day, as 31 April.')
  return { ok: true, schedule }
}

/** Before which time on the clock nothing can come that is after a given moment; no zone was ever put forward by more. */
const longestSkip = 25 * 3_600_000

/**
 * The first time after a moment, `null` where there is none. An hour that is named is a time on the clocks of the zone: one that daylight saving skips
 * comes as the clocks are put forward, one that it doubles comes once. With an hour that begins with `*` every hour that passes counts, also
 * the doubled one.
 */
export function nextTime({ cron, zone }: Schedule, after: number): number | null {
  const everyHour = /^[*?]/.test(cron.split(' ')[1] ?? '')
  if (everyHour) return clockOf(cron, zone).nextRun(new Date(after))?.getTime() ?? null
  const onTheClock = clockOf(cron, 'UTC')
  for (let shown = onTheClock.nextRun(new Date(after + aheadOf(after, zone) - longestSkip)); shown; shown = onTheClock.nextRun(shown)) {
    const at = momentOf(shown.getTime(), zone)
    if (at > after) return at
  }
  return null
}

/** The next few times. */
export function timesAfter(schedule: Schedule, after: number, most: number): number[] {
  const times: number[] = []
  for (let at = nextTime(schedule, after); at !== null && times.length < most; at = nextTime(schedule, at)) times.push(at)
  return times
}
