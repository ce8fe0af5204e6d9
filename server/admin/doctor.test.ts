import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { renameMission } from '#lib/board/edits.ts'
import { projectsOf } from '#lib/board/board-document.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { filledFolder, loggedDocument, type FilledFolder } from '../../tests/support/data-folder.ts'
import { succeeded } from '../../tests/support/auth.ts'
import { databaseFile } from '../store/database.ts'
import { examine } from './doctor.ts'
import { blobFile, blobPath } from './manifest.ts'
import { rebuild } from './rebuild.ts'

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

test('a lost and a cut file are named, with the place where a backup has them', async () => {
  rmSync(blobFile(here.dataDir, here.hash))
  expect(await problems()).toEqual([{
    check: 'file', subject: here.fileId,
    message: `Version 1 of the file "file0.csv" is missing: ${blobPath(here.hash)}.`,
    repair: `Copy ${blobPath(here.hash)} out of a backup, which is a tar archive, into the data folder.`,
  }])
  writeFileSync(blobFile(here.dataDir, here.hash), 'short')
  expect(await problems()).toMatchObject([{ message: expect.stringContaining('has 5 bytes instead of 100000') }])
})

test('a file that was deleted is not missed', async () => {
  rmSync(blobFile(here.dataDir, here.hash))
  await here.store.db.updateTable('files').set({ deleted_at: 1 }).where('id', '=', here.fileId).execute()
  expect(await problems()).toEqual([])
})

test('an update that cannot be read is found', async () => {
  const name = missionDocument(here.missions[0]!)
  await here.store.db.updateTable('updates').set({ data: Uint8Array.of(1, 255, 255, 255) }).where('doc', '=', name).where('seq', '=', 2).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: expect.stringContaining('cannot be read') }])
})

test('a gap in a log is found', async () => {
  const name = missionDocument(here.missions[0]!)
  await here.store.db.deleteFrom('updates').where('doc', '=', name).where('seq', '=', 2).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name, message: expect.stringContaining('Updates are missing') }])
})

test('a board that cannot be read is told once, and rebuild leaves its rows alone and says so', async () => {
  const name = boardDocument(here.workspaceId)
  await here.store.db.updateTable('snapshots').set({ data: Uint8Array.of(9, 9, 9) }).where('doc', '=', name).execute()
  expect(await problems()).toMatchObject([{ check: 'document', subject: name }])
  expect(await rebuild(here.store)).toMatchObject({ missions: 10, failed: [{ workspaceId: here.workspaceId }] })
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
  expect(await rebuild(here.store)).toEqual({ workspaces: 1, missions: 10, projects: 1, changed: 4, failed: [] })
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
