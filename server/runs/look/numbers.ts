const grouped = (digits: number) => new Intl.NumberFormat('en', { maximumFractionDigits: digits })
const whole = grouped(0)
const two = grouped(2)
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/** For a reader: whole numbers in full, others with two decimals, large ones with none, small ones with three significant digits. */
export function spokenNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return whole.format(value)
  const size = Math.abs(value)
  if (size >= 1e15 || (size !== 0 && size < 1e-6)) return value.toExponential(2)
  return size >= 10_000 ? whole.format(value) : size >= 1 ? two.format(value) : significant.format(value)
}

export const spokenShare = (part: number, all: number) => `${grouped(1).format(all === 0 ? 0 : (part / all) * 100)} %`

/** A calendar day, or with its time when `time` asks for it, in UTC. */
export function spokenDate(at: number, precision: 'year' | 'month' | 'day' | 'time'): string {
  const text = new Date(at).toISOString()
  if (precision === 'year') return text.slice(0, 4)
  if (precision === 'month') return text.slice(0, 7)
  return precision === 'day' ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}
