import type { RunId } from '#lib/board/ids.ts'
import { readEntries, readEntry, type EntryKind, type LogEntry } from '#lib/board/run-document.ts'
import type { EntriesPage } from '#lib/staff/answers.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import { nextTurn } from '../next-turn.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

type EntriesAsked = {
  /** One of them, or none for the newest: entries before or after this one, or with this one in their midst. */
  before?: number; after?: number; around?: number
  /** All words must be in an entry, or in what lies behind it. */
  words?: readonly string[]
  kinds?: readonly EntryKind[]
  limit: number
}

/** A page ends early where its entries are long, in characters. */
const longestPage = 4_000_000
/** Rows that are looked through in one go, before everybody else has a turn. */
const rowsAtOnce = 1_000

/** Pages of a run's log, of rows and of the document's tail, each entry once. */
export function createEntriesReader({ db, documents }: { db: Database; documents: Documents }) {
  return async (runId: RunId, { before, after, around, words = [], kinds = [], limit }: EntriesAsked): Promise<EntriesPage> => {
    // The tail first: what leaves it while we read is in the rows then.
    const tail = await documents.read(runDocument(runId), readEntries)
    const newest = await db.selectFrom('run_entries').select('seq').where('run_id', '=', runId).orderBy('seq', 'desc').limit(1).executeTakeFirst()
    const lastRow = newest?.seq ?? -1
    const live = tail.filter(({ seq }) => seq > lastRow)
    const last = live.at(-1)?.seq ?? lastRow

    const folded = words.map((word) => word.toLocaleLowerCase())
    const asksFor = (entry: LogEntry) =>
      (kinds.length === 0 || kinds.includes(entry.kind)) && (folded.length === 0 || containsAll(entry, folded))

    async function rows(from: number, direction: 'asc' | 'desc', count: number): Promise<LogEntry[]> {
      const found = await db.selectFrom('run_entries').select('entry').where('run_id', '=', runId)
        .where('seq', direction === 'asc' ? '>' : '<', from).where('seq', '<=', lastRow).orderBy('seq', direction).limit(count).execute()
      return found.flatMap(({ entry }) => readEntry(JSON.parse(entry)) ?? [])
    }

    /** From this entry on, itself not included, in one direction. */
    async function* walk(from: number, direction: 'asc' | 'desc', count: number): AsyncGenerator<readonly LogEntry[], void> {
      const rest = direction === 'asc' ? live.filter(({ seq }) => seq > from) : live.filter(({ seq }) => seq < from).reverse()
      if (direction === 'desc' && rest.length > 0) yield rest
      for (let at = from; ;) {
        const chunk = await rows(at, direction, count)
        if (chunk.length > 0) yield chunk
        const end = chunk.at(-1)
        if (!end || chunk.length < count) break
        at = end.seq
        await nextTurn()
      }
      if (direction === 'asc' && rest.length > 0) yield rest
    }

    /** `more`: others that were asked for lie further on. */
    async function take(from: number, direction: 'asc' | 'desc', most: number): Promise<{ entries: LogEntry[]; more: boolean }> {
      const entries: LogEntry[] = []
      let room = longestPage
      for await (const chunk of walk(from, direction, words.length + kinds.length > 0 ? rowsAtOnce : Math.min(most + 1, rowsAtOnce))) {
        for (const entry of chunk) {
          if (!asksFor(entry)) continue
          if (entries.length >= most || room < 0) return { entries, more: true }
          entries.push(entry)
          room -= lengthOf(entry)
        }
      }
      return { entries, more: false }
    }

    const page = (entries: readonly LogEntry[], earlier: boolean, later: boolean): EntriesPage => ({ entries, earlier, later, total: last + 1 })
    if (after !== undefined) {
      const { entries, more } = await take(after, 'asc', limit)
      return page(entries, after >= 0, more)
    }
    if (around !== undefined) {
      const earlier = await take(around + 1, 'desc', Math.ceil(limit / 2))
      const later = await take(around, 'asc', Math.floor(limit / 2))
      return page([...earlier.entries.reverse(), ...later.entries], earlier.more, later.more)
    }
    const { entries, more } = await take(before ?? Number.MAX_SAFE_INTEGER, 'desc', limit)
    return page(entries.reverse(), more, before !== undefined && before <= last)
  }
}

/** Strings that lie behind an entry: what a tool was asked and what it said. */
const behind = ({ data }: LogEntry) => (data ? Object.values(data).filter((value) => typeof value === 'string') : [])
const lengthOf = (entry: LogEntry) => behind(entry).reduce((sum, text) => sum + text.length, entry.text.length)

function containsAll(entry: LogEntry, words: readonly string[]): boolean {
  const text = [entry.text, ...behind(entry)].join('\n').toLocaleLowerCase()
  return words.every((word) => text.includes(word))
}
