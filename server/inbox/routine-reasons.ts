import type { ActorId, RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { responsibleFor } from '#lib/board/reviewers.ts'
import type { RoutineRow } from '../routines/routine-row.ts'
import type { Database } from '../store/database.ts'
import type { KeepReasons } from './keep-reasons.ts'
import { excerpt, type Reason } from './reason.ts'

type Ended = Pick<RoutineRow, 'id' | 'name' | 'created_by' | 'ended_at' | 'ended_why' | 'deleted_at'>
type Members = ReadonlyMap<ActorId, Member>

/** A routine that ended by itself waits for whoever made it; where they are gone, for the owners. */
function routineReasons({ id, created_by: createdBy, ended_at: endedAt, ended_why: why, deleted_at: deletedAt }: Ended, members: Members): Reason[] {
  if (endedAt === null || deletedAt !== null) return []
  const { people } = responsibleFor({ createdBy }, null, (someone) => members.get(someone) ?? null, [...members.values()])
  return people.map((userId): Reason => ({ userId, reason: `routine:${id}:${endedAt}`, kind: 'routine', missionId: null, docId: null, place: `routine/${id}`, by: null, words: excerpt(why) }))
}

const whySettled = (row: Pick<Ended, 'deleted_at'> | undefined) => (!row || row.deleted_at !== null ? 'The routine was deleted.' : 'It was switched on again.')

/** What routines give people to do. */
export function createRoutineReader({ db, members, keep }: { db: Database; members: (workspaceId: WorkspaceId) => Promise<Members>; keep: KeepReasons }) {
  async function read(workspaceId: WorkspaceId, ids: readonly RoutineId[]) {
    if (ids.length === 0) return
    const rows = await db.selectFrom('routines').select(['id', 'name', 'created_by', 'ended_at', 'ended_why', 'deleted_at']).where('id', 'in', ids).execute()
    const everybody = await members(workspaceId)
    await keep({
      workspaceId, reasons: rows.flatMap((row) => routineReasons(row, everybody)), source: ({ place }) => place, sources: ids.map((id) => `routine/${id}`),
      why: async ({ place }) => whySettled(rows.find(({ id }) => `routine/${id}` === place)),
    })
  }

  return {
    read,
    /** Those that ended, of a workspace or of all. */
    async readEnded(workspaceId?: WorkspaceId) {
      const rows = await db.selectFrom('routines').select(['id', 'workspace_id']).where('ended_at', 'is not', null)
        .$if(workspaceId !== undefined, (query) => query.where('workspace_id', '=', workspaceId!)).execute()
      for (const [place, routines] of Map.groupBy(rows, (row) => row.workspace_id)) await read(place, routines.map(({ id }) => id))
    },
  }
}
