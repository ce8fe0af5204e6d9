import { seeded } from './seeded.ts'

export type SampledRow = { row: number; cells: string[] }

/** Long cells are copied, so that a kept piece does not hold the whole cell in memory. */
const kept = (cell: string) => (cell.length > 500 ? Buffer.from(cell.slice(0, 500)).toString() : cell)

/**
 * Keeps every row while they are few, and from then on an even sample of them (reservoir, algorithm R, same choice each time):
 * each row of the table is in it with the same probability.
 */
export function rowSample(most: number) {
  const rows: SampledRow[] = []
  const random = seeded(20_240_229)
  let seen = 0
  return {
    add(cells: readonly string[], row: number) {
      seen += 1
      if (rows.length < most) {
        rows.push({ row, cells: cells.map(kept) })
        return
      }
      const slot = Math.floor(random() * seen)
      if (slot < most) rows[slot] = { row, cells: cells.map(kept) }
    },
    /** In the order of the table; `complete` when no row is missing. */
    finish: () => ({ rows: rows.sort((a, b) => a.row - b.row), complete: seen <= most }),
  }
}
