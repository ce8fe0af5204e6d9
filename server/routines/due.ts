import type { Insertable, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { FiringId, MissionId } from '#lib/board/ids.ts'
import { routineLimits, type FiringCause, type FiringState, type Missed } from '#lib/routines/routine.ts'
import { nextTime } from '#lib/routines/schedule.ts'
import { newId } from '../new-id.ts'
import { nextTurn } from '../next-turn.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { planAfter, triggerOf, type RoutineRow } from './routine-row.ts'

/** What begins so much later than it should was missed: the server was not there. */
const lateMs = 2 * 60_000
/** A clock that says so much less than before was set back. */
const setBackMs = 60_000
const atOnce = 50
/** Of a long downtime, so many times are looked at one by one; those between are estimated. */
const mostCounted = 500

type NewFiring = Pick<Insertable<Tables['routine_firings']>, 'key' | 'cause' | 'due_at'> & Partial<Insertable<Tables['routine_firings']>>

export const firingValues = (row: Pick<RoutineRow, 'id' | 'workspace_id'>, at: number, firing: NewFiring): Insertable<Tables['routine_firings']> => ({
  id: newId<FiringId>(), routine_id: row.id, workspace_id: row.workspace_id, state: 'due', count: 1, mission_id: newId<MissionId>(), run_id: null, about: null,
  payload: '', chain: '[]', by: null, reason: '', created_at: at, started_at: null, ended_at: firing.state === 'skipped' ? at : null, tries: 0, try_at: null, ...firing,
})

const hasOpen = async (on: Database | Transaction<Tables>, { id }: Pick<RoutineRow, 'id'>) =>
  await on.selectFrom('routine_firings').select('id').where('routine_id', '=', id).where('state', 'in', ['due', 'running']).limit(1).executeTakeFirst() !== undefined

/** The times from the first to now, oldest first; of very many the first and the last ones, and about how many there were. */
function timesUntil(row: RoutineRow, now: number): { times: number[]; count: number } {
  const trigger = triggerOf(row)
  if (trigger.kind !== 'schedule' || row.next_at === null) return { times: [], count: 0 }
  const times: number[] = []
  let count = 0
  for (let at: number | null = row.next_at; at !== null && at <= now; at = nextTime(trigger, at)) {
    times.push(at)
    count += 1
    if (times.length !== mostCounted) continue
    const apart = (at - times[0]!) / (mostCounted - 1)
    const from = now - apart * routineLimits.missed * 4
    if (from > at) {
      count += Math.floor((from - at) / apart)
      at = from
    }
  }
  return { times, count }
}

type Judged = { time: number; cause: FiringCause; state: FiringState; reason: string; count: number }

const leftOut: Record<Missed, string> = {
  once: 'The server was not running; one time makes up for all that were missed.',
  skip: 'The server was not running, and what is missed is left out.',
  all: `The server was not running; of the times that were missed the newest ${routineLimits.missed} are made up for.`,
}

/** What becomes of the times that are due, by what was chosen for those that nobody was there for. */
function judge(row: RoutineRow, now: number): Judged[] {
  const { times, count } = timesUntil(row, now)
  const delay = (row.fire_at ?? 0) - (row.next_at ?? 0)
  const isLate = (time: number) => now - time - delay > lateMs
  const late = times.filter(isLate)
  const begun = late.length === 0 ? times : row.missed === 'all' ? times.slice(-routineLimits.missed) : row.missed === 'once' ? times.slice(-1) : times.slice(late.length)
  const left = times.slice(0, times.length - begun.length)
  return [
    ...left.length > 0 ? [{ time: left.at(-1)!, cause: 'missed', state: 'skipped', reason: leftOut[row.missed], count: count - begun.length } satisfies Judged] : [],
    ...begun.map((time): Judged => ({ time, cause: isLate(time) ? 'missed' : 'schedule', state: 'due', reason: '', count: 1 })),
  ]
}

/**
 * Takes what is due on schedules: in one transaction the times are written down, each once, and the routine goes on to its next one. A crash comes
 * before or after that, so no time is taken twice and none is passed over.
 */
export function createDue({ db, now }: { db: Database; now: () => number }) {
  async function take({ id }: Pick<RoutineRow, 'id'>, at: number): Promise<number> {
    return await db.transaction().execute(async (transaction) => {
      const row = await transaction.updateTable('routines').set({ planned_at: at }).where('id', '=', id).where('enabled', '=', 1).where('deleted_at', 'is', null)
        .where('fire_at', '<=', at).returningAll().executeTakeFirst()
      if (!row) return 0
      const judged = judge(row, at)
      let taken = 0
      const catchesUp = judged.some(({ cause, state }) => cause === 'missed' && state === 'due')
      for (const { time, state, ...rest } of judged) {
        // Those that are made up for wait for one another.
        const overlaps = state === 'due' && !catchesUp && await hasOpen(transaction, row)
        const firing = { key: `at/${time}`, due_at: time, ...rest, ...overlaps ? { state: 'skipped' as const, reason: 'The one before was still at work.' } : { state } }
        const { numInsertedOrUpdatedRows: inserted } = await transaction.insertInto('routine_firings').values(firingValues(row, at, firing))
          .onConflict((conflict) => conflict.columns(['routine_id', 'key']).doNothing()).executeTakeFirst()
        taken += Number(inserted ?? 0)
      }
      await transaction.updateTable('routines').set(planAfter(row, Math.max(at, judged.at(-1)?.time ?? at), at)).where('id', '=', id).execute()
      return taken
    })
  }

  return {
    /** Answers how many were taken. */
    async takeDue(): Promise<number> {
      const at = now()
      // What was planned by a clock that was ahead is planned anew; a time that was taken then is not taken again.
      for (const row of await db.selectFrom('routines').selectAll().where('planned_at', '>', at + setBackMs).where('deleted_at', 'is', null).execute()) {
        await db.updateTable('routines').set(planAfter(row, at, at)).where('id', '=', row.id).where('planned_at', '=', row.planned_at).execute()
      }
      let taken = 0
      for (;;) {
        const rows = await db.selectFrom('routines').innerJoin('workspaces', 'workspaces.id', 'routines.workspace_id').select(['routines.id'])
          .where('fire_at', '<=', at).where('enabled', '=', 1).where('routines.deleted_at', 'is', null).where('workspaces.deleted_at', 'is', null).orderBy('fire_at').limit(atOnce).execute()
        for (const row of rows) taken += await take(row, at)
        if (rows.length < atOnce) return taken
        await nextTurn()
      }
    },

    /** When the next one is due; `null` where none is. */
    async nextDue(): Promise<number | null> {
      const { rows } = await sql<{ at: number | null }>`select min(fire_at) as at from routines where enabled = 1 and deleted_at is null`.execute(db)
      return rows[0]?.at ?? null
    },
  }
}
