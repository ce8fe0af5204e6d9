const day = 86_400_000

const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
const shortSteps = [day / 24, day / 8, day / 4, day / 2, day, 2 * day, 7 * day, 14 * day]
const mostTicks = 8

/** Round instants between two, at most eight of them, and how to write them; all in UTC milliseconds. */
export function dateTicks(from: number, to: number): { ticks: number[]; spoken: (at: number) => string } {
  const span = to - from
  const written = (parts: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' })
    return (at: number) => format.format(at)
  }
  const short = shortSteps.find((step) => span / step < mostTicks)
  if (short !== undefined && span < 80 * day) {
    const ticks: number[] = []
    for (let at = Math.ceil(from / short) * short; at <= to; at += short) ticks.push(at)
    return {
      ticks,
      spoken: written(
        short < day
          ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
          : { day: 'numeric', month: 'short' },
      ),
    }
  }
  const months = monthSteps.find((step) => span / (step * 30.4 * day) < mostTicks) ?? 1200
  const start = new Date(from)
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth()
  const ticks: number[] = []
  for (let month = Math.ceil(first / months) * months; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (at > to) break
    if (at >= from) ticks.push(at)
  }
  return { ticks, spoken: written(months >= 12 ? { year: 'numeric' } : { month: 'short', year: 'numeric' }) }
}
