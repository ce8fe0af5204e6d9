import type { DatabaseSync } from 'node:sqlite'
import type { Item, Place } from './read-place.ts'
import { splitWords } from './split-words.ts'

/** Writes what is found of places, as far as it is not what the index has. */
export function indexWriter(database: DatabaseSync) {
  const stampOf = database.prepare('select stamp from places where source = ?')
  const putPlace = database.prepare(`insert or replace into places (source, workspace_id, kind, stamp, title, mission_id, doc_id, chat_id, file_id, project_id, type, status, archived)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const removePlace = database.prepare('delete from places where source = ?')
  const itemsOf = database.prepare('select id, item, kind, by_id, at, title, body from items where source = ?')
  const putItem = database.prepare('insert into items (source, item, kind, by_id, at, title, body) values (?, ?, ?, ?, ?, ?, ?)')
  const changeText = database.prepare('update items set title = ?, body = ? where id = ?')
  const changeFacts = database.prepare('update items set by_id = ?, at = ? where id = ?')
  const removeItem = database.prepare('delete from items where id = ?')

  function transact(work: () => void) {
    database.exec('begin immediate')
    try {
      work()
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }

  function put(place: Place, items: readonly Item[], known: Map<string, Record<string, unknown>>) {
    const { source, workspaceId, kind, stamp, title, missionId, docId, chatId, fileId, projectId, type, status, archived } = place
    putPlace.run(source, workspaceId, kind, stamp, title, missionId, docId, chatId, fileId, projectId, type, status, archived ? 1 : 0)
    for (const { item, kind: itemKind, by, at, ...words } of items) {
      const [itemTitle, body] = [splitWords(words.title), splitWords(words.body)]
      const key = `${itemKind} ${item}`
      const row = known.get(key)
      known.delete(key)
      if (!row) putItem.run(source, item, itemKind, by, at, itemTitle, body)
      else {
        if (row.title !== itemTitle || row.body !== body) changeText.run(itemTitle, body, Number(row.id))
        if (row.by_id !== by || row.at !== at) changeFacts.run(by, at, Number(row.id))
      }
    }
    for (const row of known.values()) removeItem.run(Number(row.id))
  }

  return {
    /** Whether the index has this place as it is. */
    has: ({ source, stamp }: Pick<Place, 'source' | 'stamp'>) => stampOf.get(source)?.stamp === stamp,

    write: (place: Place, items: readonly Item[]) => transact(() => put(place, items, new Map(itemsOf.all(place.source).map((row) => [`${String(row.kind)} ${String(row.item)}`, row])))),

    /** As if the index had nothing of this place; nothing is written where it is not `current` any more. */
    writeAnew: (place: Place, items: readonly Item[], current: () => boolean) => transact(() => {
      if (!current()) return
      for (const { id } of itemsOf.all(place.source)) removeItem.run(Number(id))
      put(place, items, new Map())
    }),

    remove(source: string) {
      transact(() => {
        for (const { id } of itemsOf.all(source)) removeItem.run(Number(id))
        removePlace.run(source)
      })
    },

    sources: (): string[] => database.prepare('select source from places').all().map(({ source }) => String(source)),
  }
}
