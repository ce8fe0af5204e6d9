import type { Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import { factsOf, missionsOf, projectsOf } from '#lib/board/board-document.ts'
import type { MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { missionRow, projectRow, rebuildProjection, writeMission, writeProject, type MissionRow } from '../store/projection.ts'
import type { SyncContext } from './authenticate.ts'

/** A mission changed; `null` is a mission that does not exist. */
export type MissionChanged = (workspaceId: WorkspaceId, before: MissionRow | null, after: MissionRow | null) => void

export type BoardProjection = {
  extension: Extension<SyncContext>
  /** Resolves when the tables say what the loaded board documents say. */
  settled(): Promise<void>
}

/** Keeps the tables `missions` and `projects` in step with the board documents that are loaded. */
export function projectBoards({ db, log, onMissionChanged }: {
  db: Database
  log: Log
  onMissionChanged: MissionChanged
}): BoardProjection {
  let work: Promise<void> = Promise.resolve()
  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch((error: unknown) => log.error({ err: error }, 'projection failed'))
    return work
  }

  function follow(board: Y.Doc, workspaceId: WorkspaceId) {
    const missions = new Set<string>()
    const projects = new Set<string>()
    const write = async () => {
      const [changedMissions, changedProjects] = [[...missions], [...projects]]
      missions.clear()
      projects.clear()
      for (const id of changedMissions as MissionId[]) {
        const before = await db.selectFrom('missions').selectAll().where('id', '=', id).executeTakeFirst() ?? null
        const after = missionRow(board, workspaceId, id)
        if (before && before.workspace_id !== workspaceId) continue
        if (after) await writeMission(db, after)
        else await db.deleteFrom('missions').where('id', '=', id).execute()
        onMissionChanged(workspaceId, before, after)
      }
      for (const id of changedProjects as ProjectId[]) {
        const row = projectRow(board, workspaceId, id)
        if (row) await writeProject(db, row)
        else await db.deleteFrom('projects').where('id', '=', id).where('workspace_id', '=', workspaceId).execute()
      }
    }
    const note = (changed: Set<string>) => (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      const idle = missions.size + projects.size === 0
      for (const event of events) {
        if (event.path.length > 0) changed.add(String(event.path[0]))
        else for (const key of event.keys.keys()) changed.add(key)
      }
      if (idle && missions.size + projects.size > 0) void enqueue(write)
    }
    missionsOf(board).observeDeep(note(missions))
    factsOf(board).observeDeep(note(missions))
    projectsOf(board).observeDeep(note(projects))
  }

  return {
    // A task that is queued while we wait may queue a further one.
    async settled() {
      for (let last; last !== work;) await (last = work)
    },
    extension: {
      extensionName: 'board-projection',
      async afterLoadDocument({ document, documentName }) {
        const name = parseDocumentName(documentName)
        if (name?.kind !== 'board') return
        await enqueue(async () => {
          const differed = await rebuildProjection(db, document, name.id)
          if (differed > 0) log.info({ document: documentName, rows: differed }, 'projection caught up')
        })
        follow(document, name.id)
      },
      async beforeUnloadDocument() {
        await work
      },
    },
  }
}
