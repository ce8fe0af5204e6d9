import { aheadOf } from './zone-clock.ts'

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
