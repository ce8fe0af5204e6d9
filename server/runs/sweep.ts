import { sql } from 'kysely'
import type { RunId } from '#lib/board/ids.ts'
import { theServer } from '../activity/happening.ts'
import { activeStates, runColumns, type Of, type RunRow, type RunsContext } from './context.ts'
import { workedUntil, type End } from './end.ts'

/** Workers that may be lost over one run before it is given up. */
const mostLosses = 3

/** What nobody asks for, and time brings: leases that run out, runs that take too long, runs that nobody wants any more. */
export function createSweep(context: RunsContext, end: End) {
  const { db, now, held, log } = context

  async function endUnwanted() {
    const rows = await db.selectFrom('runs').innerJoin('workspaces', 'workspaces.id', 'runs.workspace_id').select('runs.id')
      .where('state', 'in', activeStates).where('deleted_at', 'is not', null).execute()
    for (const { id } of rows) await end(id, { state: 'cancelled', code: 'mission_over', reason: 'The workspace was deleted.' }, { by: theServer })
  }

  async function endLate() {
    const rows = await db.selectFrom('runs').innerJoin('staff', 'staff.id', 'runs.staff_id').select(['runs.id', 'runs.attempt', 'staff.name', 'staff.most_minutes'])
      .where('state', '=', 'running').where(sql<boolean>`working_ms + ${now()} - coalesce(claimed_at, ${now()}) > most_minutes * 60000`).execute()
    for (const { id, attempt, name, most_minutes: minutes } of rows) {
      const reason = `It was at work for ${minutes} minute${minutes === 1 ? '' : 's'}, the most that ${name} may take for a run.`
      await end(id, { state: 'failed', code: 'minutes', reason }, { attempt, by: theServer })
    }
  }

  const backInQueue = () => ({ state: 'queued' as const, lease_hash: null, lease_until: null, working_ms: workedUntil(now()) })

  async function tellBack(row: Of) {
    held.delete(row.id)
    context.onLeaseEnded(row.workspace_id)
    await context.publish(row.id)
    context.queued()
    await context.handsChanged(row.staff_id)
  }

  async function requeue(row: RunRow & { goesOn: number }) {
    const losses = row.losses + 1
    if (losses >= mostLosses) {
      const reason = `Its worker was lost ${mostLosses} times. Retry when the worker is well again.`
      await db.updateTable('runs').set({ losses }).where('id', '=', row.id).where('attempt', '=', row.attempt).execute()
      await end(row.id, { state: 'failed', code: 'worker_lost', reason }, { attempt: row.attempt, by: theServer })
      return
    }
    const goesOn = row.goesOn ? 'it goes on where it was' : 'it starts again'
    const requeued = await db.updateTable('runs')
      .set({ ...backInQueue(), losses, reason: `Attempt ${row.attempt} lost its worker; ${goesOn}.` })
      .where('id', '=', row.id).where('state', '=', 'running').where('attempt', '=', row.attempt).where('lease_until', '<=', now()).returning('id').executeTakeFirst()
    if (!requeued) return
    log.warn({ run: row.id, attempt: row.attempt, worker: row.worker, losses }, 'lease expired')
    await tellBack(row)
  }

  async function sweep() {
    await endUnwanted()
    await endLate()
    for (const row of await db.selectFrom('runs').select(runColumns).select(sql<number>`checkpoint is not null`.as('goesOn')).where('state', '=', 'running').where('lease_until', '<=', now()).execute()) await requeue(row)
  }

  return {
    sweep,

    /** Runs whose worker was this process: it is gone, whatever their leases say. */
    async releaseOf(worker: string) {
      await db.updateTable('runs').set({ lease_until: 0 }).where('worker', '=', worker).where('state', '=', 'running').execute()
      await sweep()
    },

    /** As `releaseOf`, of a worker that was stopped on purpose: nothing was lost, and its runs go on after the next start. */
    async handBack(worker: string) {
      const rows = await db.updateTable('runs').set({ ...backInQueue(), reason: 'The server was restarted.' })
        .where('worker', '=', worker).where('state', '=', 'running').returning('id').execute()
      for (const { id } of rows) held.delete(id)
    },

    /** A worker that stops gives its run back. False once the lease is over. */
    async release(runId: RunId, attempt: number): Promise<boolean> {
      const row = await db.updateTable('runs').set({ ...backInQueue(), reason: 'Its worker was stopped; the next one goes on.' })
        .where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').returning(runColumns).executeTakeFirst()
      if (row) await tellBack(row)
      return row !== undefined
    },
  }
}
