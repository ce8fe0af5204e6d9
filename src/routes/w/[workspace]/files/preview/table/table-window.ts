/** Browsers draw nothing below some 16 million pixels; a higher table is scrolled in larger steps. */
const tallest = 8_000_000

export type Seen = { first: number; last: number; /** Where the first one stands, in pixels of what is scrolled. */ offset: number }

/** Which rows are in sight, and where they are drawn, for a scroller of this height at this place: always as many, so that what draws them stays. */
export function rowsInSight(rows: number, rowHeight: number, scrolled: number, height: number, beyond = 8): Seen & { total: number } {
  const real = rows * rowHeight
  const total = Math.min(real, tallest)
  const share = total > height ? Math.min(1, Math.max(0, scrolled / (total - height))) : 0
  const top = real > tallest ? share * (real - height) : Math.min(scrolled, Math.max(0, real - height))
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond)
  const last = Math.min(rows, first + Math.ceil(height / rowHeight) + 1 + 2 * beyond)
  return { first, last, offset: scrolled - (top - first * rowHeight), total }
}

/** Where the scroller must stand so that a row is at its top. */
export function scrollFor(row: number, rows: number, rowHeight: number, height: number): number {
  const real = rows * rowHeight
  if (real <= tallest) return row * rowHeight
  return (row * rowHeight / Math.max(1, real - height)) * (tallest - height)
}

/** Sums of widths: `starts[i]` is where column i begins, the last entry is the width of all. */
export function columnStarts(widths: readonly number[]): number[] {
  const starts = [0]
  for (const width of widths) starts.push(starts.at(-1)! + width)
  return starts
}

/** The columns that are in sight, without `last`. */
export function columnsInSight(starts: readonly number[], scrolled: number, width: number): { first: number; last: number } {
  const count = starts.length - 1
  let first = 0
  while (first < count - 1 && starts[first + 1]! < scrolled - 200) first++
  let last = first
  while (last < count && starts[last]! < scrolled + width + 200) last++
  return { first, last }
}
