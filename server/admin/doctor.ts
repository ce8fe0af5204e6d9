import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, parseDocumentName } from '#lib/sync/document-names.ts'
import { checkBoard, type Difference } from './check-board.ts'
import { checkDatabase, requireOurSchema } from './check-database.ts'
import { checkDocument } from './check-document.ts'
import { checkFileRows, checkFiles, fileVersions, type FileVersion } from './check-files.ts'
import { Failure } from './command.ts'
import { openReadOnly, requireDatabase } from './data-folder.ts'
import { checkVersions } from './check-versions.ts'
import { checkPlace } from './document-place.ts'
import { fromBackup, isSqliteError, type Problem } from './problem.ts'
import { replayStored, storedDocuments } from './stored-document.ts'

export type { Problem } from './problem.ts'
export type Examination = { checked: { documents: number; files: number; missions: number }; problems: Problem[] }

// A server that runs beside writes a board first and its rows a moment later.
const settleMs = 1_000

/** Looks at everything stored, one moment of it, and changes nothing. One document is in memory at a time. */
export async function examine(dataDir: string): Promise<Examination> {
  const file = requireDatabase(dataDir)
  const problems: Problem[] = []
  const checked = { documents: 0, files: 0, missions: 0 }

  function look(work: (sqlite: DatabaseSync) => void) {
    try {
      const sqlite = openReadOnly(file)
      try {
        sqlite.exec('begin')
        work(sqlite)
      } finally {
        sqlite.close()
      }
    } catch (error) {
      if (error instanceof Failure || !isSqliteError(error)) throw error
      problems.push({ check: 'database', subject: file, message: `The database cannot be read: ${error.message}.`, repair: fromBackup })
    }
  }

  let versions: FileVersion[] = []
  /** What may only be late, by the board that it is about. */
  const late = new Map<WorkspaceId, Difference[]>()
  look((sqlite) => {
    requireOurSchema(sqlite)
    problems.push(...checkDatabase(sqlite, file))
    const boards = new Set(sqlite.prepare('select id from workspaces order by created_at').all().map((row) => row.id as WorkspaceId))
    const compare = (workspaceId: WorkspaceId, board: Y.Doc) => {
      const found = checkBoard(sqlite, workspaceId, board)
      checked.missions += found.missions
      if (found.differences.length > 0) late.set(workspaceId, found.differences)
    }
    for (const name of storedDocuments(sqlite)) {
      checked.documents += 1
      const { doc, problems: found } = checkDocument(sqlite, name)
      problems.push(...found, ...checkPlace(sqlite, name))
      const parsed = parseDocumentName(name)
      if (parsed?.kind === 'board' && boards.delete(parsed.id) && doc) compare(parsed.id, doc)
      doc?.destroy()
    }
    for (const neverWritten of boards) compare(neverWritten, new Y.Doc())
    problems.push(...checkVersions(sqlite))
    versions = fileVersions(sqlite)
    problems.push(...checkFileRows(sqlite))
  })
  checked.files = versions.length
  problems.push(...await checkFiles(versions, dataDir))
  if (late.size > 0) {
    await wait(settleMs)
    look((sqlite) => {
      for (const [workspaceId, before] of late) {
        const seen = new Map(before.map(({ problem, state }) => [problem.message, state]))
        const doc = replayStored(sqlite, boardDocument(workspaceId))
        for (const { problem, state } of checkBoard(sqlite, workspaceId, doc).differences) if (seen.get(problem.message) === state) problems.push(problem)
        doc.destroy()
      }
    })
  }
  return { checked, problems }
}
