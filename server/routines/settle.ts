import type { Updateable } from 'kysely'
import type { ActorId, FiringId, RunId } from '#lib/board/ids.ts'
import type { RunState } from '#lib/board/mission.ts'
import { isActive } from '#lib/board/mission.ts'
import { theServer, type Happening } from '../activity/happening.ts'
import { routineAuthor } from '../runs/start.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { unplanned, type FiringRow, type RoutineRow } from './routine-row.ts'

export type Ending = { state: 'succeeded' } | { state: 'failed'; reason: string; /** It cannot begin again unless a person changes something. */ final?: boolean } | { state: 'cancelled' | 'skipped'; reason: string }

/** Brings firings to their end, each once, and ends a routine that fails too often. */
export function createSettle({ db, now, record, changed, endedRoutine }: {
  db: Database
  now: () => number
  record: (happening: Happening) => void
  changed: (routine: RoutineRow) => void
  /** It ended, or was switched on again: somebody is to be told. */
  endedRoutine: (routine: RoutineRow) => void
}) {
  const note = (routine: RoutineRow, kind: Happening['kind'], firing: FiringRow, reason = '') => record({
    workspaceId: routine.workspace_id, kind, actor: kind === 'routine.ended' ? theServer : routineAuthor(routine.name), subject: { kind: 'routine', id: routine.id, name: routine.name },
    projectId: routine.project_id, runId: firing.run_id, details: reason ? { reason } : {}, topic: null,
  })

  return async (id: FiringId, ending: Ending): Promise<void> => {
    const at = now()
    const reason = ending.state === 'succeeded' ? '' : ending.reason
    const outcome = await db.transaction().execute(async (transaction) => {
      const firing = await transaction.updateTable('routine_firings').set({ state: ending.state, reason, ended_at: at, try_at: null })
        .where('id', '=', id).where('state', 'in', ['due', 'running', 'delivering']).returningAll().executeTakeFirst()
      if (!firing) return null
      const routine = await transaction.selectFrom('routines').selectAll().where('id', '=', firing.routine_id).executeTakeFirstOrThrow()
      const values: Updateable<Tables['routines']> = {}
      if (ending.state === 'succeeded') values.failures = 0
      if (ending.state === 'failed') {
        values.failures = routine.failures + 1
        if (routine.enabled === 1 && (ending.final || values.failures >= routine.end_after)) {
          const why = ending.final ? reason : `${values.failures === 1 ? 'It failed' : `It failed ${values.failures} times in a row`}, the last time with: ${reason}`
          Object.assign(values, { enabled: 0, ended_at: at, ended_why: why, ...unplanned })
        }
      }
      const after = Object.keys(values).length === 0 ? routine
        : await transaction.updateTable('routines').set(values).where('id', '=', routine.id).returningAll().executeTakeFirstOrThrow()
      return { firing, before: routine, after }
    })
    if (!outcome) return
    const { firing, before, after } = outcome
    if (ending.state === 'succeeded') note(after, 'routine.ran', firing)
    if (ending.state === 'failed') note(after, 'routine.failed', firing, reason)
    if (before.ended_at !== after.ended_at) {
      note(after, 'routine.ended', firing, after.ended_why)
      endedRoutine(after)
    }
    changed(after)
  }
}

export type Settle = ReturnType<typeof createSettle>

export type RunEnded = { id: RunId; staffId: ActorId; state: RunState; summary: string; reason: string }

/** The newest run of what a firing made; `null` while one is under way, or where there is none. */
export async function endedRunOf(db: Database, { mission_id: missionId }: Pick<FiringRow, 'mission_id'>): Promise<RunEnded | null> {
  const row = await db.selectFrom('runs').select(['id', 'staff_id', 'state', 'summary', 'reason']).where('mission_id', '=', missionId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row && !isActive(row.state) ? { id: row.id, staffId: row.staff_id, state: row.state, summary: row.summary, reason: row.reason } : null
}
