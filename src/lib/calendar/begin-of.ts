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
