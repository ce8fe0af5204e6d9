import type { ActorId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { responsibleFor } from '#lib/board/reviewers.ts'
import type { RoutineRow } from '../routines/routine-row.ts'
import { excerpt, type Reason } from './reason.ts'

type Ended = Pick<RoutineRow, 'id' | 'name' | 'created_by' | 'ended_at' | 'ended_why' | 'deleted_at'>

/** A routine that ended by itself waits for whoever made it; where they are gone, for the owners. */
export function routineReasons({ id, created_by: createdBy, ended_at: endedAt, ended_why: why, deleted_at: deletedAt }: Ended, members: ReadonlyMap<ActorId, Member>): Reason[] {
  if (endedAt === null || deletedAt !== null) return []
  const { people } = responsibleFor({ createdBy }, null, (someone) => members.get(someone) ?? null, [...members.values()])
  return people.map((userId): Reason => ({ userId, reason: `routine:${id}:${endedAt}`, kind: 'routine', missionId: null, docId: null, place: `routine/${id}`, by: null, words: excerpt(why) }))
}

export const whyRoutineSettled = (row: Pick<Ended, 'deleted_at'> | undefined) => (!row || row.deleted_at !== null ? 'The routine was deleted.' : 'It was switched on again.')
