import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { nextTurn } from '../next-turn.ts'
import { databaseFile, openStore } from './database.ts'
import { applyStored } from './replay.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import { storeThread } from './store-thread.ts'

test('a document is compacted beside the event loop, while edits of it go on, and says the same afterwards', async () => {
  const dataDir = temporaryFolder('store-thread')
  const { logConnection, close } = await openStore(dataDir, 'process')
  const log = sqliteUpdateLog(logConnection)
  const thread = storeThread(databaseFile(dataDir))
  const doc = new Y.Doc()
  const stored: Promise<void>[] = []
  doc.on('update', (data: Uint8Array) => stored.push(log.append({ doc: 'd', data, actor: 'ann', at: 0, claims: [doc.clientID] })))
  for (let n = 0; n < 300; n++) {
    doc.getText('text').insert(0, `${n} `.repeat(100))
    if (n % 100 === 50) stored.push(thread.do({ kind: 'compact', doc: 'd', at: n }), thread.do({ kind: 'checkpoint' }))
    if (n % 10 === 0) await nextTurn()
  }
  await Promise.all(stored)
  await thread.do({ kind: 'compact', doc: 'd', at: 999 })
  expect(await log.size('d')).toMatchObject({ rows: 0, snapshotBytes: expect.any(Number) })
  const copy = new Y.Doc()
  expect(applyStored(copy, (await log.load('d'))!)).toBe(0)
  expect(copy.getText('text').toString()).toBe(doc.getText('text').toString())
  await thread.do({ kind: 'compact', doc: 'nothing', at: 0 })
  await thread.close()
  await close()
  removeFolder(dataDir)
})

test('a chore that fails is told, and the next one is done', async () => {
  const dataDir = temporaryFolder('store-thread')
  const { logConnection, close } = await openStore(dataDir, 'process')
  const log = sqliteUpdateLog(logConnection)
  const thread = storeThread(databaseFile(dataDir))
  await log.append({ doc: 'd', data: Uint8Array.of(0, 0), actor: 'ann', at: 0, claims: [] })
  logConnection.exec(`update updates set crc = 1`)
  await expect(thread.do({ kind: 'compact', doc: 'd', at: 0 })).rejects.toThrow('damaged on the disk')
  await thread.do({ kind: 'checkpoint' })
  await thread.close()
  await close()
  removeFolder(dataDir)
})
