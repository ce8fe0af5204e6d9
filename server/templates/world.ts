import type { ActorId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { World } from '#lib/templates/fill.ts'
import type { Database } from '../store/database.ts'

export type Members = (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>

/** By zone; to make one takes longer than all else that a question to the COO needs of its world. */
const days = new Map<string, Intl.DateTimeFormat>()

function dayFormat(zone: string): Intl.DateTimeFormat {
  const known = days.get(zone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
    days.set(zone, made)
    return made
  } catch {
    return dayFormat('UTC')
  }
}

/** The calendar day of a moment in a time zone; in UTC where there is no such zone. */
export const dayIn = (at: number, zone: string) => dayFormat(zone).format(at)

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
