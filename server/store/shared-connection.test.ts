import { expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { openStore } from './database.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'

test('the update log and transactions of the query builder write to one database without meeting, at whatever moment they start', async () => {
  const dataDir = temporaryFolder('shared-connection')
  const { db, logConnection, close } = await openStore(dataDir, 'process')
  const log = sqliteUpdateLog(logConnection)
  const microtasks = async (count: number) => { for (let n = 0; n < count; n++) await null }
  const transaction = () => db.transaction().execute(async (inside) => {
    for (let at = 0; at < 5; at++) await inside.insertInto('sign_in_failures').values({ key: 'x', at }).execute()
  })
  const rounds = 17 * 23
  for (let round = 0; round < rounds; round++) {
    await Promise.all([
      log.append({ doc: 'd', data: Uint8Array.of(1), actor: 'a', at: 0, claims: [] }),
      microtasks(round % 17).then(() => log.load('d')),
      microtasks(round % 23).then(() => log.compact('d', 1, Uint8Array.of(0), 0)),
      transaction(),
      transaction(),
    ])
  }
  expect((await log.load('d'))?.lastSeq).toBe(rounds)
  expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toHaveLength(rounds * 10)
  await close()
  removeFolder(dataDir)
})
