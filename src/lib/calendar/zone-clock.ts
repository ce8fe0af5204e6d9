const formats = new Map<string | undefined, Intl.DateTimeFormat>()

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  formats.set(timeZone, format)
  return format
}

/** How far the clocks of a time zone are ahead of UTC at a moment, in milliseconds. */
export function aheadOf(at: number, timeZone: string | undefined): number {
  const parts = formatOf(timeZone).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return name !== ''
  } catch {
    return false
  }
}

const day = 86_400_000
const minute = 60_000

/**
 * The moment at which the clocks of a zone show a time, given as if it were UTC. A time that comes twice is its first; one that is skipped, as
 * daylight saving begins, is the moment at which the clocks were put forward.
 */
export function momentOf(shown: number, timeZone: string): number {
  const [before, after] = [aheadOf(shown - day, timeZone), aheadOf(shown + day, timeZone)]
  const moments = [shown - before, shown - after].filter((at) => aheadOf(at, timeZone) === shown - at)
  if (moments.length > 0) return Math.min(...moments)
  let [early, late] = [shown - Math.max(before, after), shown - Math.min(before, after)]
  while (late - early > minute) {
    const middle = early + Math.floor((late - early) / 2 / minute) * minute
    if (aheadOf(middle, timeZone) === before) early = middle
    else late = middle
  }
  return late
}
