import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission, renameMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { databaseFile } from '../../server/store/database.ts'
import { replayStored, storedDocuments } from '../../server/admin/stored-document.ts'
import { admin } from '../support/admin.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { removeFolder, startServer, temporaryFolder } from '../support/server.ts'

type Examination = { ok: boolean; problems: unknown[] }

let here: Harbour
let folder: string
let member: Somebody
const missions = Array.from({ length: 6 }, (_, n) => `backed-up-${n}` as MissionId)
const archive = () => join(folder, 'backup.tar')

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  folder = temporaryFolder('live-backup')
  member = await here.token('member')
  const board = here.connect(member, here.board)
  await board.synced()
  for (const id of missions) createMission(board.document, { id, title: `Title of ${id}` }, member.id, 1)
  await board.acknowledged()
  for (const id of missions) await here.api(member, 'POST', `/missions/${id}/files?name=data.bin`, randomBytes(300_000))
})
afterAll(async () => {
  await here.end()
  removeFolder(folder)
})

/** Writes into the board and every mission until told to end; knows at any time what was acknowledged. */
async function busy() {
  const documents = await Promise.all(missions.map(async (id) => {
    const client = here.connect(member, missionDocument(id))
    await client.synced()
    return client
  }))
  const board = here.connect(member, here.board)
  await board.synced()
  let [written, acknowledged, going] = [0, 0, true]
  const done = (async () => {
    while (going) {
      written += 1
      for (const { document } of documents) addComment(document, { id: `c${written}` as CommentId, by: member.id, body: `Comment ${written}` }, written)
      renameMission(board.document, missions[0]!, `Title ${written}`)
      await Promise.all([...documents, board].map((client) => client.acknowledged()))
      acknowledged = written
    }
  })()
  return {
    acknowledged: () => acknowledged,
    async end() {
      going = false
      await done
    },
  }
}

/** The files of a folder, by their path, as a hash of what they hold. */
function filesOf(dataDir: string): Record<string, string> {
  const files = join(dataDir, 'files')
  return Object.fromEntries(readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => [entry.name, createHash('sha256').update(readFileSync(join(entry.parentPath, entry.name))).digest('hex')]).sort())
}

const states = (dataDir: string) => {
  const sqlite = new DatabaseSync(databaseFile(dataDir), { readOnly: true })
  const all = Object.fromEntries(storedDocuments(sqlite).map((name) => [name, Buffer.from(Y.encodeStateAsUpdate(replayStored(sqlite, name))).toString('base64')]))
  sqlite.close()
  return all
}

test('a backup of a server that is written to has all that was acknowledged before, as of one moment, and its files', async () => {
  const writing = await busy()
  for (let round = 0; round < 2; round++) {
    const to = join(folder, `busy-${round}.tar`)
    const target = join(folder, `busy-${round}`)
    const before = writing.acknowledged()
    await admin(here.server.dataDir, 'backup', '--to', to)
    const after = writing.acknowledged() + 1
    await admin(target, 'restore', '--from', to)
    expect(await admin<Examination>(target, 'doctor')).toMatchObject({ ok: true, problems: [] })
    expect(filesOf(target)).toEqual(filesOf(here.server.dataDir))
    const sqlite = new DatabaseSync(databaseFile(target), { readOnly: true })
    for (const id of missions) {
      const comments = [...commentsOf(replayStored(sqlite, missionDocument(id))).keys()].map((key) => Number(key.slice(1))).sort((a, b) => a - b)
      expect(comments).toEqual(comments.map((_, n) => n + 1))
      expect(comments.length).toBeGreaterThanOrEqual(before)
      expect(comments.length).toBeLessThanOrEqual(after)
    }
    sqlite.close()
  }
  await writing.end()
  expect(writing.acknowledged()).toBeGreaterThan(10)
}, 120_000)

test('a restored board is the same board: every document byte for byte, every file, for everybody who had access', async () => {
  // What the server states of itself, such as counts of comments, follows a moment later.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await admin(here.server.dataDir, 'backup', '--to', archive())
  const target = join(folder, 'restored')
  await admin(target, 'restore', '--from', archive())
  expect(states(target)).toEqual(states(here.server.dataDir))
  expect(filesOf(target)).toEqual(filesOf(here.server.dataDir))
  expect(await admin<Examination>(target, 'doctor')).toMatchObject({ ok: true, problems: [] })

  const server = await startServer({ dataDir: target, env: { WORKER: 'off' } })
  const board = async (url: string, headers: Record<string, string>) => (await fetch(`${url}/api/v1/workspaces/${here.workspaceId}/board`, { headers })).json()
  for (const headers of [{ authorization: `Bearer ${member.token}` }, { cookie: here.owner.cookie! }] as Record<string, string>[]) {
    expect(await board(server.url, headers)).toEqual(await board(here.server.url, headers))
  }
  await server.stop()
  expect(await admin<Examination>(target, 'doctor')).toMatchObject({ ok: true, problems: [] })
})

test('the doctor and rebuild find nothing to do beside a server that is written to', async () => {
  const writing = await busy()
  for (let round = 0; round < 2; round++) {
    expect(await admin<Examination>(here.server.dataDir, 'doctor')).toMatchObject({ ok: true, problems: [] })
    expect(await admin(here.server.dataDir, 'rebuild')).toMatchObject({ rebuilt: { owners: 0, covered: 0 }, failed: [] })
  }
  await writing.end()
  expect(await admin<Examination>(here.server.dataDir, 'doctor')).toMatchObject({ ok: true, problems: [] })
}, 120_000)
