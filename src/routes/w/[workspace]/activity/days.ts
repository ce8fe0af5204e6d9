import type { Entry } from '#lib/activity/entry.ts'

export type Day = { key: string; name: string; entries: Entry[] }

/** The calendar day of a moment in a time zone; without one the reader's own: `2026-03-05`. */
export const dayOf = (at: number, timeZone?: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)

function nameOf(at: number, key: string, now: number, timeZone?: string): string {
  if (key === dayOf(now, timeZone)) return 'Today'
  if (key === dayOf(now - 86_400_000, timeZone)) return 'Yesterday'
  const year = key.slice(0, 4) === dayOf(now, timeZone).slice(0, 4) ? undefined : 'numeric'
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year, timeZone }).format(at)
}

/** Entries, newest first, by the day on which each began. */
export function byDay(entries: readonly Entry[], now: number, timeZone?: string): Day[] {
  const days: Day[] = []
  for (const entry of entries) {
    const key = dayOf(entry.at, timeZone)
    const last = days.at(-1)
    if (last?.key === key) last.entries.push(entry)
    else days.push({ key, name: nameOf(entry.at, key, now, timeZone), entries: [entry] })
  }
  return days
}

/** How far the clocks of a time zone are ahead of UTC at a moment, in milliseconds. */
function aheadOf(at: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000
}

/** The moment at which a calendar day, `2026-03-05`, begins in a time zone; `null` for what is no day. `later`: so many days after. */
export function beginOf(day: string, timeZone?: string, later = 0): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (!year) return null
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date) + later)
  if (Number.isNaN(midnight)) return null
  // The clocks may be changed between the two.
  const about = midnight - aheadOf(midnight, timeZone)
  return new Date(midnight - aheadOf(about, timeZone))
}
