import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { renameMission } from '#lib/board/edits.ts'
import { projectsOf } from '#lib/board/board-document.ts'
import type { CommentId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { addVersion, filledFolder, loggedDocument, type FilledFolder } from '../../tests/support/data-folder.ts'
import { succeeded } from '../../tests/support/auth.ts'
import { databaseFile } from '../store/database.ts'
import { checksum } from '../store/checksum.ts'
import { checkDocument } from './check-document.ts'
import { examine } from './doctor.ts'
import { blobFile, blobPath } from './manifest.ts'
import { rebuild } from './rebuild.ts'
import { replayStored } from './stored-document.ts'

let here: FilledFolder
beforeEach(async () => { here = await filledFolder() })
afterEach(() => here.end())

const problems = async () => (await examine(here.dataDir)).problems
const byRebuild = { check: 'projection', repair: 'Run "npm run admin -- rebuild".' }

test('a healthy folder has no problems, and the examination changes nothing', async () => {
  const fingerprint = () => createHash('sha256').update(readFileSync(databaseFile(here.dataDir))).digest('hex')
  const before = fingerprint()
  expect(await examine(here.dataDir)).toEqual({ checked: { documents: 2, files: 2, missions: 10 }, problems: [] })
  expect(fingerprint()).toBe(before)
})

test('a lost, a cut and a damaged file are named, with the place where a backup has them', async () => {
  rmSync(blobFile(here.dataDir, here.hash))
  expect(await problems()).toEqual([{
    check: 'file', subject: here.fileId,
    message: `Version 1 of the file "file0.csv" is missing: ${blobPath(here.hash)}.`,
    repair: `Copy ${blobPath(here.hash)} out of a backup, which is a tar archive, into the data folder.`,
  }])
  writeFileSync(blobFile(here.dataDir, here.hash), 'short')
  expect(await problems()).toMatchObject([{ message: expect.stringContaining('has 5 bytes instead of 100000') }])
  writeFileSync(blobFile(here.dataDir, here.hash), 'x'.repeat(100_000))
  expect(await problems()).toMatchObject([{ message: expect.stringContaining('is damaged: its bytes are not those that were stored') }])
})

test('a file that was deleted is not missed', async () => {
  rmSync(blobFile(here.dataDir, here.hash))
  await here.store.db.updateTable('files').set({ deleted_at: 1 }).where('id', '=', here.fileId).execute()
  expect((await problems()).filter(({ check }) => check === 'file')).toEqual([])
})

test('a version of a text that cannot be put back is named', async () => {
  await addVersion(here, here.workspaceId, here.missions[0]!, 'Words kept')
  expect(await problems()).toEqual([])
  for (const damage of [`content = x'00'`, `hash = 'another'`]) {
    here.store.sqlite.exec(`update text_versions set ${damage}`)
    expect(await problems()).toMatchObject([{ check: 'version', subject: missionDocument(here.missions[0]!), message: expect.stringContaining('Version 1 of its text is damaged') }])
  }
})

test('a file without a version is found, and a damaged text, which a rebuild forgets', async () => {
  const { db } = here.store
  await db.deleteFrom('file_versions').where('file_id', '=', here.fileId).execute()
  const found = async () => (await problems()).filter(({ check }) => check === 'file')
  expect(await found()).toMatchObject([{ check: 'file', subject: here.fileId, message: 'The file "file0.csv" has no version at all.' }])
  await db.deleteFrom('files').where('id', '=', here.fileId).execute()
  await db.insertInto('file_texts').values({ hash: here.hash, name: 'file0.csv', type: 'text/csv', status: 'ready', reason: '', engine: 1, attempts: 1, content: Uint8Array.of(1, 2, 3), created_at: 0 }).execute()
  expect(await found()).toMatchObject([{ check: 'file', subject: here.hash, message: 'The text that was read of "file0.csv" is damaged; the file itself is not.' }])
  expect(await rebuild(here.store)).toMatchObject({ texts: 1 })
  expect(await found()).toEqual([])
})

test('an update of before there were checksums that cannot be read is found', async () => {
  const name = missionDocument(here.missions[0]!)
  await here.store.db.updateTable('updates').set({ data: Uint8Array.of(1, 255, 255, 255), crc: null }).where('doc', '=', name).where('seq', '=', 2).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: expect.stringContaining('cannot be read') }])
})

