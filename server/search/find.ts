import type { DatabaseSync } from 'node:sqlite'
import type { SearchKind } from '#lib/search/query.ts'
import type { Marked } from '#lib/search/result.ts'
import { alikeFinder } from './alike.ts'
import { itemKey, piecesFinder } from './in-pieces.ts'
import { matchAny, matchOf } from './match.ts'
import { longFrom } from './search-database.ts'
import type { Findings, Found, Wanted } from './search-index.ts'
import { isUnspaced, joinWords } from './split-words.ts'

const [open, close] = ['\u0001', '\u0002']
const excerptWords = 26
/** A title says what a thing is: its words count that much more. */
const titleWeight = 10
/** So many of the best by their words are weighed by all the rest at first, and each time that is not enough so many times as many. */
const [firstBlock, blockGrowth] = [400, 8]
/** Of what is new, over time this share of its weight goes, half of it in a year. */
const fading = 0.3
const halfLife = 365 * 86_400_000
/** Of one mission or doc at most, on a page: a long talk about it must not hide everything else. */
const mostOfOnePlace = 4
/** Of what somebody pasted, so many words are guessed at. */
const mostGuessed = 4
/** Of what has a word, so many are looked through for one of the workspace. */
const mostLookedThrough = 5_000

function markedOf(text: string): Marked {
  return joinWords(text).split(open).flatMap((piece, index) => {
    if (index === 0) return piece ? [{ text: piece, hit: false }] : []
    const [hit = '', rest = ''] = piece.split(close)
    return [{ text: hit, hit: true }, ...rest ? [{ text: rest, hit: false }] : []]
  }).reduce<{ text: string; hit: boolean }[]>((marked, piece) => {
    // The letters of a word that was split are one hit again.
    const last = marked.at(-1)
    if (last && last.hit === piece.hit) last.text += piece.text
    else marked.push({ ...piece })
    return marked
  }, [])
}

/** An excerpt runs over the ends of lines, and what lists begin with says nothing there. */
const listMarks = /\s*\n\s*(?:[-*+] (?:\[[ xX]\] )?)?/g

const markWords = (text: string) => text.replaceAll(open, '').replaceAll(close, '')

type Row = { id: number; source: string; item: string }
/** `by`: what it was found by. `beside`: of a chat the best message that has the words, where its title has them too, or the other way round. */
type Ranked = { id: number; source: string; by: string; item: string; beside: number | null }
/** However much is said in a chat, it is one line. */
const isChat = (source: string) => source.startsWith('chat/')

