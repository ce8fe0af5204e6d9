/** One line of the result: what was measured, against what it is held. */
export type Figure = {
  name: string
  unit: 'ms' | 's' | 'kB' | 'MB' | '×' | '%' | 'count'
  measured: number
  /** Lowest and highest over the rounds, where there were several. */
  spread?: [number, number]
  /** At most this; a figure without a target is told for its own sake. */
  atMost?: number
  atLeast?: number
  note?: string
}

export const met = ({ measured, atMost = Infinity, atLeast = -Infinity }: Figure) => measured <= atMost && measured >= atLeast

/** The value below which `share` (0 to 1) of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
export const median = (samples: readonly number[]) => percentile(samples, 0.5)

/** A figure from rounds: their median, and how far they lie apart. */
export const overRounds = (name: string, unit: Figure['unit'], rounds: readonly number[], rest: Partial<Figure> = {}): Figure =>
  ({ name, unit, measured: median(rounds), spread: [Math.min(...rounds), Math.max(...rounds)], ...rest })

const shown = (value: number) => value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

/** `name   measured unit (low to high)   target   note`, one line. */
export function line(figure: Figure): string {
  const { name, unit, measured, spread, atMost, atLeast, note } = figure
  const target = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : ''
  const verdict = target === '' ? ' ' : met(figure) ? '✓' : '✗'
  const range = spread ? ` (${shown(spread[0])} to ${shown(spread[1])})` : ''
  const value = `${unit === 'count' && Number.isInteger(measured) ? measured : shown(measured)}${unit === 'count' ? '' : ` ${unit}`}${range}`
  return `  ${verdict} ${name.padEnd(58)} ${value.padEnd(32)} ${target.padEnd(9)} ${note ?? ''}`.trimEnd()
}