test('a gap in a log is found', async () => {
  const name = missionDocument(here.missions[0]!)
  await here.store.db.deleteFrom('updates').where('doc', '=', name).where('seq', '=', 2).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: 'Updates are missing: after 1 comes 3.' }])
})

test('a gap is found where the numbers do not tell of it', async () => {
  const name = missionDocument(here.missions[0]!)
  const { db } = here.store
  await db.deleteFrom('updates').where('doc', '=', name).where('seq', '=', 2).execute()
  for (const seq of [3, 4, 5]) await db.updateTable('updates').set({ seq: seq - 1 }).where('doc', '=', name).where('seq', '=', seq).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: expect.stringContaining('Updates are missing between') }])
})

test('a gap between a snapshot and the log is found', async () => {
  const name = boardDocument(here.workspaceId)
  await here.store.db.deleteFrom('updates').where('doc', '=', name).where('seq', '=', 7).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: 'Updates are missing: after 6 comes 8.' }])
})

test.each(['updates', 'snapshots'] as const)('every single bit that is flipped in %s is found', async (table) => {
  const { sqlite } = here.store
  const name = boardDocument(here.workspaceId)
  const { data } = sqlite.prepare(`select data from ${table} where doc = ? limit 1`).get(name) as { data: Uint8Array }
  const set = sqlite.prepare(`update ${table} set data = ? where doc = ?${table === 'updates' ? ' and seq = 7' : ''}`)
  for (let bit = 0; bit < data.length * 8; bit += table === 'updates' ? 1 : 97) {
    const flipped = data.slice()
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    set.run(flipped, name)
    const { doc, problems: found } = checkDocument(sqlite, name)
    expect(doc, `bit ${bit}`).toBe(null)
    expect(found, `bit ${bit}`).toEqual([{
      check: 'document', subject: name, message: `${table === 'updates' ? 'Update 7' : 'The snapshot'} is damaged: its bytes are not those that were written.`,
      repair: 'Restore a backup into an empty folder and start from there. Until then nobody can open the document.',
    }])
  }
})

test('an update that came broken, and is stored as it came, is told as that', async () => {
  const name = missionDocument(here.missions[0]!)
  const data = Uint8Array.of(1, 1, 5, 0, 255, 255)
  here.store.sqlite.prepare(`insert into updates (doc, seq, data, actor, at, crc) values (?, 6, ?, 'x', 0, ?)`).run(name, data, checksum(data))
  expect(await problems()).toMatchObject([{ message: expect.stringMatching(/^Update 6 can be applied in part only: .* It is stored as it came\.$/), repair: 'Nothing is lost by it, and the next compaction removes it.' }])
})

