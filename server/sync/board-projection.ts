import type { Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import { docsOf, factsOf, missionsOf, projectsOf } from '#lib/board/board-document.ts'
import type { DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { docRow, missionRow, projectBoard, projectRow, rebuildProjection, writeRow, type MissionRow } from '../store/projection.ts'
import type { SyncContext } from './authenticate.ts'

/** A mission changed; `null` is a mission that does not exist. */
export type MissionChanged = (workspaceId: WorkspaceId, before: MissionRow | null, after: MissionRow | null) => void

const writeAfterMs = 100
const retryAfterMs = 1_000

export type BoardProjection = {
  extension: Extension<SyncContext>
  /** Resolves when the tables say what the loaded board documents say. */
  settled(): Promise<void>
}

/** Keeps the tables `missions`, `projects` and `docs` in step with the board documents that are loaded. */
export function projectBoards({ db, log, onMissionChanged, onTextProjected }: {
  db: Database
  log: Log
  onMissionChanged: MissionChanged
  /** A doc, or a project with its brief, changed on the board, or is not there any more. */
  onTextProjected: (id: DocId | ProjectId, isThere: boolean) => void
}): BoardProjection {
  let work: Promise<void> = Promise.resolve()
  const due = new Set<() => Promise<void>>()
  const writeDue = () => due.forEach((write) => void write())
  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch((error: unknown) => log.error({ err: error }, 'projection failed'))
    return work
  }

  function follow(board: Y.Doc, workspaceId: WorkspaceId) {
    const missions = new Set<MissionId>()
    const projects = new Set<ProjectId>()
    const docs = new Set<DocId>()
    /** The missions as the table has them. */
    const written = new Map(projectBoard(board, workspaceId).missions.map((row) => [row.id, row]))

    async function write() {
      const changedMissions = [...missions].map((id) => ({ id, row: missionRow(board, workspaceId, id) }))
      const changedProjects = [...projects].map((id) => ({ id, row: projectRow(board, workspaceId, id) }))
      const changedDocs = [...docs].map((id) => ({ id, row: docRow(board, workspaceId, id) }))
      const foreign = new Set<MissionId>()
      await db.transaction().execute(async (transaction) => {
        for (const { id, row } of changedMissions) {
          if (row && !await writeRow(transaction, 'missions', row)) foreign.add(id)
          if (!row) await transaction.deleteFrom('missions').where('id', '=', id).where('workspace_id', '=', workspaceId).execute()
        }
        for (const { id, row } of changedProjects) {
          if (row) await writeRow(transaction, 'projects', row)
          else await transaction.deleteFrom('projects').where('id', '=', id).where('workspace_id', '=', workspaceId).execute()
        }
        for (const { id, row } of changedDocs) {
          if (row) await writeRow(transaction, 'docs', row)
          else await transaction.deleteFrom('docs').where('id', '=', id).where('workspace_id', '=', workspaceId).execute()
        }
      })
      for (const { id } of changedMissions) missions.delete(id)
      for (const { id } of changedProjects) projects.delete(id)
      for (const { id } of changedDocs) docs.delete(id)
      for (const { id, row } of [...changedProjects, ...changedDocs]) onTextProjected(id, row !== null)
      for (const { id, row } of changedMissions) {
        if (foreign.has(id)) continue
        const before = written.get(id) ?? null
        if (row) written.set(id, row)
        else written.delete(id)
        onMissionChanged(workspaceId, before, row)
      }
    }
    // Later, and several edits at once: whoever sees the edit should not wait for a table that nobody may read.
    let timer: NodeJS.Timeout | undefined
    const writeNow = async () => {
      clearTimeout(timer)
      timer = undefined
      due.delete(writeNow)
      await enqueue(write)
      if (missions.size + projects.size + docs.size > 0) schedule(retryAfterMs)
    }
    const schedule = (ms: number) => {
      if (timer) return
      due.add(writeNow)
      timer = setTimeout(() => void writeNow(), ms)
    }
    const note = <Id extends string>(changed: Set<Id>) => (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event.path.length > 0) changed.add(String(event.path[0]) as Id)
        else for (const key of event.keys.keys()) changed.add(key as Id)
      }
      schedule(writeAfterMs)
    }
    missionsOf(board).observeDeep(note(missions))
    factsOf(board).observeDeep(note(missions))
    projectsOf(board).observeDeep(note(projects))
    docsOf(board).observeDeep(note(docs))
  }

  return {
    // A task that is queued while we wait may queue a further one.
    async settled() {
      writeDue()
      for (let last; last !== work;) await (last = work)
    },
    extension: {
      extensionName: 'board-projection',
      async afterLoadDocument({ document, documentName }) {
        const name = parseDocumentName(documentName)
        if (name?.kind !== 'board') return
        // What was acknowledged just before a crash is followed now. A board opens also while its tables cannot be written.
        const catchUp = () => enqueue(async () => {
          if (document.isDestroyed) return
          try {
            const differed = await rebuildProjection(db, document, name.id, (before, after) => onMissionChanged(name.id, before, after))
            if (differed > 0) log.info({ document: documentName, rows: differed }, 'projection caught up')
          } catch (error) {
            setTimeout(catchUp, retryAfterMs).unref()
            throw error
          }
        })
        void catchUp()
        follow(document, name.id)
      },
      async beforeUnloadDocument() {
        writeDue()
        await work
      },
    },
  }
}
