import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { isBusy } from '../store/sqlite-error.ts'
import { UserError } from '../user-error.ts'
import { placeReader } from './read-place.ts'
import { openSearchDatabase, searchFile, usableSearchDatabase } from './search-database.ts'
import { indexWriter } from './write-index.ts'

/** `mended`: the words were not those of the items, or damaged, and were made anew. `failed` are places that cannot be read. */
type RebuiltSearch = { places: number; items: number; gone: number; mended: boolean; failed: { source: string; message: string }[] }

const busyPauseMs = 50
const mostTries = 200

/**
 * Writes every place into the index again. One at a time: a server that runs beside finds and writes between them. What somebody changes meanwhile
 * is not written over, since the server reads it anyway.
 */
export async function rebuildSearch(dataDir: string, databaseFile: string): Promise<RebuiltSearch> {
  const file = searchFile(dataDir)
  // Another file in its place would be one that a running server does not look into.
  if (existsSync(file) && !usableSearchDatabase(file)) {
    throw new UserError(`The index ${file} is damaged or of another version. Stop the server, delete the file, and start again: it is made anew then.`)
  }
  const index = openSearchDatabase(file)
  const database = new DatabaseSync(databaseFile, { readOnly: true, timeout: 5_000 })
  try {
    const reader = placeReader(database)
    const writer = indexWriter(index)
    const mended = await patiently(() => mendWords(index))
    const rebuilt: RebuiltSearch = { places: 0, items: 0, gone: 0, mended, failed: [] }
    const gone = new Set(writer.sources())
    for (const { source } of [...reader.all()]) {
      gone.delete(source)
      try {
        const read = await reader.read(source)
        if (!read) continue
        await patiently(() => writer.writeAnew(read.place, read.items, () => reader.place(source)?.stamp === read.place.stamp))
        rebuilt.places += 1
        rebuilt.items += read.items.length
      } catch (error) {
        rebuilt.failed.push({ source, message: error instanceof Error ? error.message : String(error) })
      }
    }
    for (const source of gone) {
      if (reader.place(source)) continue
      await patiently(() => writer.remove(source))
      rebuilt.gone += 1
    }
    index.exec(`insert into words(words) values ('optimize')`)
    return rebuilt
  } finally {
    database.close()
    index.close()
  }
}

/** Whether the words had to be made anew from the items. */
function mendWords(index: DatabaseSync): boolean {
  try {
    index.exec(`insert into words(words, rank) values ('integrity-check', 1)`)
    return false
  } catch (error) {
    if (isBusy(error)) throw error
    index.exec(`insert into words(words) values ('rebuild')`)
    return true
  }
}

/** The server has its turns, too. */
async function patiently<T>(work: () => T): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || tries >= mostTries) throw error
      await pause(busyPauseMs)
    }
  }
}
