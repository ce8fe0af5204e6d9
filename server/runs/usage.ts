import { sql } from 'kysely'
import type { RunId } from '#lib/board/ids.ts'
import { theServer } from '../activity/happening.ts'
import { overBound, overMonth, usageOf, type Over } from './bounds.ts'
import { runColumns, type RunsContext } from './context.ts'
import type { End } from './end.ts'
import type { UsageAnswer, UsageReport } from './protocol.ts'

/** A worker that was told ends the run itself, with its last words in the log; one that goes on is stopped after so long. */
const mayLingerMs = 5_000

/** What runs use, turn by turn, and that they stop at their bounds. */
export function createUsage(context: RunsContext, end: End) {
  const { db, now } = context
  const told = new Map<RunId, Over & { attempt: number; at: number }>()

  const stop = (id: RunId, { code, reason, attempt }: Over & { attempt: number }) => {
    told.delete(id)
    return end(id, { state: 'failed', code, reason }, { attempt, by: theServer })
  }

  return {
    /** Adds what was used since the last report. `null` once the lease is over. */
    async report(runId: RunId, attempt: number, { model, turns, inputTokens, outputTokens, micros }: UsageReport): Promise<UsageAnswer | null> {
      const row = await db.updateTable('runs').set({
        turns: sql`turns + ${turns}`, input_tokens: sql`input_tokens + ${inputTokens}`, output_tokens: sql`output_tokens + ${outputTokens}`,
        ...micros !== null && { micros: sql`coalesce(micros, 0) + ${micros}` }, ...model && { model },
      }).where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').returning(runColumns).executeTakeFirst()
      if (!row) return null
      const staff = await db.selectFrom('staff').selectAll().where('id', '=', row.staff_id).executeTakeFirstOrThrow()
      const used = usageOf(row)
      const over = overBound(used, staff) ?? await overMonth(db, staff, now())
      if (over && told.has(runId)) await stop(runId, { ...over, attempt })
      else if (over) told.set(runId, { ...over, attempt, at: now() })
      await context.publish(runId)
      return { used, over }
    },

    /** Ends the runs that went on beyond a bound. */
    async stopOver() {
      for (const [id, over] of told) if (now() - over.at > mayLingerMs) await stop(id, over)
    },
  }
}
