import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { databaseFile, openStore } from './database.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import { updateLogContract } from './update-log.contract.ts'

/** The connection with its `exec` watched: it is where transactions begin and end. */
function watched(sqlite: DatabaseSync) {
  let commits = 0
  let broken = false
  const exec = sqlite.exec.bind(sqlite)
  sqlite.exec = (statement) => {
    if (statement === 'commit') {
      if (broken) {
        broken = false
        throw new Error('disk I/O error')
      }
      commits++
    }
    exec(statement)
  }
  return { commits: () => commits, breakNextCommit: () => { broken = true } }
}

updateLogContract(async () => {
  const dataDir = temporaryFolder('update-log')
  const { sqlite, close } = await openStore(dataDir, 'process')
  const others: DatabaseSync[] = []
  return {
    log: sqliteUpdateLog(sqlite),
    ...watched(sqlite),
    async again() {
      const other = new DatabaseSync(databaseFile(dataDir), { readOnly: true })
      others.push(other)
      return sqliteUpdateLog(other)
    },
    async close() {
      for (const other of others) other.close()
      await close()
      removeFolder(dataDir)
    },
  }
})

test('updates that come while the query builder has a transaction wait for its end, and do not go under with it', async () => {
  const dataDir = temporaryFolder('update-log')
  const { db, sqlite, close } = await openStore(dataDir, 'process')
  const log = sqliteUpdateLog(sqlite)
  const rolledBack = db.transaction().execute(async (inside) => {
    await inside.insertInto('sign_in_failures').values({ key: 'x', at: 1 }).execute()
    // Longer than a turn, and with appends meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 20))
    throw new Error('not today')
  })
  const appends = Promise.all([1, 2, 3].map(async (byte) => {
    await new Promise((resolve) => setTimeout(resolve, byte * 4))
    await log.append({ doc: 'a', data: Uint8Array.of(byte), actor: 'ann', at: 0, claims: [byte], atOnce: byte === 2 })
  }))
  await expect(rolledBack).rejects.toThrow('not today')
  await appends
  expect((await log.load('a'))?.updates).toHaveLength(3)
  expect((await log.owners('a')).size).toBe(3)
  expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([])
  await close()
  removeFolder(dataDir)
})
