import { generateKeyBetween } from 'fractional-indexing'

type Ranked = { id: string; rank: string }

/** Order on a column: by rank, ties by id, so that every client shows two cards of the same rank in the same order. */
export const byRank = (a: Ranked, b: Ranked) =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/**
 * A rank between two neighbours; `null` is the column's end. Ranks that are equal, out of order or not ours
 * (two people dropped a card at once, a client invented one) still give a rank: as near to `before` as can be had.
 */
export function rankBetween(before: string | null, after: string | null): string {
  for (const [low, high] of [[before, after], [before, null], [null, after]] as const) {
    try {
      return generateKeyBetween(low, high)
    } catch {
      continue
    }
  }
  return generateKeyBetween(null, null)
}

/** The rank that puts a card at `index` of a column, whose cards are given in order and without the card itself. */
export const rankAt = (column: readonly Ranked[], index: number): string =>
  rankBetween(column[index - 1]?.rank ?? null, column[index]?.rank ?? null)
