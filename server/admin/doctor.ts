import { stat } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import type { MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, parseDocumentName } from '#lib/sync/document-names.ts'
import { migrations } from '../store/migrations.ts'
import { projectBoard } from '../store/projection.ts'
import { Failure } from './command.ts'
import { openReadOnly, requireDatabase } from './data-folder.ts'
import { appliedMigrations, blobFile, blobPath } from './manifest.ts'
import { replayStored, storedDocuments } from './stored-document.ts'

/** `subject` is what is wrong, by name; `repair` what would put it right. */
export type Problem = { check: 'database' | 'document' | 'file' | 'projection'; subject: string; message: string; repair: string }
export type Examination = { checked: { documents: number; files: number; missions: number }; problems: Problem[] }

const fromBackup = 'Restore a backup into an empty folder and start from there.'
const byRebuild = 'Run "npm run admin -- rebuild".'
// A server that runs beside writes a board first and its rows a moment later.
const settleMs = 1_000

/** Looks at everything stored, one moment of it, and changes nothing. */
export async function examine(dataDir: string): Promise<Examination> {
  const file = requireDatabase(dataDir)
  const problems: Problem[] = []
  const checked = { documents: 0, files: 0, missions: 0 }
  const look = async (work: (sqlite: DatabaseSync) => void | Promise<void>) => {
    try {
      const sqlite = openReadOnly(file)
      try {
        sqlite.exec('begin')
        await work(sqlite)
      } finally {
        sqlite.close()
      }
    } catch (error) {
      if (error instanceof Failure || !isSqliteError(error)) throw error
      problems.push({ check: 'database', subject: file, message: `The database cannot be read: ${error.message}.`, repair: fromBackup })
    }
  }
  const unreadable = new Set<string>()
  const readable = (sqlite: DatabaseSync) => workspacesOf(sqlite).filter((id) => !unreadable.has(boardDocument(id)))
  let stale: Problem[] = []
  await look(async (sqlite) => {
    requireOurSchema(sqlite)
    problems.push(...checkDatabase(sqlite, file))
    for (const name of storedDocuments(sqlite)) {
      checked.documents += 1
      const problem = checkDocument(sqlite, name)
      if (problem) problems.push(problem)
      if (problem) unreadable.add(name)
    }
    for (const workspaceId of readable(sqlite)) {
      const { rows, problems: found } = checkProjection(sqlite, workspaceId)
      checked.missions += rows
      stale.push(...found)
    }
    const files = await checkFiles(sqlite, dataDir)
    checked.files = files.checked
    problems.push(...files.problems)
  })
  if (stale.length > 0) {
    await wait(settleMs)
    const seen = new Set(stale.map(({ subject }) => subject))
    stale = []
    await look((sqlite) => {
      for (const workspaceId of readable(sqlite)) {
        stale.push(...checkProjection(sqlite, workspaceId).problems.filter(({ subject }) => seen.has(subject)))
      }
    })
  }
  return { checked, problems: [...problems, ...stale] }
}

const isSqliteError = (error: unknown): error is Error => error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR'

const workspacesOf = (sqlite: DatabaseSync) =>
  sqlite.prepare('select id from workspaces order by created_at').all().map((row) => row.id as WorkspaceId)

function requireOurSchema(sqlite: DatabaseSync) {
  const applied = appliedMigrations(sqlite)
  if (applied.some((name) => !(name in migrations))) throw new Failure('newer', 'The database was written by a newer version of Missions. Examine it with that version.')
  if (applied.length < Object.keys(migrations).length) throw new Failure('older', 'The database was written by an older version of Missions. Start Missions once, which brings it up to date, then examine it.')
}

function checkDatabase(sqlite: DatabaseSync, file: string): Problem[] {
  const found = sqlite.prepare('pragma integrity_check').all().map((row) => String(row.integrity_check)).filter((line) => line !== 'ok')
  const orphans = sqlite.prepare('pragma foreign_key_check').all().map((row) => `a row of ${row.table} refers to a row of ${row.parent} that does not exist`)
  return [...found, ...new Set(orphans)].map((message) => ({ check: 'database', subject: file, message, repair: fromBackup }))
}

function checkDocument(sqlite: DatabaseSync, name: string): Problem | null {
  const problem = (message: string): Problem => ({ check: 'document', subject: name, message, repair: fromBackup })
  if (!parseDocumentName(name)) return problem('This is not the name of a document.')
  try {
    const { doc, complete } = replayStored(sqlite, name)
    doc.destroy()
    return complete ? null : problem('Updates are missing between those that are stored, so later ones cannot be applied.')
  } catch (error) {
    if (isSqliteError(error)) throw error
    return problem(`A stored update cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

async function checkFiles(sqlite: DatabaseSync, dataDir: string): Promise<{ checked: number; problems: Problem[] }> {
  const versions = sqlite.prepare(`
    select f.id, f.name, v.version, v.hash, v.size from file_versions v join files f on f.id = v.file_id
    where f.deleted_at is null order by f.id, v.version`).all()
  const problems: Problem[] = []
  for (const { id, name, version, hash, size } of versions) {
    const path = blobPath(String(hash))
    const found = await stat(blobFile(dataDir, String(hash))).then((stats) => stats.size, () => null)
    if (found === size) continue
    problems.push({
      check: 'file', subject: String(id),
      message: `Version ${version} of the file "${name}" ${found === null ? 'is missing' : `has ${found} bytes instead of ${size}`}: ${path}.`,
      repair: `Copy ${path} out of a backup, which is a tar archive, into the data folder.`,
    })
  }
  return { checked: versions.length, problems }
}

type Row = { id: MissionId | ProjectId }

function checkProjection(sqlite: DatabaseSync, workspaceId: WorkspaceId): { rows: number; problems: Problem[] } {
  const { doc } = replayStored(sqlite, boardDocument(workspaceId))
  const wanted = projectBoard(doc, workspaceId)
  doc.destroy()
  const check = (table: 'missions' | 'projects', what: string, rows: readonly Row[]): Problem[] => {
    const present = new Map(sqlite.prepare(`select * from ${table} where workspace_id = ?`).all(workspaceId).map((row) => [String(row.id), row]))
    const taken = new Set(sqlite.prepare(`select id from ${table} where workspace_id <> ?`).all(workspaceId).map((row) => String(row.id)))
    const problem = (id: string, message: string): Problem => ({ check: 'projection', subject: id, message: `${what} ${id} of workspace ${workspaceId} ${message}.`, repair: byRebuild })
    const problems: Problem[] = []
    for (const row of rows) {
      const now = present.get(row.id)
      present.delete(row.id)
      // Of two boards that use one id the first keeps it: this is how it should be.
      if (!now && taken.has(row.id)) continue
      if (!now) problems.push(problem(row.id, 'is on the board but has no row'))
      else if (Object.entries(row).some(([column, value]) => now[column] !== value)) problems.push(problem(row.id, 'has a row that differs from the board'))
    }
    for (const id of present.keys()) problems.push(problem(id, 'has a row but is not on the board'))
    return problems
  }
  return {
    rows: wanted.missions.length,
    problems: [...check('missions', 'Mission', wanted.missions), ...check('projects', 'Project', wanted.projects)],
  }
}
