import { existsSync, readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { nextTurn } from '../next-turn.ts'
import { UserError } from '../user-error.ts'
import { databaseFile, openStore } from './database.ts'
import { migrations } from './migrations.ts'

let dataDir: string
beforeEach(() => { dataDir = temporaryFolder('database') })
afterEach(() => removeFolder(dataDir))

const last = Object.keys(migrations).at(-1)!
const backups = () => readdirSync(dataDir).filter((name) => name.includes('.before-'))

/** A database as an older version left it: with what it wrote, and without the newest migration. */
function leftByOlderVersion(write: (sqlite: DatabaseSync) => void) {
  const sqlite = new DatabaseSync(databaseFile(dataDir))
  write(sqlite)
  sqlite.close()
}

test('a new database is migrated, and nothing is backed up that was never there', async () => {
  const { db, close } = await openStore(dataDir, 'process')
  expect(await db.selectFrom('workspaces').selectAll().execute()).toEqual([])
  await close()
  expect(backups()).toEqual([])
})

test('a second start changes nothing', async () => {
  await (await openStore(dataDir, 'process')).close()
  const store = await openStore(dataDir, 'power')
  await store.db.insertInto('workspaces').values({ id: 'w' as WorkspaceId, name: 'Harbour', created_at: 1 }).execute()
  await store.close()
  const again = await openStore(dataDir, 'process')
  expect(await again.db.selectFrom('workspaces').select('name').execute()).toEqual([{ name: 'Harbour' }])
  await again.close()
  expect(backups()).toEqual([])
})

test('a database that needs a migration is copied before, whole', async () => {
  leftByOlderVersion((sqlite) => sqlite.exec(`create table from_before (text); insert into from_before values ('from before')`))
  const { close } = await openStore(dataDir, 'process')
  await close()
  expect(backups()).toEqual([`missions.db.before-${Object.keys(migrations)[0]}`])
  const backup = new DatabaseSync(`${dataDir}/${backups()[0]}`, { readOnly: true })
  expect(backup.prepare('select text from from_before').get()).toMatchObject({ text: 'from before' })
  expect(backup.prepare(`select name from sqlite_master where name = 'workspaces'`).get()).toBeUndefined()
  backup.close()
})

test('a start that ended between the copy and the migration is made good by the next one', async () => {
  leftByOlderVersion((sqlite) => sqlite.exec('create table from_before (text)'))
  leftByOlderVersion((sqlite) => sqlite.exec(`vacuum into '${databaseFile(dataDir)}.before-${Object.keys(migrations)[0]}'`))
  const { db, close } = await openStore(dataDir, 'process')
  expect(await db.selectFrom('workspaces').selectAll().execute()).toEqual([])
  await close()
})

test('a migration that fails leaves the database as it was, and says so', async () => {
  leftByOlderVersion((sqlite) => sqlite.exec('create table users (id)'))
  await expect(openStore(dataDir, 'process')).rejects.toThrow(/users already exists/)
  const sqlite = new DatabaseSync(databaseFile(dataDir), { readOnly: true })
  expect(sqlite.prepare(`select count(*) as n from sqlite_master where name = 'workspaces'`).get()).toMatchObject({ n: 0 })
  sqlite.close()
})

test('a database that a newer version wrote is refused, in words, and not touched', async () => {
  await (await openStore(dataDir, 'process')).close()
  leftByOlderVersion((sqlite) => sqlite.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999_from_the_future', ''))
  const refusal = openStore(dataDir, 'process')
  await expect(refusal).rejects.toThrow(UserError)
  await expect(refusal).rejects.toThrow(/newer version of Missions \(it knows 9999_from_the_future\).*restore a backup/)
  expect(backups()).toEqual([])
  expect(existsSync(databaseFile(dataDir))).toBe(true)
  expect(last < '9999').toBe(true)
})

test('a transaction that reads before it writes waits for another process that writes, and reads what that one wrote', async () => {
  const { db, close } = await openStore(dataDir, 'process')
  const other = new DatabaseSync(databaseFile(dataDir), { timeout: 0 })
  other.exec(`begin immediate; insert into workspaces (id, name, created_at) values ('one', 'One', 1)`)
  const read = db.transaction().execute(async (transaction) => {
    const before = await transaction.selectFrom('workspaces').select('name').execute()
    await transaction.insertInto('workspaces').values({ id: 'two' as WorkspaceId, name: 'Two', created_at: 2 }).execute()
    return before
  })
  await nextTurn()
  other.exec('commit')
  expect(await read).toEqual([{ name: 'One' }])
  other.close()
  await close()
})

test('whatever follows edits lets those first that wait to be stored, and has its turn all the same', async () => {
  const { behind, close } = await openStore(dataDir, 'process')
  let waiting = true
  const db = behind(() => waiting)
  const read = () => db.selectFrom('workspaces').selectAll().execute()
  await read()
  let answered = false
  const asked = read().then(() => { answered = true })
  await nextTurn()
  expect(answered).toBe(false)
  waiting = false
  await asked
  await close()
})
