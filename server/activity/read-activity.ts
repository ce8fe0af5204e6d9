import { sql, type Selectable, type SelectQueryBuilder } from 'kysely'
import { activityKinds, groupOf, type ActivityGroup, type Entry } from '#lib/activity/entry.ts'
import type { ActorId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { entryOf } from './write-down.ts'

/** What of the record is asked for; everything that is left out counts. Times: epoch milliseconds, `to` not included. */
export type Filter = {
  /** The id of a person or staff member, or a kind of doer that has no id. */
  actor?: string
  groups?: readonly ActivityGroup[]
  missionId?: MissionId
  projectId?: ProjectId
  subjectId?: string
  from?: number
  to?: number
}

/** Newest first. `next`: the cursor of the page after this one, `null` on the last. `seq`: the newest change of the whole record of the workspace. */
export type Page = { entries: Entry[]; next: number | null; seq: number }

export type Read = {
  page(workspaceId: WorkspaceId, filter: Filter, options: { before?: number | null; limit: number }): Promise<Page>
  /** What is new or was extended after `seq`, newest first; `more`: there is more of it than this, and who wants it all reads anew. */
  news(workspaceId: WorkspaceId, filter: Filter, options: { since: number; limit: number }): Promise<{ entries: Entry[]; more: boolean; seq: number }>
}

type Query = SelectQueryBuilder<Tables, 'activity', Selectable<Tables['activity']>>

function matching(db: Database, workspaceId: WorkspaceId, { actor, groups, missionId, projectId, subjectId, from, to }: Filter): Query {
  let query: Query = db.selectFrom('activity').selectAll().where('workspace_id', '=', workspaceId)
  if (actor === 'administrator' || actor === 'server') query = query.where('actor_kind', '=', actor)
  else if (actor !== undefined) query = query.where('actor_id', '=', actor as ActorId)
  if (groups) query = query.where('kind', 'in', activityKinds.filter((kind) => groups.includes(groupOf(kind))))
  if (missionId !== undefined) query = query.where('mission_id', '=', missionId)
  if (projectId !== undefined) query = query.where('project_id', '=', projectId)
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  if (from !== undefined) query = query.where('until', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  return query
}

export function readActivity(db: Database): Read {
  const newestSeq = async (workspaceId: WorkspaceId) =>
    (await db.selectFrom('activity').select(sql<number | null>`max(seq)`.as('seq')).where('workspace_id', '=', workspaceId).executeTakeFirst())?.seq ?? 0

  return {
    async page(workspaceId, filter, { before, limit }) {
      // Before the page: what comes between is then news.
      const seq = await newestSeq(workspaceId)
      const rows = await matching(db, workspaceId, filter).$if(before != null, (query) => query.where('id', '<', before!)).orderBy('id', 'desc').limit(limit + 1).execute()
      return { entries: rows.slice(0, limit).map(entryOf), next: rows.length > limit ? rows[limit - 1]!.id : null, seq }
    },
    async news(workspaceId, filter, { since, limit }) {
      const seq = await newestSeq(workspaceId)
      const rows = await matching(db, workspaceId, filter).where('seq', '>', since).orderBy('seq', 'desc').limit(limit + 1).execute()
      return { entries: rows.slice(0, limit).map(entryOf).sort((a, b) => b.id - a.id), more: rows.length > limit, seq }
    },
  }
}
