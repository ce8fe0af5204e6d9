import { sql } from 'kysely'
import type { ActorId } from '#lib/board/ids.ts'
import type { RunCode, Usage } from '#lib/board/run-record.ts'
import { counted } from '#lib/wording.ts'
import { beginOfMonth } from '../staff/month.ts'
import type { Database } from '../store/database.ts'
import type { RunRow, StaffRow } from './context.ts'

export type Over = { code: Extract<RunCode, 'turns' | 'tokens' | 'money' | 'month_money'>; reason: string }
type PerRun = Pick<StaffRow, 'name' | 'most_turns' | 'most_tokens' | 'most_micros'>
type PerMonth = Pick<StaffRow, 'id' | 'name' | 'month_runs' | 'month_micros'>

const count = (value: number) => value.toLocaleString('en')
export const dollars = (micros: number) => `$${(micros / 1_000_000).toFixed(2)}`

const monthName = (at: number) => new Date(at).toLocaleDateString('en', { month: 'long', timeZone: 'UTC' })

export const usageOf = (row: Pick<RunRow, 'turns' | 'input_tokens' | 'output_tokens' | 'micros'>): Usage =>
  ({ turns: row.turns, inputTokens: row.input_tokens, outputTokens: row.output_tokens, micros: row.micros })

/** Runs of a staff member that were made in this month, and what they cost. */
async function monthUse(db: Database, staffId: ActorId, at: number): Promise<{ runs: number; micros: number }> {
  const row = await db.selectFrom('runs').select([sql<number>`count(*)`.as('runs'), sql<number>`coalesce(sum(micros), 0)`.as('micros')])
    .where('staff_id', '=', staffId).where('created_at', '>=', beginOfMonth(at)).executeTakeFirst()
  return { runs: Number(row?.runs ?? 0), micros: Number(row?.micros ?? 0) }
}

/** Which bound of a run is reached, so that it may take no further turn. */
export function overBound(used: Usage, { name, most_turns, most_tokens, most_micros }: PerRun): Over | null {
  const tokens = used.inputTokens + used.outputTokens
  if (used.turns >= most_turns) return { code: 'turns', reason: `It took ${counted(used.turns, 'turn')}; ${name} may take ${count(most_turns)} for a run.` }
  if (tokens >= most_tokens) return { code: 'tokens', reason: `It used ${counted(tokens, 'token')}; ${name} may use ${count(most_tokens)} for a run.` }
  if (most_micros !== null && (used.micros ?? 0) >= most_micros) return { code: 'money', reason: `It cost ${dollars(used.micros ?? 0)}; ${name} may spend ${dollars(most_micros)} on a run.` }
  return null
}

/** Whether a staff member has spent what it may in this month. */
export async function overMonth(db: Database, { id, name, month_micros }: PerMonth, at: number): Promise<Over | null> {
  if (month_micros === null) return null
  const { micros } = await monthUse(db, id, at)
  return micros >= month_micros ? { code: 'month_money', reason: `${name} has spent ${dollars(micros)} in ${monthName(at)}; it may spend ${dollars(month_micros)} a month.` } : null
}

/** Why a staff member may start no further run in this month. */
export async function monthRefusal(db: Database, staff: PerMonth, at: number): Promise<{ code: 'month_runs' | 'month_money'; message: string } | null> {
  if (staff.month_runs !== null && (await monthUse(db, staff.id, at)).runs >= staff.month_runs) {
    return { code: 'month_runs', message: `${staff.name} has had its ${counted(staff.month_runs, 'run')} of ${monthName(at)}. Raise the bound on its page, or wait for the next month.` }
  }
  const over = await overMonth(db, staff, at)
  return over && { code: 'month_money', message: `${over.reason} Raise the bound on its page, or wait for the next month.` }
}
