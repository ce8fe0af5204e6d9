import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, SqliteDialect, type DatabaseConnection } from 'kysely'
import { Migrator } from 'kysely/migration'
import { nextTurn } from '../next-turn.ts'
import { UserError } from '../user-error.ts'
import { migrations } from './migrations.ts'
import { isBusy, StoreGone } from './sqlite-error.ts'
import type { Tables } from './tables.ts'

type Durability = 'process' | 'power'
export type Database = Kysely<Tables>

export type Store = {
  /** Kysely, for everything but the update log. */
  db: Database
  /**
   * Kysely on a connection of its own, for what follows edits and visits and can wait: a connection that waits for another process
   * makes everybody on it wait, and whoever opens a document must not be among them. It lets others in between, those first whose
   * edits wait to be stored. Made when it is first asked for.
   */
  behind(editsWait: () => boolean): Database
  /** Kysely's connection. */
  sqlite: DatabaseSync
  /** For the update log: a connection of its own, which never waits for another one. It is closed with the store. */
  logConnection: DatabaseSync
  /** Throws StoreGone where the files that are open are not those of the folder any more, at most 100 ms later: what is written into them is lost. */
  checkFiles(): void
  close(): Promise<void>
}

// node:sqlite takes an object as the first parameter for named ones, without an error.
const positional = (values: readonly unknown[]) =>
  values.map((value): SQLInputValue => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint8Array) return value
    throw new TypeError(`A query parameter is of type ${typeof value}, which SQLite does not store.`)
  })

/** Statements kept prepared: the server asks the same few all the time, and preparing costs more than running. */
const mostPrepared = 200

function shim(sqlite: DatabaseSync) {
  const prepared = new Map<string, ReturnType<typeof prepare>>()
  function prepare(query: string) {
    const statement = sqlite.prepare(query)
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => statement.all(...positional(values)),
      run: (values: readonly unknown[]) => statement.run(...positional(values)),
      // Two iterations of one statement would disturb each other.
      iterate: (values: readonly unknown[]) => sqlite.prepare(query).iterate(...positional(values)) as IterableIterator<unknown>,
    }
  }
  return {
    close: () => sqlite.close(),
    prepare: (query: string) => {
      const known = prepared.get(query) ?? prepare(query)
      // The least recently used goes first; what changes tables changes what a statement means, and is never kept.
      prepared.delete(query)
      if (/^\s*(create|alter|drop|pragma)/i.test(query)) prepared.clear()
      else prepared.set(query, known)
      if (prepared.size > mostPrepared) prepared.delete(prepared.keys().next().value ?? '')
      return known
    },
  }
}

export const databaseFile = (dataDir: string) => join(dataDir, 'missions.db')

const busyForMs = 5_000

/**
 * Another connection may write for a while. Waiting inside SQLite would hold up everything else that the process does. Transactions are
 * to write, and wait at their beginning: one that read first would fail where somebody else wrote since.
 */
async function patient(connection: DatabaseConnection) {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async (query, ...rest) => {
    const asked = query.sql === 'begin' ? { ...query, sql: 'begin immediate' } : query
    for (const until = performance.now() + busyForMs; ;) {
      try {
        return await execute(asked, ...rest)
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
        await pause(3)
      }
    }
  }
}

/** Milliseconds that may be asked and answered in one turn of the event loop. */
const longestTurnMs = 0.25
/** So many turns in a row are left to edits: what follows them comes to an end, too. */
const mostTurnsLeft = 8

/**
 * SQLite answers at once, and a promise that is kept already lets nobody else in: who asks one thing after the other would hold up
 * the edits of everybody. A transaction is not interrupted: what it has locked, they need.
 */
