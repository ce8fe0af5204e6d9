import type { DatabaseSync } from 'node:sqlite'
import { plainLetters } from '#lib/search/plain-letters.ts'
import type { SearchKind } from '#lib/search/query.ts'
import { itemKey } from './in-pieces.ts'
import { littleWords } from './little-words.ts'
import { matchOf } from './match.ts'
import { longFrom } from './search-database.ts'
import type { Related, RelatedWanted } from './search-index.ts'
import { isUnspaced } from './split-words.ts'

/** Of a text so much is read, in characters, and so many of its words are looked for: the rarest. */
const longestText = 8_000
const mostWords = 16
const shortestWord = 3
/** A word that so many have says nothing. */
const tooCommon = (all: number) => Math.max(12, Math.min(all * 0.1, 2_000))
/** What shares one word alone is a coincidence, unless one word was all there was. */
const leastShared = 2
const mostWeighed = 60
const titleWeight = 4

/** Words in their first form, each once; of scripts without spaces pairs of letters. */
function wordsOf(text: string): string[] {
  const words = text.slice(0, longestText).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
  const first = new Map<string, string>()
  for (const word of words.flatMap((each) => (isUnspaced(each) ? pairsOf(each) : [each]))) {
    const plain = plainLetters(word)
    if ((plain.length >= shortestWord || isUnspaced(word)) && !littleWords.has(plain) && !first.has(plain)) first.set(plain, word)
  }
  return [...first.values()]
}

const pairsOf = (word: string) => [...word].slice(1).map((letter, index) => `${[...word][index]}${letter}`)

const termOf = (text: string) => ({ text, phrase: true, not: false, prefix: false })

/** Finds what has to do with a text. */
export function relatedFinder(database: DatabaseSync) {
  const often = database.prepare('select doc from vocabulary where term = ?')
  const all = database.prepare(`select coalesce((select max(id) from items where id < ${longFrom}), 0) + coalesce((select max(id) from items where id >= ${longFrom}) - ${longFrom}, 0) as n`)
  const has = database.prepare('select 1 from words where words match ? and rowid = ?')
  const known = database.prepare('select 1 from words where words match ? limit 1')

  return ({ workspaceId, text, kinds, except, limit }: RelatedWanted): Related[] => {
    const most = tooCommon(Number(all.get()?.n ?? 0))
    const rare = wordsOf(text).flatMap((word) => {
      const match = matchOf([termOf(word)])
      if (!match) return []
      // What letters of scripts without spaces stand in is not counted by words.
      const n = isUnspaced(word) ? (known.get(match) ? 1 : 0) : Number(often.get(plainLetters(word))?.doc ?? 0)
      return n > 0 && n <= most ? [{ word, match, n }] : []
    }).sort((a, b) => a.n - b.n).slice(0, mostWords)
    if (rare.length === 0) return []

    const rows = database.prepare(`select items.id, items.kind, items.item, items.source, items.at, places.mission_id, places.file_id, places.project_id, bm25(words, ${titleWeight}.0, 1.0) as score
      from words cross join items on items.id = words.rowid cross join places on places.source = items.source
      where words match ? and places.workspace_id = ? and places.archived = 0 and places.mission_id is not ? and items.kind in (${kinds.map(() => '?').join(', ')})
      order by score limit ${mostWeighed}`).all(rare.map(({ match }) => match).join(' OR '), workspaceId, except, ...kinds)
    const orNull = (value: unknown) => (typeof value === 'string' ? value : null)
    const seen = new Set<string>()
    return rows.flatMap((row): Related[] => {
      const key = itemKey({ source: String(row.source), item: String(row.item) })
      if (seen.has(key)) return []
      const shared = rare.filter(({ match }) => has.get(match, BigInt(Number(row.id))) !== undefined)
      if (shared.length < Math.min(leastShared, rare.length)) return []
      seen.add(key)
      return [{
        kind: row.kind as SearchKind, item: String(row.item), source: String(row.source), missionId: orNull(row.mission_id), fileId: orNull(row.file_id), projectId: orNull(row.project_id),
        at: Number(row.at), words: shared.map(({ word }) => word), score: -Number(row.score),
      }]
    }).slice(0, limit)
  }
}
