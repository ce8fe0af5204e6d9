import type { ActorId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { statusNames, type Facts, type Member } from '#lib/board/mission.ts'
import { formerRole } from '../auth/directory.ts'
import type { Database } from '../store/database.ts'
import type { BoardLine } from './coo-engine.ts'
import type { IntakeRequest } from './intake.ts'

const mostMissions = 5_000

/** What the COO knows of a workspace: who is there, its projects and its board. */
export async function knowledgeOf(db: Database, members: ReadonlyMap<ActorId, Member>, workspaceId: WorkspaceId) {
  const everybody = [...members.values()].filter(({ role }) => role !== formerRole)
  const projects = await db.selectFrom('projects').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).orderBy('name').execute()
  const rows = await db.selectFrom('missions').selectAll().where('workspace_id', '=', workspaceId).where('archived_at', 'is', null)
    .orderBy('created_at', 'desc').limit(mostMissions).execute()
  const nameOf = new Map<string, string>([...everybody, ...projects].map(({ id, name }) => [id, name]))
  const board = rows.reverse().map((row): BoardLine => {
    const { run } = JSON.parse(row.facts) as Partial<Facts>
    return {
      reference: `missions://mission/${row.id}`, title: row.title, status: statusNames[row.status], assignee: nameOf.get(row.assignee_id ?? '') ?? '', project: nameOf.get(row.project_id ?? '') ?? '',
      dueOn: row.due_on, run: run?.state ?? '', runLine: run?.line ?? '', since: run?.since ?? row.created_at,
    }
  })
  return {
    board,
    people: everybody.filter(({ kind }) => kind === 'person').map(({ id, name }) => ({ id, name })),
    staff: everybody.filter(({ kind }) => kind === 'staff').map(({ id, name, role }) => ({ id, name, role })),
    projects: projects as { id: ProjectId; name: string }[],
    missions: rows.map(({ id, title, status }) => ({ id: id as MissionId, title, status })),
  } satisfies Pick<IntakeRequest, 'people' | 'staff' | 'projects' | 'missions'> & { board: BoardLine[] }
}
