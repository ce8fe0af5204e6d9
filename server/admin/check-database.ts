import type { DatabaseSync } from 'node:sqlite'
import { migrations } from '../store/migrations.ts'
import { Failure } from './command.ts'
import { appliedMigrations } from './manifest.ts'
import { fromBackup, type Problem } from './problem.ts'

/** Throws a Failure for a database of another version, which this program cannot judge. */
export function requireOurSchema(sqlite: DatabaseSync) {
  const applied = appliedMigrations(sqlite)
  if (applied.some((name) => !(name in migrations))) throw new Failure('newer', 'The database was written by a newer version of Missions. Examine it with that version.')
  if (applied.length < Object.keys(migrations).length) throw new Failure('older', 'The database was written by an older version of Missions. Start Missions once, which brings it up to date, then examine it.')
}

/** SQLite's own examination, and rows that refer to nothing. */
export function checkDatabase(sqlite: DatabaseSync, file: string): Problem[] {
  const found = sqlite.prepare('pragma integrity_check').all().map((row) => String(row.integrity_check)).filter((line) => line !== 'ok')
  const orphans = sqlite.prepare('pragma foreign_key_check').all().map((row) => `a row of ${row.table} refers to a row of ${row.parent} that does not exist`)
  return [...found, ...new Set(orphans)].map((message) => ({ check: 'database', subject: file, message, repair: fromBackup }))
}
