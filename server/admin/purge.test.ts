import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bodyOf } from '#lib/board/doc.ts'
import type { DocId, FileId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, briefDocument, docDocument, missionDocument } from '#lib/sync/document-names.ts'
import { succeeded } from '../../tests/support/auth.ts'
import { addFile, addVersion, filledFolder, addStaffWork, loggedDocument, type FilledFolder } from '../../tests/support/data-folder.ts'
import { databaseFile } from '../store/database.ts'
import { examine } from './doctor.ts'
import { blobFile } from './manifest.ts'
import { purge } from './purge.ts'

let here: FilledFolder
let other: WorkspaceId
beforeEach(async () => {
  here = await filledFolder()
  other = succeeded(await here.auth.createWorkspace({ name: 'Quay', ownerName: 'Eve', email: 'eve@example.com', password: 'password of eve' })).workspaceId
})
afterEach(() => here.end())

async function deleteAndPurge(settleMs = 0) {
  succeeded(await here.auth.deleteWorkspace(here.workspaceId))
  return await purge(here.store.sqlite, here.dataDir, here.workspaceId, 0, settleMs)
}

/** Every row that tells of a workspace, by table. */
function rowsOf(workspaceId: WorkspaceId) {
  const tables = here.store.sqlite.prepare(`select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'workspace_id'`).all()
  return Object.fromEntries(tables.map(({ name }) => [String(name), Number(here.store.sqlite.prepare(`select count(*) as n from "${name}" where workspace_id = ?`).get(workspaceId)?.n)]))
}

const stored = (doc: string) => ['updates', 'snapshots', 'client_ids'].map((table) =>
  Number(here.store.sqlite.prepare(`select count(*) as n from ${table} where doc = ?`).get(doc)?.n))

test('everything of a purged workspace is gone, but that its ids were used', async () => {
  await here.auth.createToken({ workspaceId: here.workspaceId, name: 'Import', actsAs: 'member' })
  await here.auth.invite({ workspaceId: here.workspaceId, role: 'member', by: here.userId })
  await here.auth.visited(here.workspaceId, here.userId)
  await addVersion(here, here.workspaceId, here.missions[0]!, 'Words kept')
  await addStaffWork(here.store, here.workspaceId, here.missions[0]!)
  expect(rowsOf(here.workspaceId)).toMatchObject({ text_versions: 1, member_visits: 1, proposals: 1, chats: 1, engine_settings: 1, mcp_servers: 1, workers: 1 })
  expect(await deleteAndPurge()).toEqual({ documents: 15, missions: 10, runs: 1, files: 2, contents: 2, bytes: 100_005 })
  const { documents, ...rest } = rowsOf(here.workspaceId)
  expect(new Set(Object.values(rest))).toEqual(new Set([0]))
  expect(documents).toBe(15)
  for (const table of ['run_entries', 'run_asks', 'run_edits']) expect(here.store.sqlite.prepare(`select count(*) as n from ${table}`).get()).toEqual({ n: 0 })
  expect(here.store.sqlite.prepare('select count(*) as n from staff_instructions where staff_id = ?').get('robot')).toEqual({ n: 0 })
  expect(stored(boardDocument(here.workspaceId))).toEqual([0, 0, 0])
  expect(stored(missionDocument(here.missions[0]!))).toEqual([0, 0, 0])
  expect(await here.auth.allWorkspaces()).toMatchObject([{ id: other }])
  expect(existsSync(blobFile(here.dataDir, here.hash))).toBe(false)
  expect(existsSync(`${blobFile(here.dataDir, here.hash)}.purged`)).toBe(false)
  expect((await examine(here.dataDir)).problems).toEqual([])
})

test('docs and briefs go with it, with all that was written in them', async () => {
  const [doc, brief] = [docDocument('plan' as DocId), briefDocument('project0' as ProjectId)]
  await here.store.db.insertInto('docs').values({ id: 'plan' as DocId, workspace_id: here.workspaceId, project_id: 'project0' as ProjectId, parent_id: null, title: 'The plan', rank: 'a0', created_by: here.userId, created_at: 0, archived_at: null }).execute()
  for (const name of [doc, brief]) await loggedDocument(here.store, name, (text) => writeMarkdown(bodyOf(text), 'Words of the plan.'))
  expect(stored(doc)[0]).toBeGreaterThan(0)
  expect(stored(brief)[0]).toBeGreaterThan(0)
  expect((await deleteAndPurge()).documents).toBeGreaterThanOrEqual(13)
  expect(rowsOf(here.workspaceId)).toMatchObject({ docs: 0, projects: 0 })
  expect(stored(doc)).toEqual([0, 0, 0])
  expect(stored(brief)).toEqual([0, 0, 0])
})

