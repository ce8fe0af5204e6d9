import type { ActorId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { World } from '#lib/templates/fill.ts'
import type { Database } from '../store/database.ts'

export type Members = (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>

const isZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** The calendar day of a moment in a time zone; in UTC where there is no such zone. */
export const dayIn = (at: number, zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: isZone(zone) ? zone : 'UTC', dateStyle: 'short' }).format(at)

/** Whom and what a template of this workspace can be filled in with, and what day it is for whoever uses it. */
export async function worldOf({ db, members, settled }: { db: Database; members: Members; settled: () => Promise<void> }, workspaceId: WorkspaceId, me: ActorId | null, today: string): Promise<World> {
  await settled()
  const everybody = await members(workspaceId)
  const projects = new Map((await db.selectFrom('projects').select(['id', 'name', 'archived_at']).where('workspace_id', '=', workspaceId).execute()).map((row) => [row.id, row]))
  return {
    today, me,
    member: (id) => everybody.get(id as ActorId) ?? null,
    project(id) {
      const row = projects.get(id as ProjectId)
      return row ? { name: row.name, archivedAt: row.archived_at } : null
    },
  }
}
