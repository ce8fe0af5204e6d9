import type { DatabaseSync } from 'node:sqlite'
import type { Term } from '#lib/search/query.ts'
import { matchOf } from './match.ts'
import { longFrom } from './search-database.ts'

/** What more pieces than this have is looked for in so many of them. */
const mostPieces = 20_000

export const itemKey = ({ source, item }: { source: string; item: string }) => `${source} ${item}`

type Piece = { id: number; source: string; item: string }

/** Long texts are found by their pieces, and words may stand in different ones of them. */
export function piecesFinder(database: DatabaseSync) {
  const any = database.prepare(`select 1 from items where id >= ${longFrom} limit 1`)
  const having = database.prepare(`select items.id, items.source, items.item from words cross join items on items.id = words.rowid where words match ? and words.rowid >= ${longFrom} limit ${mostPieces}`)

  const piecesWith = (term: Term): Piece[] => {
    const match = matchOf([{ ...term, not: false }])
    return match ? having.all(match) as Piece[] : []
  }
  const textsWith = (terms: readonly Term[]) => new Set(terms.flatMap(piecesWith).map(itemKey))

  return {
    /** Texts that are not to be found because one of their pieces has what is not wanted. */
    unwanted: (terms: readonly Term[]): ReadonlySet<string> => (any.get() ? textsWith(terms.filter(({ not }) => not)) : new Set()),

    /** Texts that have all that is wanted, whatever piece each word is in; by the piece that has most of it. */
    spread(terms: readonly Term[]): number[] {
      const wanted = terms.filter(({ not }) => !not)
      if (wanted.length < 2 || !any.get()) return []
      let texts: Map<string, Map<number, number>> | null = null
      for (const term of wanted) {
        const having = new Map<string, Map<number, number>>()
        for (const { id, source, item } of piecesWith(term)) {
          const key = itemKey({ source, item })
          if (texts && !texts.has(key)) continue
          const pieces = having.get(key) ?? new Map(texts?.get(key))
          pieces.set(id, (pieces.get(id) ?? 0) + 1)
          having.set(key, pieces)
        }
        texts = having
        if (texts.size === 0) return []
      }
      return [...texts!.values()].map((pieces) => [...pieces].reduce((best, piece) => (piece[1] > best[1] ? piece : best))[0])
    },
  }
}