export function finder(database: DatabaseSync) {
  function conditions(wanted: Wanted): { sql: string; values: (string | number)[] } {
    const parts = ['places.workspace_id = ?']
    const values: (string | number)[] = [wanted.workspaceId]
    const among = (column: string, list: readonly string[]) => {
      if (list.length === 0) return
      parts.push(`${column} in (${list.map(() => '?').join(', ')})`)
      values.push(...list)
    }
    among('items.kind', wanted.kinds)
    among('places.status', wanted.statuses)
    among('places.project_id', wanted.projects)
    among('items.by_id', wanted.people)
    if (wanted.archived !== null) parts.push(`places.archived = ${wanted.archived ? 1 : 0}`)
    if (wanted.before !== null) parts.push('items.at < ?') && values.push(wanted.before)
    if (wanted.after !== null) parts.push('items.at >= ?') && values.push(wanted.after)
    return { sql: parts.join(' and '), values }
  }

  const columns = `items.kind, items.item, items.source, items.by_id, items.at, places.title as place_title, places.mission_id, places.doc_id, places.chat_id, places.file_id, places.project_id, places.type, places.status, places.archived,
    items.kind = 'file' and items.cut as cut`

  const excerpt = database.prepare(`select ${columns}, highlight(words, 0, ?, ?) as title, snippet(words, 1, ?, ?, '…', ${excerptWords}) as excerpt
    from words cross join items on items.id = words.rowid cross join places on places.source = items.source where words match ? and words.rowid = ?`)
  const known = database.prepare(`select 1 from (select rowid as id from words where words match ? limit ${mostLookedThrough}) those
    cross join items on items.id = those.id cross join places on places.source = items.source where places.workspace_id = ? limit 1`)
  /** Whether this workspace has it: what others have is no reason for anything here. */
  const isKnown = (match: string, workspaceId: string) => known.get(match, workspaceId) !== undefined
  const alike = alikeFinder(database)
  const pieces = piecesFinder(database)

  function foundOf(row: Record<string, unknown>): Found {
    const orNull = (value: unknown) => (typeof value === 'string' ? value : null)
    return {
      kind: row.kind as SearchKind, item: String(row.item), source: String(row.source), by: orNull(row.by_id), at: Number(row.at),
      title: markedOf(String(row.title || markWords(String(row.place_title)))), excerpt: markedOf(String(row.excerpt ?? '').replace(listMarks, ' · ')), cut: row.cut === 1,
      placeTitle: String(row.place_title), missionId: orNull(row.mission_id), docId: orNull(row.doc_id), chatId: orNull(row.chat_id), fileId: orNull(row.file_id), projectId: orNull(row.project_id),
      type: String(row.type), status: orNull(row.status), archived: row.archived === 1,
    }
  }

  const total = database.prepare('select count(*) as n from words where words match ?')

  /**
   * What matches and the filters let through, in order, from the place `from` on. Only what stands high by its words is weighed by the rest: by blocks, the
   * first of which is nearly always enough. Which block something is in does not hang on the page that is asked for. Long texts come once, by their best piece;
   * in the end those that have the words far from each other.
   */
  function ranked(match: string, wanted: Wanted, count: number): Ranked[] {
    const { sql, values } = conditions(wanted)
    // The order of these joins is meant: from the few that are best to where they stand.
    const weighed = database.prepare(`select items.id as id, items.source as source, items.item as item,
        best.score * (${1 - fading} + ${fading} * pow(0.5, max(0, ? - items.at) / ${halfLife}.0)) * (case when places.archived then 0.5 else 1 end) as weight
      from (select rowid as id, bm25(words, ${titleWeight}.0, 1.0) as score from words where words match ? order by score limit ? offset ?) best
        cross join items on items.id = best.id cross join places on places.source = items.source
      where ${sql} order by weight, items.at desc, items.id`)
    const seen = new Set(pieces.unwanted(wanted.terms))
    const isNew = (row: Row) => {
      if (row.id < longFrom) return true
      const key = itemKey(row)
      return !seen.has(key) && Boolean(seen.add(key))
    }
    const found: Ranked[] = []
    const chats = new Map<string, Ranked>()
    let skip = wanted.from
    let all: number | null = null
    const take = (rows: Row[], by: string) => {
      const fresh = rows.filter(isNew).flatMap((row): Ranked[] => {
        const one: Ranked = { ...row, by, beside: null }
        const line = isChat(row.source) ? chats.get(row.source) : undefined
        if (!line) {
          if (isChat(row.source)) chats.set(row.source, one)
          return [one]
        }
        if ((line.item === '') !== (row.item === '')) line.beside ??= row.id
        return []
      })
      found.push(...fresh.slice(skip))
      skip = Math.max(0, skip - fresh.length)
    }
    for (let [at, size] = [0, firstBlock]; ; [at, size] = [at + size, size * blockGrowth]) {
      take(weighed.all(wanted.now, match, size, at, ...values) as Row[], match)
      if (found.length >= count) return found.slice(0, count)
      all ??= Number(total.get(match)?.n ?? 0)
      if (at + size >= all) break
    }
    const spread = pieces.spread(wanted.terms)
    if (spread.length > 0) {
      take(database.prepare(`select items.id, items.source, items.item from items join places on places.source = items.source where items.id in (select value from json_each(?)) and ${sql} order by items.at desc, items.id`)
        .all(JSON.stringify(spread), ...values) as Row[], matchAny(wanted.terms))
    }
    return found.slice(0, count)
  }

  /** In two steps: excerpts are dear, and only made of what is shown. */
  function matching(match: string, wanted: Wanted): { found: Found[]; next: number | null } {
    const take = wanted.limit * 4
    const ids = ranked(match, wanted, take + 1)
    const shown: Ranked[] = []
    const perPlace = new Map<string, number>()
    let looked = 0
    for (const each of ids.slice(0, take)) {
      if (shown.length >= wanted.limit) break
      looked++
      const before = perPlace.get(each.source) ?? 0
      perPlace.set(each.source, before + 1)
      if (before < mostOfOnePlace) shown.push(each)
    }
    // As an integer: for a number with a point, which is what a plain one is bound as, FTS5 gives every row.
    const read = (id: number, by: string) => excerpt.get(open, close, open, close, by, BigInt(id))
    const found = shown.flatMap(({ id, by, item, beside }) => {
      const row = read(id, by)
      const other = beside === null ? undefined : read(beside, by)
      return row ? [foundOf(!other ? row : item === '' ? { ...other, title: row.title } : { ...row, title: other.title })] : []
    })
    return { found, next: looked < ids.length ? wanted.from + looked : null }
  }

  /** Without words: the newest that the filters let through. */
  function newest(wanted: Wanted): { found: Found[]; next: number | null } {
    const { sql, values } = conditions(wanted)
    const all = database.prepare(`select ${columns}, items.title, substr(items.body, 1, 200) as excerpt from items join places on places.source = items.source
      where items.part = 0 and ${sql} order by items.at desc, items.id`).iterate(...values)
    const chats = new Set<unknown>()
    const rows: Record<string, unknown>[] = []
    let skip = wanted.from
    for (const row of all) {
      if (isChat(String(row.source))) {
        if (chats.has(row.source)) continue
        chats.add(row.source)
      }
      if (skip-- > 0) continue
      rows.push(row)
      if (rows.length > wanted.limit) break
    }
    return { found: rows.slice(0, wanted.limit).map(foundOf), next: rows.length > wanted.limit ? wanted.from + wanted.limit : null }
  }

  function correct(wanted: Wanted): Wanted | null {
    let changed = false
    let guessed = 0
    const terms = wanted.terms.map((term) => {
      const match = matchOf([{ ...term, not: false }])
      if (term.not || term.phrase || isUnspaced(term.text) || !match || isKnown(match, wanted.workspaceId)) return term
      const best = guessed++ < mostGuessed ? alike(term.text, (word) => isKnown(matchOf([{ ...term, text: word, prefix: false }]) ?? '', wanted.workspaceId)) : null
      if (!best) return term
      changed = true
      return { ...term, text: best, prefix: false }
    })
    return changed ? { ...wanted, terms } : null
  }

  return {
    find(wanted: Wanted): Findings {
      const match = matchOf(wanted.terms)
      if (match === null) return wanted.terms.length > 0 ? { found: [], next: null, instead: null } : { ...newest(wanted), instead: null }
      const first = matching(match, wanted)
      if (first.found.length > 0 || wanted.from > 0) return { ...first, instead: null }
      const corrected = correct(wanted)
      const again = corrected && matchOf(corrected.terms)
      if (!corrected || !again) return { ...first, instead: null }
      const second = matching(again, corrected)
      return { ...second, instead: second.found.length > 0 ? corrected.terms.map(({ text, not }) => (not ? `-${text}` : text)).join(' ') : null }
    },
  }
}
