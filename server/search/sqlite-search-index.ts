import { finder } from './find.ts'
import { relatedFinder } from './related.ts'
import { openSearchDatabase } from './search-database.ts'
import type { SearchIndex } from './search-index.ts'
import { indexWriter, type Writing } from './write-index.ts'

/** The index as SQLite's FTS5, in a file of its own. */
export function sqliteSearchIndex(file: string, writing: Writing = {}): SearchIndex {
  const database = openSearchDatabase(file)
  const writer = indexWriter(database, writing)
  const { find } = finder(database)
  const related = relatedFinder(database)
  return {
    has: async (place) => writer.has(place),
    write: async (place, items, before) => writer.write(place, items, before),
    remove: async (source) => writer.remove(source),
    sources: async () => writer.sources(),
    find: async (wanted) => find(wanted),
    related: async (wanted) => related(wanted),
    async close() {
      writer.commit()
      database.close()
    },
  }
}
