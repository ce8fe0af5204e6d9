import { existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import type { ChatId, DocId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, briefDocument, chatDocument, docDocument, missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { forgetInSearch } from '../search/search-database.ts'
import { blobFile } from './manifest.ts'

export type Purged = { documents: number; missions: number; runs: number; files: number; contents: number; bytes: number }

/**
 * A server that runs beside needs a moment until it has let go of a deleted workspace's documents, and between storing a
 * content and naming it in a row.
 */
const soonMs = 10_000

/**
 * Removes everything of a workspace that was deleted at `deletedAt`, in small steps that leave a running server its turn, and
 * that can be repeated after an interruption. What stays: accounts of its people, contents that other files have, too, and the
 * rows of `documents`, so that nobody ever gets at such an id again.
 */
export async function purge(sqlite: DatabaseSync, dataDir: string, workspaceId: WorkspaceId, deletedAt: number, settleMs = soonMs): Promise<Purged> {
  await wait(Math.max(0, deletedAt + settleMs - Date.now()))
  sqlite.exec('pragma secure_delete = on')
  const run = (statement: string) => Number(sqlite.prepare(statement).run(workspaceId).changes)
  const count = (table: string) => Number(sqlite.prepare(`select count(*) as n from ${table} where workspace_id = ?`).get(workspaceId)?.n)

  // Members first: without them it is not brought back, whatever becomes of the rest.
  for (const table of ['members', 'invitations', 'tokens']) run(`delete from ${table} where workspace_id = ?`)
  const counts = { missions: count('missions'), runs: count('runs'), files: count('files') }
  const documents = documentsOf(sqlite, workspaceId)
  for (const doc of documents) forget(sqlite, doc, workspaceId)
  const hashes = sqlite.prepare('select distinct hash from file_versions v join files f on f.id = v.file_id where workspace_id = ?').all(workspaceId).map((row) => String(row.hash))
  let [contents, bytes] = [0, 0]
  for (const hash of hashes) {
    const size = await removeContent(sqlite, dataDir, hash, workspaceId, settleMs)
    if (size === null) continue
    contents += 1
    bytes += size
  }
  // Also what nobody finished sending.
  for (const { id } of sqlite.prepare('select id from uploads where workspace_id = ?').all(workspaceId)) await rm(join(dataDir, 'files', 'uploads', String(id)), { force: true })
  run('delete from file_versions where file_id in (select id from files where workspace_id = ?)')
  sqlite.exec('delete from file_texts where hash not in (select hash from file_versions)')
  run('delete from text_version_reads where doc in (select doc from text_versions where workspace_id = ?)')
  run('delete from collection_files where collection_id in (select id from collections where workspace_id = ?)')
  for (const table of ['run_entries', 'run_asks', 'run_reads', 'run_tool_calls', 'run_edits']) run(`delete from ${table} where run_id in (select id from runs where workspace_id = ?)`)
  run('delete from staff_instructions where staff_id in (select id from staff where workspace_id = ?)')
  for (const table of ['given', 'collections', 'pins', 'notes', 'run_verdicts', 'verdicts_followed', 'proposals', 'templates', 'chats', 'routine_firings', 'routines', 'engine_settings', 'mcp_servers', 'workers', 'activity', 'inbox', 'approvals', 'read_marks', 'text_versions', 'member_visits', 'uploads', 'files', 'runs', 'missions', 'projects', 'docs', 'staff']) run(`delete from ${table} where workspace_id = ?`)
  forgetInSearch(dataDir, workspaceId)
  run('delete from workspaces where id = ?')
  // Writers wait while this one waits for readers: not for long, since the server's own checkpoints get there as well.
  sqlite.exec('pragma busy_timeout = 100; pragma wal_checkpoint(truncate)')
  return { documents: documents.length, ...counts, contents, bytes }
}

function documentsOf(sqlite: DatabaseSync, workspaceId: WorkspaceId): string[] {
  const ids = <Id extends string>(table: string, column = 'id') =>
    sqlite.prepare(`select distinct ${column} as id from ${table} where workspace_id = ? and ${column} is not null`).all(workspaceId).map((row) => row.id as Id)
  const lived = [
    boardDocument(workspaceId),
    // Also of missions that are not on the board any more.
    ...[ids<MissionId>('missions'), ids<MissionId>('runs', 'mission_id'), ids<MissionId>('files', 'mission_id'), ids<MissionId>('proposals')].flat().map(missionDocument),
    ...[ids<ProjectId>('projects'), ids<ProjectId>('files', 'project_id')].flat().map(briefDocument), ...ids<DocId>('docs').map(docDocument), ...ids<RunId>('runs').map(runDocument),
    ...ids<ChatId>('chats').map(chatDocument),
  ]
  // Of two boards that use one id, the document is of the workspace that had it first.
  const owner = sqlite.prepare('select workspace_id from documents where doc = ?')
  const own = lived.filter((doc) => (owner.get(doc)?.workspace_id ?? workspaceId) === workspaceId)
  const known = sqlite.prepare('select doc from documents where workspace_id = ?').all(workspaceId).map((row) => String(row.doc))
  return [...new Set([...own, ...known])]
}

function forget(sqlite: DatabaseSync, doc: string, workspaceId: WorkspaceId) {
  sqlite.exec('begin immediate')
  try {
    sqlite.prepare('insert into documents (doc, workspace_id) values (?, ?) on conflict do nothing').run(doc, workspaceId)
    for (const table of ['updates', 'snapshots', 'client_ids', 'inbox_followed']) sqlite.prepare(`delete from ${table} where doc = ?`).run(doc)
    sqlite.exec('commit')
  } catch (error) {
    sqlite.exec('rollback')
    throw error
  }
}

/** Removes a content that no file of another workspace has, and returns its size; `null` where it stays or is gone already. */
async function removeContent(sqlite: DatabaseSync, dataDir: string, hash: string, workspaceId: WorkspaceId, settleMs: number): Promise<number | null> {
  const elsewhere = sqlite.prepare('select 1 from file_versions v join files f on f.id = v.file_id where hash = ? and workspace_id <> ? limit 1')
  const isWanted = () => elsewhere.get(hash, workspaceId) !== undefined
  const file = blobFile(dataDir, hash)
  const aside = `${file}.purged`
  // Left by a purge that was interrupted.
  if (!existsSync(file) && existsSync(aside)) await rename(aside, file)
  for (;;) {
    const found = await stat(file).catch(() => null)
    if (!found || isWanted()) return null
    // Somebody may have stored the same content just now, whose row is about to come.
    const settled = found.ctimeMs + settleMs - Date.now()
    if (settled > 0) {
      await wait(settled)
      continue
    }
    await rename(file, aside)
    // Between the two a server may have put the content there again: another file by the same name.
    if ((await stat(aside)).ino !== found.ino || isWanted()) {
      await rename(aside, file)
      continue
    }
    await rm(aside)
    return found.size
  }
}
