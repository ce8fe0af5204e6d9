import { beginOf } from '#lib/calendar/begin-of.ts'
import type { Bucket, Period } from './insight.ts'

const dayMs = 86_400_000
/** More weeks than this would be bars that nobody can tell apart. */
const mostWeeks = 26

export type Parts = { from: number; to: number; unit: 'day' | 'week' | 'month'; buckets: Bucket[] }

const dayOf = (at: number, zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const begin = (day: string, zone: string) => beginOf(day, zone)?.getTime() ?? NaN
const mondayOf = (day: string) => plus(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`
const nextMonth = (day: string) => firstOfMonth(plus(firstOfMonth(day), 31))

/** The days, weeks (from Monday) or months of a period in a time zone. `first`: when the oldest of what there is happened. */
export function partsOf(period: Period, now: number, zone: string, first: number): Parts {
  const today = dayOf(now, zone)
  const firstDay = period === 'all' ? dayOf(Math.min(first, now), zone) : plus(today, 1 - Number(period))
  const weeks = (Date.parse(`${today}T00:00:00Z`) - Date.parse(`${firstDay}T00:00:00Z`)) / dayMs / 7
  const unit = period === '7' ? 'day' : weeks > mostWeeks ? 'month' : 'week'
  const next = (day: string) => (unit === 'day' ? plus(day, 1) : unit === 'week' ? plus(mondayOf(day), 7) : nextMonth(day))
  const [from, to] = [begin(firstDay, zone), begin(plus(today, 1), zone)]
  const buckets: Bucket[] = []
  for (let day = firstDay; day <= today; day = next(day)) buckets.push({ key: day, from: begin(day, zone), to: Math.min(begin(next(day), zone), to) })
  return { from, to, unit, buckets }
}

/** The part in which a moment is; -1 for none. Parts follow each other without a gap. */
export function partAt(buckets: readonly Bucket[], at: number): number {
  let [low, high] = [0, buckets.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const { from, to } = buckets[middle]!
    if (at < from) high = middle - 1
    else if (at >= to) low = middle + 1
    else return middle
  }
  return -1
}