test('project files, texts that were read and unfinished uploads go with it', async () => {
  const { db } = here.store
  const version = { version: 1, hash: here.hash, size: 100_000, type: 'text/csv', created_by: here.userId, run_id: null, created_at: 0 }
  await db.insertInto('files').values({ id: 'plan' as FileId, workspace_id: here.workspaceId, mission_id: null, project_id: 'project0' as ProjectId, kind: 'attachment', name: 'plan.csv', created_at: 0, deleted_at: null, deleted_by: null }).execute()
  await db.insertInto('file_versions').values({ file_id: 'plan' as FileId, ...version }).execute()
  await db.insertInto('file_texts').values({ hash: here.hash, name: 'a.csv', type: 'text/csv', status: 'pending', reason: '', engine: 1, attempts: 0, content: null, created_at: 0 }).execute()
  await db.insertInto('uploads').values({ id: 'half', workspace_id: here.workspaceId, mission_id: here.missions[0]!, project_id: null, file_id: null, name: 'half.bin', size: 9, sha256: null, created_by: here.userId, created_at: 0, expires_at: 9e15, outcome: null }).execute()
  const half = join(here.dataDir, 'files', 'uploads', 'half')
  mkdirSync(dirname(half), { recursive: true })
  writeFileSync(half, 'four')
  expect(await deleteAndPurge()).toMatchObject({ documents: 12, files: 3, contents: 2 })
  expect(existsSync(half)).toBe(false)
  expect(await db.selectFrom('file_texts').select('hash').execute()).toEqual([])
  expect((await examine(here.dataDir)).problems).toEqual([])
})

test('the text itself is not left in free pages of the database or in its log', async () => {
  expect(readFileSync(databaseFile(here.dataDir)).includes('Comment 3') || readFileSync(`${databaseFile(here.dataDir)}-wal`).includes('Comment 3')).toBe(true)
  await deleteAndPurge()
  expect(readFileSync(databaseFile(here.dataDir)).includes('Comment 3')).toBe(false)
  expect(readFileSync(`${databaseFile(here.dataDir)}-wal`).includes('Comment 3')).toBe(false)
})

test('a content that a file of another workspace has, too, stays', async () => {
  await addFile(here, other, here.missions[0]!, 'same' as FileId, 'small')
  expect(await deleteAndPurge()).toMatchObject({ files: 2, contents: 1 })
  expect((await examine(here.dataDir)).problems.filter(({ check }) => check === 'file')).toEqual([])
})

test('a content that somebody just stored is left its time to be named by a row', async () => {
  const uploading = (async () => {
    await wait(150)
    await addFile(here, other, here.missions[0]!, 'same' as FileId, 'small')
  })()
  expect(await deleteAndPurge(400)).toMatchObject({ contents: 1 })
  await uploading
  expect((await examine(here.dataDir)).problems.filter(({ check }) => check === 'file')).toEqual([])
})

test('a purge that was interrupted is done again, and until then nobody brings the workspace back', async () => {
  succeeded(await here.auth.deleteWorkspace(here.workspaceId))
  here.store.sqlite.exec(`create trigger interrupted before delete on files begin select raise(abort, 'interrupted'); end`)
  await expect(purge(here.store.sqlite, here.dataDir, here.workspaceId, 0, 0)).rejects.toThrow('interrupted')
  here.store.sqlite.exec('drop trigger interrupted')
  expect(await here.auth.undeleteWorkspace(here.workspaceId)).toMatchObject({ ok: false, code: 'purged' })
  await purge(here.store.sqlite, here.dataDir, here.workspaceId, 0, 0)
  expect(await here.auth.allWorkspaces()).toHaveLength(1)
})

test('a content that an interrupted purge had set aside is dealt with', async () => {
  renameSync(blobFile(here.dataDir, here.hash), `${blobFile(here.dataDir, here.hash)}.purged`)
  expect(await deleteAndPurge()).toMatchObject({ contents: 2 })
  expect(existsSync(`${blobFile(here.dataDir, here.hash)}.purged`)).toBe(false)
})

test('another workspace that uses the id of one of its missions keeps what is its own', async () => {
  await here.store.db.insertInto('documents').values({ doc: missionDocument(here.missions[0]!), workspace_id: other }).execute()
  const before = stored(missionDocument(here.missions[0]!))
  await deleteAndPurge()
  expect(stored(missionDocument(here.missions[0]!))).toEqual(before)
})
