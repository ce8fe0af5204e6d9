import type { Doc } from '#lib/board/doc.ts'
import type { Facts, Member, Mission, Project } from '#lib/board/mission.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor, Approvers } from '#lib/board/policy.ts'
import type { Auth } from './auth/auth.ts'
import type { Database } from './store/database.ts'

/** What a board's first picture is drawn from, before the live document is there. */
export type FirstPaint = {
  /** `stoppedAt`: since when no run of staff may begin; `null` while they may. `approvers`: who puts proposals onto the board. */
  workspace: { id: WorkspaceId; name: string; stoppedAt: number | null; approvers: Approvers }
  /** `timeZone`: `null` is the browser's. */
  me: { id: ActorId; name: string; kind: Actor['kind']; role: string; timeZone: string | null }
  missions: (Mission & { facts: Facts })[]
  /** Archived ones too: their missions stay. */
  projects: Project[]
  /** Deleted ones too: what stands under them is hidden with them. */
  docs: Doc[]
  directory: Member[]
  /** The workspaces that the person belongs to. */
  workspaces: { id: WorkspaceId; name: string }[]
}

/** Reads a board from its projection. */
export const firstPaint = ({ db, auth, settled }: { db: Database; auth: Auth; settled: () => Promise<void> }) =>
  async (actor: Actor): Promise<FirstPaint | null> => {
    await settled()
    const { workspaceId } = actor
    const workspace = await auth.workspace(workspaceId)
    if (!workspace) return null
    const missions = await db.selectFrom('missions').selectAll()
      .where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).orderBy('rank').orderBy('id').execute()
    const projects = await db.selectFrom('projects').selectAll()
      .where('workspace_id', '=', workspaceId).orderBy('name').execute()
    const docs = await db.selectFrom('docs').selectAll().where('workspace_id', '=', workspaceId).execute()
    const entries = Object.entries(await auth.directoryEntries(workspaceId))
    const stopped = await db.selectFrom('workspaces').select(['runs_stopped_at', 'approvers']).where('id', '=', workspaceId).executeTakeFirst()
    const memberships = await auth.membershipsOf(actor.id)
    return {
      workspace: { ...workspace, stoppedAt: stopped?.runs_stopped_at ?? null, approvers: stopped?.approvers ?? 'members' },
      me: { id: actor.id, name: actor.name, kind: actor.kind, role: actor.kind === 'person' ? actor.role : 'staff', timeZone: (await auth.profile(actor.id))?.timeZone ?? null },
      missions: missions.map((row) => ({
        id: row.id, title: row.title, status: row.status, rank: row.rank, projectId: row.project_id, assigneeId: row.assignee_id, reviewerId: row.reviewer_id,
        autoRun: row.auto_run === 1, priority: row.priority as Mission['priority'], labels: JSON.parse(row.labels) as string[], dueOn: row.due_on, blockedBy: JSON.parse(row.blocked_by) as MissionId[],
        createdBy: row.created_by, createdAt: row.created_at, archivedAt: row.archived_at, facts: JSON.parse(row.facts) as Facts,
      })),
      projects: projects.map(({ id, name, colour, archived_at }) => ({ id, name, colour, archivedAt: archived_at })),
      docs: docs.map((row) => ({
        id: row.id, title: row.title, projectId: row.project_id, parentId: row.parent_id, rank: row.rank,
        createdBy: row.created_by, createdAt: row.created_at, archivedAt: row.archived_at,
      })),
      directory: entries.map(([id, member]) => ({ id: id as ActorId, ...member })),
      workspaces: memberships.map(({ workspaceId: id, workspaceName: name }) => ({ id, name })),
    }
  }
