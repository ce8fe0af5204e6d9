import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { ListedRun } from '#lib/staff/answers.ts'
import type { Database } from '../store/database.ts'
import { activeStates } from './context.ts'

const pageSize = 50

export type WhichRuns = { workspaceId: WorkspaceId; staffId?: ActorId; state?: 'active' | 'ended'; before?: number; limit?: number }

/** What people's reviews said of runs, the newest of each. */
export async function verdictsOf(db: Database, runIds: readonly RunId[]): Promise<Map<RunId, 'approved' | 'changes'>> {
  const rows = runIds.length === 0 ? [] : await db.selectFrom('activity').select(['run_id', 'kind'])
    .where('run_id', 'in', runIds).where('kind', 'in', ['review.approved', 'review.changes_requested']).orderBy('id').execute()
  return new Map(rows.flatMap(({ run_id, kind }) => (run_id ? [[run_id, kind === 'review.approved' ? 'approved' : 'changes'] as const] : [])))
}

/** Runs as lists show them, newest first. `before`: made before this moment. */
export async function listRuns(db: Database, { workspaceId, staffId, state, before, limit = pageSize }: WhichRuns): Promise<ListedRun[]> {
  let query = db.selectFrom('runs').leftJoin('missions', 'missions.id', 'runs.mission_id').selectAll('runs').select('missions.title').where('runs.workspace_id', '=', workspaceId)
  if (staffId) query = query.where('staff_id', '=', staffId)
  if (state) query = query.where('state', state === 'active' ? 'in' : 'not in', activeStates)
  if (before !== undefined) query = query.where('runs.created_at', '<', before)
  const rows = await query.orderBy('runs.created_at', 'desc').orderBy('runs.id').limit(limit).execute()
  const verdicts = await verdictsOf(db, rows.map(({ id }) => id))
  return rows.map((row) => ({
    id: row.id, missionId: row.mission_id, missionTitle: row.title ?? '', state: row.state, code: row.code, reason: row.reason, summary: row.summary, attempt: row.attempt,
    createdAt: row.created_at, startedAt: row.started_at, endedAt: row.ended_at, tokens: row.input_tokens + row.output_tokens, micros: row.micros, verdict: verdicts.get(row.id) ?? null,
  }))
}