describe('what an interrupted version may have left', () => {
  test('updates beside the snapshot that covers them are found, and rebuild removes them', async () => {
    const name = missionDocument(here.missions[0]!)
    const { sqlite, db } = here.store
    const state = Y.encodeStateAsUpdate(replayStored(sqlite, name))
    sqlite.prepare('insert into snapshots (doc, upto_seq, data, at, crc) values (?, 3, ?, 0, ?)').run(name, state, checksum(state))
    expect(await problems()).toEqual([{
      check: 'document', subject: name, message: '3 updates are stored beside the snapshot that covers them, up to 3.', repair: 'Run "npm run admin -- rebuild".',
    }])
    expect(await rebuild(here.store)).toMatchObject({ covered: 3, failed: [] })
    expect(await problems()).toEqual([])
    expect(await db.selectFrom('updates').select('seq').where('doc', '=', name).execute()).toEqual([{ seq: 4 }, { seq: 5 }])
    expect(Y.encodeStateAsUpdate(replayStored(sqlite, name))).toEqual(state)
  })

  test('one that tells of something which the snapshot lacks stays', async () => {
    const name = missionDocument(here.missions[0]!)
    const { sqlite } = here.store
    const whole = Y.encodeStateAsUpdate(replayStored(sqlite, name))
    const empty = Y.encodeStateAsUpdate(new Y.Doc())
    sqlite.prepare('insert into snapshots (doc, upto_seq, data, at, crc) values (?, 3, ?, 0, ?)').run(name, empty, checksum(empty))
    expect(await rebuild(here.store)).toMatchObject({ covered: 0, failed: [] })
    expect(Y.encodeStateAsUpdate(replayStored(sqlite, name))).toEqual(whole)
  })
})

describe('an owner of a client id that is missing', () => {
  const ownersOf = (name: string) => here.store.db.selectFrom('client_ids').select(['client', 'actor']).where('doc', '=', name).orderBy('client').execute()

  test('is found, and rebuild takes it from the log', async () => {
    const name = missionDocument(here.missions[0]!)
    await loggedDocument(here.store, name, (doc) => addComment(doc, { id: 'another' as CommentId, by: here.userId, body: 'By another client' }, 9))
    await here.store.db.updateTable('updates').set({ actor: here.userId }).where('doc', '=', name).where('seq', '=', 6).execute()
    const before = await ownersOf(name)
    await here.store.db.deleteFrom('client_ids').where('doc', '=', name).execute()
    expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: expect.stringMatching(/^Nobody owns what was written by the clients \d+, \d+\.$/) }])
    expect(await rebuild(here.store)).toMatchObject({ owners: 2, failed: [] })
    expect(await problems()).toEqual([])
    const after = await ownersOf(name)
    expect(after.map(({ client }) => client)).toEqual(before.map(({ client }) => client))
    expect(after.map(({ actor }) => actor).sort()).toEqual([here.userId, 'test'].sort())
  })

  test('stays missing where only the snapshot has what was written', async () => {
    const name = boardDocument(here.workspaceId)
    const before = await ownersOf(name)
    await here.store.db.deleteFrom('client_ids').where('doc', '=', name).execute()
    expect(await rebuild(here.store)).toMatchObject({ owners: 1, failed: [] })
    expect(await problems()).toMatchObject([{ subject: name, message: expect.stringMatching(/^Nobody owns what was written by the client \d+\.$/), repair: expect.stringContaining('only a backup knows') }])
    expect(before).toHaveLength(2)
  })
})

