import { renameSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { databaseFile, openStore } from './database.ts'
import { StoreGone } from './sqlite-error.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import { NotStored } from './update-log.ts'
import { updateLogContract } from './update-log.contract.ts'

/** The connection with its `exec` watched: it is where transactions begin and end. */
function watched(sqlite: DatabaseSync) {
  let commits = 0
  let broken = 0
  const exec = sqlite.exec.bind(sqlite)
  sqlite.exec = (statement) => {
    if (statement === 'commit') {
      if (broken > 0) {
        broken--
        throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
      }
      commits++
    }
    exec(statement)
  }
  return { commits: () => commits, breakCommits: (count: number) => { broken = count } }
}

updateLogContract(async () => {
  const dataDir = temporaryFolder('update-log')
  const { sqlite, logConnection, close } = await openStore(dataDir, 'process')
  const others: DatabaseSync[] = []
  return {
    log: sqliteUpdateLog(logConnection),
    ...watched(logConnection),
    damage: (doc, what) => void sqlite.prepare(`update ${what}s set data = cast(x'ff' || substr(data, 2) as blob) where doc = ?`).run(doc),
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

async function opened() {
  const dataDir = temporaryFolder('update-log')
  const store = await openStore(dataDir, 'process')
  return { dataDir, ...store, end: () => store.close().then(() => removeFolder(dataDir)) }
}
const one = { doc: 'a', data: Uint8Array.of(1), actor: 'ann', at: 0, claims: [] }
const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('updates that come while the query builder has a transaction wait for its end, and do not go under with it', async () => {
  const { db, logConnection, end } = await opened()
  const log = sqliteUpdateLog(logConnection)
  const rolledBack = db.transaction().execute(async (inside) => {
    await inside.insertInto('sign_in_failures').values({ key: 'x', at: 1 }).execute()
    // Longer than a turn, and with appends meanwhile.
    await turns(20)
    throw new Error('not today')
  })
  const appends = Promise.all([1, 2, 3].map(async (byte) => {
    await turns(byte * 4)
    await log.append({ ...one, data: Uint8Array.of(byte), claims: [byte], atOnce: byte === 2 })
  }))
  await expect(rolledBack).rejects.toThrow('not today')
  await appends
  expect((await log.load('a'))?.updates).toHaveLength(3)
  expect((await log.owners('a')).size).toBe(3)
  expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([])
  await end()
})

test('while another process writes, the event loop goes on, and so do both connections afterwards', async () => {
  const { dataDir, db, logConnection, end } = await opened()
  const log = sqliteUpdateLog(logConnection)
  const other = new DatabaseSync(databaseFile(dataDir))
  other.exec('begin immediate')
  let longest = 0
  let last = performance.now()
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  const work = Promise.all([log.append(one), db.insertInto('sign_in_failures').values({ key: 'x', at: 1 }).execute()])
  await turns(400)
  clearInterval(beat)
  other.exec('rollback')
  other.close()
  await work
  // A wait inside SQLite would have held up every one of these turns.
  expect(longest).toBeLessThan(300)
  await end()
})

test('[GATE10] a database that is deleted or replaced under the server is not written any more 100 ms later, and written again when it is back', async () => {
  const { dataDir, logConnection, checkFiles, end } = await opened()
  const file = databaseFile(dataDir)
  const told: (string | null)[] = []
  const log = sqliteUpdateLog(logConnection, { check: checkFiles, onHealth: (failure) => void told.push(failure?.message ?? null) })
  await log.append(one)
  for (const [hide, bring] of [
    [() => renameSync(file, `${file}.away`), () => renameSync(`${file}.away`, file)],
    [() => { renameSync(file, `${file}.away`); writeFileSync(file, 'another') }, () => renameSync(`${file}.away`, file)],
  ] as const) {
    told.length = 0
    hide()
    await pause(100)
    let stored = false
    const append = log.append(one).then(() => { stored = true })
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([expect.stringContaining('deleted, moved or replaced')])
    expect(stored).toBe(false)
    bring()
    await append
    expect(told.at(-1)).toBeNull()
  }
  await end()
})

test('only so much waits for a store that fails; the server’s own edits always do', async () => {
  const { logConnection, end } = await opened()
  let fails = true
  const log = sqliteUpdateLog(logConnection, { mostWaitingBytes: 10, check: () => { if (fails) throw new StoreGone('away') } })
  const first = log.append({ ...one, data: new Uint8Array(8) })
  await expect(log.append({ ...one, data: new Uint8Array(8) })).rejects.toThrow(NotStored)
  const own = log.append({ ...one, data: new Uint8Array(8), atOnce: true })
  fails = false
  await Promise.all([first, own])
  await end()
})
