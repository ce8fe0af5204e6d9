import type { Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import { factsOf } from '#lib/board/board-document.ts'
import type { DocId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import { nextTurn } from '../next-turn.ts'
import type { Database } from '../store/database.ts'
import { deleteRow, differs, idsIn, projectedTables, projections, rowsWith, writeRow, type MissionRow, type ProjectedTable } from '../store/projection.ts'
import type { SyncContext } from './authenticate.ts'

/** A mission changed; `null` is a mission that does not exist. */
export type MissionChanged = (workspaceId: WorkspaceId, before: MissionRow | null, after: MissionRow | null) => void

const writeAfterMs = 100
const retryAfterMs = 1_000
/** So many rows are written at once: edits take their turn between. */
const writtenAtOnce = 5
/** So many are compared at once with what the tables have. */
const comparedAtOnce = 100

type BoardProjection = {
  extension: Extension<SyncContext>
  /** Resolves when the tables say what the loaded board documents say. */
  settled(): Promise<void>
  /** How often the tables of this board were written. */
  written(workspaceId: WorkspaceId): number
}

/** Keeps the tables that a board projects to in step with the board documents that are loaded. */
export function projectBoards({ db, log, onMissionChanged, onTextProjected }: {
  db: Database
  log: Log
  onMissionChanged: MissionChanged
  /** A doc, or a project with its brief, changed on the board, or is not there any more. */
  onTextProjected: (id: DocId | ProjectId, isThere: boolean) => void
}): BoardProjection {
  let work: Promise<void> = Promise.resolve()
  const due = new Set<() => Promise<void>>()
  const writes = new Map<WorkspaceId, number>()
  const writeDue = () => due.forEach((write) => void write())
  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch((error: unknown) => log.error({ err: error }, 'projection failed'))
    return work
  }

  function follow(board: Y.Doc, workspaceId: WorkspaceId) {
    const changed = Object.fromEntries(projectedTables.map((table) => [table, new Set<string>()])) as Record<ProjectedTable, Set<string>>
    /** The missions that were written, as the table has them. */
    const written = new Map<string, MissionRow>()

    async function write() {
      const due = projectedTables.flatMap((table) => [...changed[table]].map((id) => ({ table, id })))
      for (let at = 0; at < due.length; at += writtenAtOnce) {
        if (at > 0) await nextTurn()
        await writeRows(due.slice(at, at + writtenAtOnce))
      }
    }

    async function writeRows(due: readonly { table: ProjectedTable; id: string }[]) {
      // What is edited while it is written is written again.
      for (const { table, id } of due) changed[table].delete(id)
      const rows = due.map(({ table, id }) => ({ table, id, row: projections[table].row(board, workspaceId, id) }))
      const foreign = new Set<string>()
      const unknown = due.filter(({ table, id }) => table === 'missions' && !written.has(id)).map(({ id }) => id)
      try {
        if (unknown.length > 0) for (const row of await rowsWith(db, 'missions', workspaceId, unknown)) written.set(row.id, row)
        await db.transaction().execute(async (transaction) => {
          for (const { table, id, row } of rows) {
            if (!row) await deleteRow(transaction, table, workspaceId, id)
            else if (!await writeRow(transaction, table, row as MissionRow) && table === 'missions') foreign.add(id)
          }
        })
      } catch (error) {
        for (const { table, id } of due) changed[table].add(id)
        throw error
      }
      writes.set(workspaceId, (writes.get(workspaceId) ?? 0) + 1)
      for (const { table, id, row } of rows) {
        if (table === 'projects' || table === 'docs') onTextProjected(id as DocId | ProjectId, row !== null)
        if (table !== 'missions' || foreign.has(id)) continue
        const [before, after] = [written.get(id) ?? null, row as MissionRow | null]
        if (after) written.set(id, after)
        else written.delete(id)
        onMissionChanged(workspaceId, before, after)
      }
    }

    /** What was acknowledged just before a crash is followed now, in little time at once: a large board takes a while. */
    async function catchUp() {
      for (const table of projectedTables) {
        const { records, row } = projections[table]
        const gone = new Set(await idsIn(db, table, workspaceId))
        const ids = [...records(board).keys()]
        for (const id of ids) gone.delete(id)
        for (let at = 0; at < ids.length; at += comparedAtOnce) {
          await nextTurn()
          const some = ids.slice(at, at + comparedAtOnce)
          const stored = new Map((await rowsWith(db, table, workspaceId, some)).map((row) => [row.id as string, row]))
          for (const id of some) {
            const wanted = row(board, workspaceId, id)
            if (wanted ? differs(stored.get(id), wanted) : stored.has(id)) changed[table].add(id)
          }
        }
        for (const id of gone) changed[table].add(id)
      }
      const rows = projectedTables.reduce((sum, table) => sum + changed[table].size, 0)
      await write()
      return rows
    }

    // Later, and several edits at once: whoever sees the edit should not wait for a table that nobody may read.
    let timer: NodeJS.Timeout | undefined
    const writeNow = async () => {
      clearTimeout(timer)
      timer = undefined
      due.delete(writeNow)
      await enqueue(write)
      if (projectedTables.some((table) => changed[table].size > 0)) schedule(retryAfterMs)
    }
    const schedule = (ms: number) => {
      if (timer) return
      due.add(writeNow)
      timer = setTimeout(() => void writeNow(), ms)
    }
    const note = (noted: Set<string>) => (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event.path.length > 0) noted.add(String(event.path[0]))
        else for (const key of event.keys.keys()) noted.add(key)
      }
      schedule(writeAfterMs)
    }
    for (const table of projectedTables) projections[table].records(board).observeDeep(note(changed[table]))
    factsOf(board).observeDeep(note(changed.missions))
    return catchUp
  }

  return {
    // A task that is queued while we wait may queue a further one.
    async settled() {
      writeDue()
      for (let last; last !== work;) await (last = work)
    },
    written: (workspaceId) => writes.get(workspaceId) ?? 0,
    extension: {
      extensionName: 'board-projection',
      async afterLoadDocument({ document, documentName }) {
        const name = parseDocumentName(documentName)
        if (name?.kind !== 'board') return
        const follows = follow(document, name.id)
        // A board opens also while its tables cannot be written.
        const catchUp = () => enqueue(async () => {
          if (document.isDestroyed) return
          try {
            const differed = await follows()
            if (differed > 0) log.info({ document: documentName, rows: differed }, 'projection caught up')
          } catch (error) {
            setTimeout(catchUp, retryAfterMs).unref()
            throw error
          }
        })
        void catchUp()
      },
      async beforeUnloadDocument() {
        writeDue()
        await work
      },
    },
  }
}