describe('the workspace of a document', () => {
  const name = () => missionDocument(here.missions[0]!)
  const enter = (doc: string, workspace: string) => here.store.db.insertInto('documents').values({ doc, workspace_id: workspace as WorkspaceId }).execute()

  test('is noted by rebuild where nothing notes it yet, which is no problem', async () => {
    expect(await problems()).toEqual([])
    expect(await rebuild(here.store)).toMatchObject({ entries: 2 })
    expect(await rebuild(here.store)).toMatchObject({ entries: 0 })
    expect(await here.store.db.selectFrom('documents').selectAll().orderBy('doc').execute()).toEqual([
      // A project's brief is noted with its row, whether there is anything in it or not.
      { doc: boardDocument(here.workspaceId), workspace_id: here.workspaceId }, { doc: 'doc/project0', workspace_id: here.workspaceId }, { doc: name(), workspace_id: here.workspaceId },
    ])
  })

  test('is taken from files and runs for a mission that is gone', async () => {
    await loggedDocument(here.store, boardDocument(here.workspaceId), (board) => board.getMap('missions').delete(here.missions[0]!))
    await here.store.db.deleteFrom('missions').where('id', '=', here.missions[0]!).execute()
    expect(await problems()).toMatchObject([{ subject: name(), repair: 'Run "npm run admin -- rebuild".' }])
    await rebuild(here.store)
    expect(await problems()).toEqual([])
  })

  test('is missed where nothing tells of it', async () => {
    await loggedDocument(here.store, 'mission/stray', (doc) => addComment(doc, { id: 'c' as CommentId, by: here.userId, body: 'x' }, 1))
    expect(await problems()).toMatchObject([{ check: 'document', subject: 'mission/stray', message: 'It belongs to no workspace, so nobody can open it.' }])
  })

  test('is the first one, whatever uses its id later', async () => {
    await enter(name(), 'elsewhere')
    expect(await problems()).toMatchObject([{ subject: name(), message: expect.stringContaining('belongs to the workspace elsewhere, but') }])
  })

  test('may be purged', async () => {
    await loggedDocument(here.store, 'mission/stray', (doc) => addComment(doc, { id: 'c' as CommentId, by: here.userId, body: 'x' }, 1))
    await enter('mission/stray', 'purged')
    expect(await problems()).toMatchObject([{ subject: 'mission/stray', message: 'It belongs to the workspace purged, which was purged.' }])
  })
})

describe('what a card tells', () => {
  test('of files and runs is compared with those', async () => {
    const { db } = here.store
    await db.deleteFrom('file_versions').where('file_id', '=', here.fileId).execute()
    await db.deleteFrom('files').where('id', '=', here.fileId).execute()
    await db.insertInto('runs').values({
      id: 'run0' as RunId, workspace_id: here.workspaceId, mission_id: here.missions[3]!, staff_id: here.userId, state: 'succeeded', attempt: 1, requested_by: null, note: '', created_at: 1,
      started_at: 1, ended_at: 2, lease_hash: null, lease_until: null, worker: null, summary: '', reason: '', manifest: null,
    }).execute()
    const card = (n: number) => `The card of mission ${here.missions[n]} of workspace ${here.workspaceId}`
    expect((await problems()).map(({ check, message }) => ({ check, message }))).toEqual([
      { check: 'facts', message: `${card(0)} counts 1 attachment, and 0 are stored.` },
      { check: 'facts', message: `${card(3)} tells of no run, where the latest is run0, succeeded.` },
    ])
  })

  test('may be late by a moment', async () => {
    const before = await here.store.db.selectFrom('files').selectAll().where('id', '=', here.fileId).executeTakeFirstOrThrow()
    await here.store.db.updateTable('files').set({ deleted_at: 1 }).where('id', '=', here.fileId).execute()
    const examined = problems()
    await new Promise((resolve) => setTimeout(resolve, 200))
    await here.store.db.updateTable('files').set({ deleted_at: before.deleted_at }).where('id', '=', here.fileId).execute()
    expect(await examined).toEqual([])
  })
})

test('a board that cannot be read is told once, and rebuild leaves its rows alone and says so', async () => {
  const name = boardDocument(here.workspaceId)
  await here.store.db.updateTable('snapshots').set({ data: Uint8Array.of(9, 9, 9) }).where('doc', '=', name).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name }])
  expect(await rebuild(here.store)).toMatchObject({ missions: 10, failed: [{ document: name, message: 'it is damaged on the disk' }] })
})

