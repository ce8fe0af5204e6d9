import { sql } from 'kysely'
import type { RunId } from '#lib/board/ids.ts'
import type { RunCode } from '#lib/board/run-record.ts'
import type { Happening } from '../activity/happening.ts'
import { activeStates, runColumns, type RunRow, type RunsContext } from './context.ts'

/** How a run ends. `code` is '' for what went well, and for nothing else. */
export type Ending =
  | { state: 'succeeded'; summary: string }
  | { state: 'failed' | 'cancelled'; code: Exclude<RunCode, ''>; reason: string }

/** Time that a holder spent on a run counts when the lease ends, however it ends. */
export const workedUntil = (at: number) => sql<number>`working_ms + case when state = 'running' and claimed_at is not null then max(0, ${at} - claimed_at) else 0 end`

/** Ends active runs. */
export function createEnd(context: RunsContext) {
  const { db, now, held, log } = context

  /** Ends a run and takes it away from whoever holds it; nothing happens to one that has ended. `by` the staff member, unless said. */
  async function end(id: RunId, ending: Ending, { attempt, by }: { attempt?: number; by?: Happening['actor'] } = {}): Promise<RunRow | null> {
    const at = now()
    const fields = ending.state === 'succeeded' ? { summary: ending.summary, reason: '', code: '' as const } : { reason: ending.reason, code: ending.code }
    let query = db.updateTable('runs')
      .set({ state: ending.state, ...fields, ended_at: at, lease_hash: null, lease_until: null, working_ms: workedUntil(at) })
      .where('id', '=', id).where('state', 'in', activeStates)
    if (attempt !== undefined) query = query.where('attempt', '=', attempt)
    const row = await query.returning(runColumns).executeTakeFirst()
    if (!row) return null
    held.delete(id)
    context.onLeaseEnded(row.workspace_id)
    log.info({ run: id, state: row.state, code: row.code, reason: row.reason }, 'run ended')
    context.note(row, `run.${ending.state}`, by ?? { kind: 'staff', id: row.staff_id }, {
      ...by && { staff: { id: row.staff_id, name: await context.staffName(row.staff_id) } }, ...ending.state !== 'succeeded' && { reason: ending.reason },
    })
    await context.publish(id)
    await context.handsChanged(row.staff_id)
    return row
  }
  return end
}

export type End = ReturnType<typeof createEnd>
