import { sql } from 'kysely'
import type { MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { readFiles, type MissionFile } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

export type MissionFiles = { mission: MissionId; title: string; files: MissionFile[] }

/** Of so many missions files are listed; those of others are found on the missions. */
const mostMissions = 100

export type Projects = {
  workspaceOf(project: ProjectId): Promise<WorkspaceId | null>
  /** When something last changed in each project: in its brief and docs, in its missions, by runs, or on the board. */
  lastChanges(workspace: WorkspaceId): Promise<{ id: ProjectId; changedAt: number | null }[]>
  /** The files of its missions on the board, those of the mission with the newest file first. */
  missionFiles(project: ProjectId): Promise<MissionFiles[]>
}

/** What a project's page shows beside what is on the board. */
export function createProjects({ db, documents, settled }: { db: Database; documents: Documents; settled: () => Promise<void> }): Projects {
  return {
    async workspaceOf(project) {
      await settled()
      return (await db.selectFrom('projects').select('workspace_id').where('id', '=', project).executeTakeFirst())?.workspace_id ?? null
    },

    async lastChanges(workspace) {
      await settled()
      const { rows } = await sql<{ id: ProjectId; changedAt: number | null }>`
        with texts as (
          select id as project, 'doc/' || id as doc, 0 as at from projects where workspace_id = ${workspace}
          union all select project_id, 'doc/' || id, created_at from docs where workspace_id = ${workspace} and project_id is not null
          union all select project_id, 'mission/' || id, created_at from missions where workspace_id = ${workspace} and project_id is not null
        ), changes as (
          select project, at from texts
          union all select project, (select max(u.at) from updates u where u.doc = texts.doc) from texts
          union all select project, (select s.at from snapshots s where s.doc = texts.doc) from texts
          union all select m.project_id, max(r.created_at, coalesce(r.started_at, 0), coalesce(r.ended_at, 0)) from runs r join missions m on m.id = r.mission_id
            where r.workspace_id = ${workspace} and m.project_id is not null
          union all select project_id, max(until) from activity where workspace_id = ${workspace} and project_id is not null group by project_id
        )
        select p.id, nullif((select max(c.at) from changes c where c.project = p.id), 0) as changedAt from projects p where p.workspace_id = ${workspace}`.execute(db)
      return rows
    },

    async missionFiles(project) {
      await settled()
      const missions = await db.selectFrom('files')
        .innerJoin('missions', 'missions.id', 'files.mission_id')
        .select(['missions.id as mission', 'missions.title as title'])
        .where('missions.project_id', '=', project).where('missions.archived_at', 'is', null)
        .whereRef('missions.workspace_id', '=', 'files.workspace_id').where('files.deleted_at', 'is', null)
        .groupBy(['missions.id', 'missions.title']).orderBy((eb) => eb.fn.max('files.created_at'), 'desc').orderBy('missions.id')
        .limit(mostMissions).execute()
      // As everybody who has the mission open sees them.
      return Promise.all(missions.map(async ({ mission, title }) => ({ mission, title, files: await documents.read(missionDocument(mission), readFiles) })))
    },
  }
}
