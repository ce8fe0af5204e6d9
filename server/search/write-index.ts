import type { DatabaseSync } from 'node:sqlite'
import { longestFound } from '#lib/search/result.ts'
import { piecesOf } from './pieces.ts'
import type { Item, Place } from './read-place.ts'
import { longFrom } from './search-database.ts'
import { splitWords } from './split-words.ts'

/** `commitMs`: what is written in so much time is one transaction; whoever asks over this connection finds it at once. `onLost`: it could not be stored, and has to be written again. */
export type Writing = { commitMs?: number; onLost?: (sources: string[], error: unknown) => void }

type Row = { id: number; kind: string; item: string; by: unknown; at: number; part: number; cut: number; title: string; body: string }

const keyOf = ({ kind, item }: Pick<Item, 'kind' | 'item'>) => `${kind} ${item}`
const isSame = (a: Item, b: Item) => a === b || (a.by === b.by && a.at === b.at && a.title === b.title && a.body === b.body)

/** Writes what is found of places, as far as it is not what the index has. */
export function indexWriter(database: DatabaseSync, { commitMs = 0, onLost }: Writing = {}) {
  const stampOf = database.prepare('select stamp from places where source = ?')
  const putPlace = database.prepare(`insert or replace into places (source, workspace_id, kind, stamp, title, mission_id, doc_id, chat_id, file_id, project_id, type, status, archived)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const removePlace = database.prepare('delete from places where source = ?')
  const columns = 'id, kind, item, by_id as "by", at, part, cut, title, body'
  const rowsOfPlace = database.prepare(`select ${columns} from items where source = ?`)
  const rowsOfItem = database.prepare(`select ${columns} from items where source = ? and item = ? and kind = ?`)
  const put = (range: string, first: number) => database.prepare(`insert into items (id, source, item, kind, by_id, at, part, cut, title, body)
    values (1 + coalesce((select max(id) from items where id ${range} ${longFrom}), ${first}), ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const [putShort, putLong] = [put('<', 0), put('>=', longFrom)]
  const changeText = database.prepare('update items set title = ?, body = ? where id = ?')
  const changeFacts = database.prepare('update items set by_id = ?, at = ?, part = ?, cut = ? where id = ?')
  const removeRow = database.prepare('delete from items where id = ?')

  /** Places of the transaction that is open. */
  const unstored = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function lost(error: unknown, except: string | null = null) {
    if (database.isTransaction) database.exec('rollback')
    clearTimeout(timer)
    const sources = [...unstored].filter((source) => source !== except)
    unstored.clear()
    if (sources.length > 0) onLost?.(sources, error)
  }

  function commit() {
    clearTimeout(timer)
    if (!database.isTransaction) return
    database.exec('commit')
    unstored.clear()
  }

  function commitLater() {
    try {
      commit()
    } catch (error) {
      lost(error)
    }
  }

  function transact(source: string, work: () => void) {
    if (!database.isTransaction) {
      database.exec('begin immediate')
      if (commitMs > 0) timer = setTimeout(commitLater, commitMs)
    }
    database.exec('savepoint one')
    try {
      work()
      database.exec('release one')
      unstored.add(source)
      if (commitMs === 0) commit()
    } catch (error) {
      // A full disk takes the whole transaction with it.
      if (database.isTransaction && commitMs > 0) database.exec('rollback to one; release one')
      else lost(error, source)
      throw error
    }
  }

  const writePlace = ({ source, workspaceId, kind, stamp, title, missionId, docId, chatId, fileId, projectId, type, status, archived }: Place) =>
    void putPlace.run(source, workspaceId, kind, stamp, title, missionId, docId, chatId, fileId, projectId, type, status, archived ? 1 : 0)

  /** What the index has in these rows is made one item. Pieces that stay as they are are not written. */
  function writeItem(source: string, { item, kind, by, at, title: itemTitle, body }: Item, rows: readonly Row[]) {
    const cut = body.length >= longestFound ? 1 : 0
    // The title is the first piece's alone: its words are in the text once.
    const pieces = piecesOf(splitWords(body)).map((text, at) => ({ title: at === 0 ? splitWords(itemTitle) : '', text }))
    const isLong = pieces.length > 1
    const left = Map.groupBy(rows.filter(({ id }) => id >= longFrom === isLong), ({ title, body }) => `${title}\n${body}`)
    const placed = pieces.map(({ title, text }) => ({ title, text, row: left.get(`${title}\n${text}`)?.pop() ?? null }))
    const used = new Set(placed.map(({ row }) => row?.id))
    const spare = rows.filter(({ id }) => !used.has(id))
    for (const [place, { title, text, row: same }] of placed.entries()) {
      const part = place === 0 ? 0 : 1
      const index = same ? -1 : spare.findIndex(({ id }) => id >= longFrom === isLong)
      const row = same ?? (index < 0 ? null : spare.splice(index, 1)[0]!)
      if (!row) {
        (isLong ? putLong : putShort).run(source, item, kind, by, at, part, cut, title, text)
        continue
      }
      if (!same) changeText.run(title, text, row.id)
      if (row.by !== by || row.at !== at || row.part !== part || row.cut !== cut) changeFacts.run(by, at, part, cut, row.id)
    }
    for (const { id } of spare) removeRow.run(id)
  }

  function writeAll(place: Place, items: readonly Item[]) {
    const known = Map.groupBy(rowsOfPlace.all(place.source) as Row[], keyOf as (row: Row) => string)
    writePlace(place)
    for (const item of items) {
      writeItem(place.source, item, known.get(keyOf(item)) ?? [])
      known.delete(keyOf(item))
    }
    for (const rows of known.values()) for (const { id } of rows) removeRow.run(id)
  }

  function writeChanged(place: Place, items: readonly Item[], before: readonly Item[]) {
    const rowsOf = ({ item, kind }: Item) => rowsOfItem.all(place.source, item, kind) as Row[]
    const known = new Map(before.map((item) => [keyOf(item), item]))
    writePlace(place)
    for (const item of items) {
      const was = known.get(keyOf(item))
      known.delete(keyOf(item))
      if (!was || !isSame(was, item)) writeItem(place.source, item, rowsOf(item))
    }
    for (const gone of known.values()) for (const { id } of rowsOf(gone)) removeRow.run(id)
  }

  return {
    /** Whether the index has this place as it is. */
    has: ({ source, stamp }: Pick<Place, 'source' | 'stamp'>) => stampOf.get(source)?.stamp === stamp,

    write: (place: Place, items: readonly Item[], before: readonly Item[] | null = null) =>
      transact(place.source, () => (before ? writeChanged(place, items, before) : writeAll(place, items))),

    /** As if the index had nothing of this place; nothing is written where it is not `current` any more. */
    writeAnew: (place: Place, items: readonly Item[], current: () => boolean) => transact(place.source, () => {
      if (!current()) return
      for (const { id } of rowsOfPlace.all(place.source) as Row[]) removeRow.run(id)
      writeAll(place, items)
    }),

    remove: (source: string) => transact(source, () => {
      for (const { id } of rowsOfPlace.all(source) as Row[]) removeRow.run(id)
      removePlace.run(source)
    }),

    sources: (): string[] => database.prepare('select source from places').all().map(({ source }) => String(source)),
    commit,
  }
}
