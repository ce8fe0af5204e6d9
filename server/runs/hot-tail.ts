import { sql } from 'kysely'
import type * as Y from 'yjs'
import type { RunId } from '#lib/board/ids.ts'
import { entriesOf, lastEntry, readEntry, tailCharacters, tailLength } from '#lib/board/run-document.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

/** A tail may be longer by so much before it is shortened, so that entries leave many at a time. */
const slack = { entries: 250, characters: tailCharacters / 2 }
const soonMs = 50
const rowsAtOnce = 1_000

export type HotTail = ReturnType<typeof createHotTail>

/**
 * Keeps the documents of runs short, however long their logs are: entries beyond the newest are written as rows, and then leave the
 * document. A reader takes the tail first and the rows then, and of the tail what no row has; so nothing is missed, and nothing comes twice.
 */
export function createHotTail({ db, documents, log }: { db: Database; documents: Documents; log: Log }) {
  const shortening = new Set<RunId>()
  /** How much of each document was measured: up to which entry, and its characters. */
  const measured = new WeakMap<Y.Doc, { seq: number; characters: number }>()

  /** What stands in the document, measured by what is new since the last time. */
  function charactersOf(doc: Y.Doc): number {
    const before = measured.get(doc) ?? { seq: -1, characters: 0 }
    const entries = entriesOf(doc)
    const last = lastEntry(doc)?.seq ?? -1
    let { characters } = before
    for (let at = entries.length - 1; at >= 0 && last > before.seq; at--) {
      const entry: unknown = entries.get(at)
      if ((readEntry(entry)?.seq ?? -1) <= before.seq) break
      characters += charactersIn(entry)
    }
    measured.set(doc, { seq: Math.max(last, before.seq), characters })
    return characters
  }

  /** The oldest entries that are to leave. */
  function surplusOf(doc: Y.Doc): unknown[] {
    const entries = entriesOf(doc).toArray()
    let [keep, characters] = [0, 0]
    while (keep < Math.min(entries.length, tailLength)) {
      characters += charactersIn(entries[entries.length - 1 - keep])
      if (characters > tailCharacters && keep > 0) break
      keep += 1
    }
    return entries.slice(0, Math.min(entries.length - keep, rowsAtOnce))
  }

  async function shorten(id: RunId) {
    for (;;) {
      const surplus = await documents.read(runDocument(id), surplusOf)
      if (surplus.length === 0) return
      // Whoever began this and crashed may have written some of them.
      await sql`insert into run_entries (run_id, seq, entry) select ${id}, json_extract(value, '$.seq'), value from json_each(${JSON.stringify(surplus)}) where true on conflict do nothing`.execute(db)
      const upTo = readEntry(surplus.at(-1))?.seq ?? -1
      await documents.edit(runDocument(id), (doc) => {
        const entries = entriesOf(doc)
        let gone = 0
        while (gone < Math.min(surplus.length, entries.length) && (readEntry(entries.get(gone))?.seq ?? -1) <= upTo) gone += 1
        if (gone > 0) entries.delete(0, gone)
        measured.delete(doc)
      })
    }
  }

  return {
    /** A run's document was opened or changed. */
    follow(id: RunId, doc: Y.Doc) {
      if (shortening.has(id)) return
      if (entriesOf(doc).length <= tailLength + slack.entries && charactersOf(doc) <= tailCharacters + slack.characters) return
      shortening.add(id)
      setTimeout(() => {
        shorten(id).catch((error: unknown) => log.error({ err: error, run: id }, 'log of a run not shortened')).finally(() => shortening.delete(id))
      }, soonMs)
    },
  }
}

function charactersIn(entry: unknown): number {
  if (typeof entry !== 'object' || entry === null) return 0
  const { text, data } = entry as { text?: unknown; data?: unknown }
  const inData = typeof data === 'object' && data !== null ? Object.values(data).reduce((sum: number, value) => sum + (typeof value === 'string' ? value.length : 8), 0) : 0
  return (typeof text === 'string' ? text.length : 0) + inData
}