test('rows that differ, are missing or too many are found, and rebuild repairs them', async () => {
  const { db } = here.store
  const [a, b] = here.missions as [MissionId, MissionId]
  await db.updateTable('missions').set({ status: 'done' }).where('id', '=', a).execute()
  await db.deleteFrom('missions').where('id', '=', b).execute()
  await db.deleteFrom('projects').execute()
  const row = await db.selectFrom('missions').selectAll().where('id', '=', here.missions[2]!).executeTakeFirstOrThrow()
  await db.insertInto('missions').values({ ...row, id: 'ghost' as MissionId }).execute()
  const found = await problems()
  expect(found).toHaveLength(4)
  expect(found).toEqual(expect.arrayContaining([
    { ...byRebuild, subject: a, message: `Mission ${a} of workspace ${here.workspaceId} has a row that differs from the board.` },
    { ...byRebuild, subject: b, message: `Mission ${b} of workspace ${here.workspaceId} is on the board but has no row.` },
    { ...byRebuild, subject: 'ghost', message: `Mission ghost of workspace ${here.workspaceId} has a row but is not on the board.` },
    { ...byRebuild, subject: 'project0', message: `Project project0 of workspace ${here.workspaceId} is on the board but has no row.` },
  ]))
  expect(await rebuild(here.store)).toEqual({ workspaces: 1, missions: 10, projects: 1, docs: 0, changed: 4, owners: 0, covered: 0, entries: 2, texts: 0, failed: [] })
  expect(await problems()).toEqual([])
  expect(await rebuild(here.store)).toMatchObject({ changed: 0 })
})

test('rows that a server beside writes a moment later are no problem', async () => {
  await loggedDocument(here.store, boardDocument(here.workspaceId), (board) => renameMission(board, here.missions[0]!, 'Renamed'))
  const examined = problems()
  await new Promise((resolve) => setTimeout(resolve, 200))
  await here.store.db.updateTable('missions').set({ title: 'Renamed' }).where('id', '=', here.missions[0]!).execute()
  expect(await examined).toEqual([])
})

test('a board that uses the id of another board\'s mission takes nothing from it', async () => {
  const quay = succeeded(await here.auth.createWorkspace({ name: 'Quay', ownerName: 'Eve', email: 'eve@example.com', password: 'password of eve' }))
  await loggedDocument(here.store, boardDocument(quay.workspaceId), (board) => {
    board.getMap('missions').set(here.missions[0]!, new Y.Map([['title', 'Taken']]))
    projectsOf(board).set('project1', new Y.Map<unknown>([['name', 'Own']]))
  })
  expect(await rebuild(here.store)).toMatchObject({ missions: 10, projects: 2, failed: [] })
  expect(await here.store.db.selectFrom('missions').select('title').where('id', '=', here.missions[0]!).executeTakeFirst()).toEqual({ title: 'Title of mission0' })
  expect(await problems()).toEqual([])
})

test('a row that refers to nothing is found', async () => {
  here.store.sqlite.exec('pragma foreign_keys = off')
  await here.store.db.updateTable('staff').set({ workspace_id: 'gone' as WorkspaceId }).execute()
  expect(await problems()).toMatchObject([{ check: 'database', message: 'a row of staff refers to a row of workspaces that does not exist' }])
})

test.each([
  ['cut off', (file: string) => truncateSync(file, 40_000)],
  ['overwritten at its start', (file: string) => writeFileSync(file, 'no database')],
  ['overwritten in its middle', (file: string) => {
    const at = Math.floor(statSync(file).size / 2 / 4096) * 4096
    const opened = openSync(file, 'r+')
    writeSync(opened, Buffer.alloc(8192, 7), 0, 8192, at)
    closeSync(opened)
  }],
])('a database file that was %s is a problem of the database', async (_how, damage) => {
  await here.store.close()
  for (const name of readdirSync(here.dataDir)) if (/-(wal|shm)$/.test(name)) rmSync(join(here.dataDir, name))
  damage(databaseFile(here.dataDir))
  const found = await problems()
  expect(found.length).toBeGreaterThan(0)
  expect(found[0]).toMatchObject({ check: 'database', repair: 'Restore a backup into an empty folder and start from there.' })
})

test('a database of a newer program is not examined', async () => {
  here.store.sqlite.exec(`insert into kysely_migration (name, timestamp) values ('0999_future', '')`)
  await expect(examine(here.dataDir)).rejects.toMatchObject({ code: 'newer' })
})