async function considerate(connection: DatabaseConnection, editsWait: () => boolean) {
  const execute = connection.executeQuery.bind(connection)
  let turnBegan: number | null = null
  let inTransaction = false
  const isOver = () => turnBegan !== null && performance.now() - turnBegan > longestTurnMs
  connection.executeQuery = async (query, ...rest) => {
    for (let left = 0; !inTransaction && (isOver() || (editsWait() && left < mostTurnsLeft)); left += 1) await nextTurn()
    if (turnBegan === null) {
      turnBegan = performance.now()
      setImmediate(() => (turnBegan = null))
    }
    if (/^\s*begin/i.test(query.sql)) inTransaction = true
    try {
      return await execute(query, ...rest)
    } finally {
      if (/^\s*(commit|rollback)/i.test(query.sql)) inTransaction = false
    }
  }
}

/**
 * `wal_autocheckpoint`: checkpoints are made beside the event loop (`store-thread.ts`); this one is for when that cannot be, and so
 * late that it hardly ever comes, in pages.
 */
const connect = (file: string, durability: Durability, timeout: number) => {
  const sqlite = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout })
  sqlite.exec(`pragma journal_mode = wal; pragma synchronous = ${durability === 'power' ? 'full' : 'normal'}; pragma temp_store = memory; pragma wal_autocheckpoint = 16384`)
  return sqlite
}

/**
 * So long files that were found in their place are taken to be there: who deletes them loses what was written before, and looking
 * takes a fifth of the time of a commit.
 */
const checkedForMs = 100

/** The files by which a database is known on its disk. */
function identity(file: string): string {
  return ['', '-wal'].map((suffix) => statSync(file + suffix, { throwIfNoEntry: false })?.ino ?? 'none').join(' ')
}

/**
 * Opens the database of a data folder and migrates it, each migration in a transaction of its own.
 * An existing file that needs a migration is first copied to `missions.db.before-<migration>`.
 * Throws a UserError where the file was written by a newer program.
 */
export async function openStore(dataDir: string, durability: Durability): Promise<Store> {
  const file = databaseFile(dataDir)
  const existed = existsSync(file)
  // The first statement of a new or recovered file waits for whoever else opens it; later ones do not.
  const sqlite = connect(file, durability, busyForMs)
  sqlite.exec('pragma busy_timeout = 0')
  const db: Database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: shim(sqlite), onCreateConnection: patient }) })
  try {
    await migrate(db, sqlite, existed ? file : null)
  } catch (error) {
    await db.destroy()
    throw error
  }
  const logConnection = connect(file, durability, 0)
  // Commands do without it.
  let behind: Database | null = null
  const opened = identity(file)
  let checked = -checkedForMs
  return {
    db, sqlite, logConnection,
    behind(editsWait) {
      return behind ??= new Kysely<Tables>({ dialect: new SqliteDialect({
        database: shim(connect(file, durability, 0)), onCreateConnection: (connection) => patient(connection).then(() => considerate(connection, editsWait)),
      }) })
    },
    checkFiles() {
      if (performance.now() - checked < checkedForMs) return
      if (identity(file) !== opened) throw new StoreGone(`The database ${file} is not the file that was opened: it was deleted, moved or replaced. Put it back, or start the server again.`)
      checked = performance.now()
    },
    async close() {
      if (logConnection.isOpen) logConnection.close()
      await behind?.destroy()
      await db.destroy()
    },
  }
}

async function migrate(db: Database, sqlite: DatabaseSync, existing: string | null) {
  const applied = sqlite.prepare(`select name from sqlite_master where name = 'kysely_migration'`).get()
    ? sqlite.prepare('select name from kysely_migration').all().map((row) => String(row.name))
    : []
  const unknown = applied.filter((name) => !(name in migrations))
  if (unknown.length > 0) {
    throw new UserError(`The database was written by a newer version of Missions (it knows ${unknown.join(', ')}). Start that version, or restore a backup made with this one.`)
  }
  const pending = Object.keys(migrations).filter((name) => !applied.includes(name))
  if (pending.length === 0) return
  if (existing) copyBefore(sqlite, `${existing}.before-${pending[0]}`)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** A start that was interrupted may have left a copy, whole or half: it must not be in the way of the next one. */
function copyBefore(sqlite: DatabaseSync, copy: string) {
  const unfinished = `${copy}.unfinished`
  rmSync(unfinished, { force: true })
  sqlite.prepare('vacuum into ?').run(unfinished)
  renameSync(unfinished, copy)
}
