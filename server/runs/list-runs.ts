import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { ListedRun } from '#lib/staff/answers.ts'
import type { Verdicts } from '../staff/staff-record.ts'
import type { Database } from '../store/database.ts'
import { activeStates } from './context.ts'

const pageSize = 50

export type WhichRuns = { workspaceId: WorkspaceId; staffId?: ActorId; state?: 'active' | 'ended'; before?: number; limit?: number }

/** Runs as lists show them, newest first. `before`: made before this moment. */
export async function listRuns({ db, verdicts }: { db: Database; verdicts: Verdicts }, { workspaceId, staffId, state, before, limit = pageSize }: WhichRuns): Promise<ListedRun[]> {
  let query = db.selectFrom('runs').leftJoin('missions', 'missions.id', 'runs.mission_id').select(['runs.id', 'mission_id', 'title', 'state', 'code', 'reason', 'summary', 'attempt', 'runs.created_at', 'started_at', 'ended_at', 'input_tokens', 'output_tokens', 'micros']).where('runs.workspace_id', '=', workspaceId)
  if (staffId) query = query.where('staff_id', '=', staffId)
  if (state) query = query.where('state', state === 'active' ? 'in' : 'not in', activeStates)
  if (before !== undefined) query = query.where('runs.created_at', '<', before)
  const rows = await query.orderBy('runs.created_at', 'desc').orderBy('runs.id').limit(limit).execute()
  const said = await verdicts(rows.map(({ mission_id }) => mission_id))
  return rows.map((row) => ({
    id: row.id, missionId: row.mission_id, missionTitle: row.title ?? '', state: row.state, code: row.code, reason: row.reason, summary: row.summary, attempt: row.attempt,
    createdAt: row.created_at, startedAt: row.started_at, endedAt: row.ended_at, tokens: row.input_tokens + row.output_tokens, micros: row.micros, verdict: said.get(row.id) ?? null,
  }))
}
