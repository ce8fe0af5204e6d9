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
