import { timeZone as chosenZone } from './time-zone.ts'

/** The reader's locale; on the server, where there is no reader yet, English. */
const readers = typeof document === 'undefined' ? 'en' : undefined

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A file's size in decimal units, as file managers show it: `0 bytes`, `1.4 MB`. */
export function formatSize(bytes: number, locale: string | undefined = readers): string {
  let value = Math.max(0, bytes)
  let step = 0
  while (step < units.length - 1 && value >= 999.5) {
    value /= 1000
    step++
  }
  const maximumFractionDigits = step === 0 || value >= 100 ? 0 : 1
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits }).format(value)
}

const spans = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Making a format takes longer than drawing what it says, and a page has one in each of its lines. */
function kept<Format>(make: (locale: string | undefined, zone: string | undefined) => Format): typeof make {
  const made = new Map<string, Format>()
  return (locale, zone) => {
    const key = `${locale} ${zone}`
    const format = made.get(key) ?? make(locale, zone)
    made.set(key, format)
    return format
  }
}
const relatives = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }))
const dates = kept((locale, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }))

/** How long ago or how soon, in the largest unit that fits: `now`, `3 min. ago`. Times are epoch milliseconds. */
export function formatRelative(at: number, now: number, locale: string | undefined = readers): string {
  const format = relatives(locale, undefined)
  const passed = at - now
  for (const [unit, length] of spans) {
    if (Math.abs(passed) >= length) return format.format((passed < 0 ? Math.trunc : Math.round)(passed / length), unit)
  }
  return format.format(0, 'second')
}

/** Date and time; without a time zone the one that the reader chose, or that of their browser. */
export const formatDate = (at: number, locale: string | undefined = readers, timeZone: string | undefined = chosenZone()): string =>
  dates(locale, timeZone).format(at)
