import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { factsOf } from '#lib/board/board-document.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { ActorId, AskId, ChatId, FileId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { noFacts } from '#lib/board/mission.ts'
import type { CommentId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { blobFile } from '../../server/admin/manifest.ts'
import type { Store } from '../../server/store/database.ts'
import { rebuildProjection } from '../../server/store/projection.ts'
import { sqliteUpdateLog } from '../../server/store/sqlite-update-log.ts'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from './auth.ts'

export type FilledFolder = TestAuth & { workspaceId: WorkspaceId; userId: ActorId; missions: MissionId[]; fileId: FileId; hash: string }

/** Logs every update of a document from here on, as the gate does. */
export async function loggedDocument(store: Store, name: string, work: (doc: Y.Doc) => void): Promise<Y.Doc> {
  const log = sqliteUpdateLog(store.sqlite)
  const doc = new Y.Doc()
  const stored = await log.load(name)
  for (const update of stored ? [stored.snapshot ?? [], stored.updates].flat() : []) if (update instanceof Uint8Array) Y.applyUpdate(doc, update)
  const appended: Promise<void>[] = []
  doc.on('update', (data: Uint8Array) => appended.push(log.append({ doc: name, data, actor: 'test', at: 0, claims: [doc.clientID] })))
  work(doc)
  await Promise.all(appended)
  return doc
}

export async function addFile({ store, dataDir }: TestAuth, workspaceId: WorkspaceId, missionId: MissionId, id: FileId, content: string) {
  const hash = createHash('sha256').update(content).digest('hex')
  const file = blobFile(dataDir, hash)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  await store.db.insertInto('files').values({ id, workspace_id: workspaceId, mission_id: missionId, kind: 'attachment', name: `${id}.csv`, created_at: 0, deleted_at: null, project_id: null, deleted_by: null }).execute()
  await store.db.insertInto('file_versions').values({
    file_id: id, version: 1, hash, size: Buffer.byteLength(content), type: 'text/csv', created_by: 'ann' as ActorId, run_id: null, created_at: 0,
  }).execute()
  return hash
}

/** A version of the first mission's description, which a run read. */
export async function addVersion({ store }: TestAuth, workspaceId: WorkspaceId, missionId: MissionId, words: string) {
  const json = JSON.stringify([{ kind: 'paragraph', children: [{ kind: 'text', text: words, marks: [] }] }])
  const doc = missionDocument(missionId)
  await store.db.insertInto('text_versions').values({
    doc, version: 1, workspace_id: workspaceId, kind: 'run', name: '', by: null, at: 1, words: 2, added: 2, removed: 0, markdown: words,
    content: gzipSync(json), hash: createHash('sha256').update(json).digest('hex'),
  }).execute()
  await store.db.insertInto('text_version_reads').values({ run_id: 'run0' as RunId, doc, version: 1 }).execute()
}

/** A staff member with a run that asked, proposed and edited, and what it needs to work. */
export async function addStaffWork({ db }: Store, workspaceId: WorkspaceId, missionId: MissionId) {
  const [staff, run] = ['robot' as ActorId, 'run-of-robot' as RunId]
  const by = { workspace_id: workspaceId, created_at: 1 }
  await db.insertInto('staff').values({ ...by, id: staff, name: 'Robot', role: '', instructions: 'Work', engine: 'openai' }).execute()
  await db.insertInto('staff_instructions').values({ staff_id: staff, version: 1, text: 'Work', by: null, at: 1 }).execute()
  await db.insertInto('engine_settings').values({ workspace_id: workspaceId, base_url: 'http://127.0.0.1:9', api_key: null, model: 'm', prices: '{}', updated_by: null, updated_at: 1 }).execute()
  await db.insertInto('mcp_servers').values({ ...by, id: 'tools', name: 'tools', transport: 'http', address: 'http://127.0.0.1:9', secrets: null, enabled: 1, created_by: null }).execute()
  await db.insertInto('runs').values({
    ...by, id: run, mission_id: missionId, staff_id: staff, state: 'failed', attempt: 1, requested_by: null, note: '', started_at: 1, ended_at: 2,
    lease_hash: null, lease_until: null, worker: null, summary: '', reason: 'It broke.', manifest: null,
  }).execute()
  await db.insertInto('run_entries').values({ run_id: run, seq: 0, entry: '{}' }).execute()
  await db.insertInto('run_asks').values({
    id: 'ask' as AskId, run_id: run, workspace_id: workspaceId, key: 'k', kind: 'question', question: 'Which?', choices: '[]', tool: '', args: '',
    asked_at: 1, answered_at: null, answered_by: null, answer: null, verdict: null,
  }).execute()
  await db.insertInto('run_edits').values({ run_id: run, n: 1, doc: 'doc/plan', edit: '{}', at: 1, undone_at: null, undone_by: null }).execute()
  await db.insertInto('proposals').values({ ...by, id: 'proposal' as MissionId, title: 'More', state: 'open', by: staff, chat_id: null }).execute()
  await db.insertInto('chats').values({ ...by, id: 'chat' as ChatId, project_id: null, title: 'More', created_by: staff, archived_at: null, last_at: 1, last_by: null, last_words: '' }).execute()
  await db.insertInto('workers').values({ id: 'worker', name: 'w', workspace_id: workspaceId, staff_id: null, version: '1', concurrency: 1, busy: 0, first_seen_at: 1, last_seen_at: 1, state: 'gone' }).execute()
}

/** A data folder in use: people, a board of ten missions that was compacted once and edited since, comments, files. */
export async function filledFolder(): Promise<FilledFolder> {
  const here = await temporaryAuth()
  const { workspaceId, userId } = await workspaceOfAnn(here.auth)
  const missions = Array.from({ length: 10 }, (_, n) => `mission${n}` as MissionId)
  const name = boardDocument(workspaceId)
  const log = sqliteUpdateLog(here.store.sqlite)
  const first = await loggedDocument(here.store, name, (board) => {
    createProject(board, 'project0' as ProjectId, 'Tides', 'blue')
    for (const id of missions.slice(0, 5)) createMission(board, { id, title: `Title of ${id}` }, userId, 1)
  })
  await log.compact(name, 6, Y.encodeStateAsUpdate(first), 0)
  const board = await loggedDocument(here.store, name, (doc) => {
    for (const id of missions.slice(5)) createMission(doc, { id, title: `Title of ${id}` }, userId, 2)
    for (const id of missions.slice(0, 2)) factsOf(doc).set(id, { ...noFacts, attachments: 1 })
  })
  await rebuildProjection(here.store.db, board, workspaceId)
  await loggedDocument(here.store, missionDocument(missions[0]!), (doc) => {
    for (let n = 0; n < 5; n++) addComment(doc, { id: `comment${n}` as CommentId, by: userId, body: `Comment ${n}` }, n)
  })
  const fileId = 'file0' as FileId
  const hash = await addFile(here, workspaceId, missions[0]!, fileId, 'day,height\nmonday,3\n'.repeat(5_000))
  await addFile(here, workspaceId, missions[1]!, 'file1' as FileId, 'small')
  return { ...here, workspaceId, userId, missions, fileId, hash }
}
