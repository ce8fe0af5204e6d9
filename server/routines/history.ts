import { sql } from 'kysely'
import type { RoutineId } from '#lib/board/ids.ts'
import type { Firing } from '#lib/routines/routine.ts'
import type { Database } from '../store/database.ts'

const pageSize = 30

/** What a routine did, newest first. `before`: when the last one that is known was made. */
export async function readFirings(db: Database, id: RoutineId, { before, limit = pageSize }: { before?: number; limit?: number } = {}): Promise<(Firing & { createdAt: number })[]> {
  const rows = await db.selectFrom('routine_firings').leftJoin('missions', 'missions.id', 'routine_firings.mission_id')
    .leftJoin('runs', (join) => join.on((eb) => eb('runs.id', '=', eb.selectFrom('runs as newest').select('newest.id')
      .whereRef('newest.mission_id', '=', 'routine_firings.mission_id').orderBy('newest.created_at', 'desc').orderBy('newest.id', 'desc').limit(1))))
    .select([
      'routine_firings.id', 'routine_firings.cause', 'routine_firings.state', 'due_at', 'count', 'routine_firings.reason', 'routine_firings.started_at', 'routine_firings.ended_at',
      'routine_firings.by', 'try_at', 'routine_firings.created_at', 'missions.id as mission_id', 'missions.title', 'runs.id as run_id', 'runs.state as run_state', 'runs.summary',
      sql<number>`(select sum(input_tokens + output_tokens) from runs as each where each.mission_id = routine_firings.mission_id)`.as('tokens'),
      sql<number | null>`(select sum(micros) from runs as each where each.mission_id = routine_firings.mission_id)`.as('micros'),
    ])
    .where('routine_id', '=', id).$if(before !== undefined, (query) => query.where('routine_firings.created_at', '<', before!))
    .orderBy('routine_firings.created_at', 'desc').orderBy('due_at', 'desc').orderBy('routine_firings.id').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id, cause: row.cause, state: row.state, dueAt: row.due_at, count: row.count, reason: row.reason, startedAt: row.started_at, endedAt: row.ended_at, tryAt: row.state === 'delivering' ? row.try_at : null, by: row.by, createdAt: row.created_at,
    mission: row.mission_id === null ? null : { id: row.mission_id, title: row.title ?? '' },
    run: row.run_id === null ? null : { id: row.run_id, state: row.run_state!, summary: row.summary ?? '', tokens: row.tokens ?? 0, micros: row.micros },
  }))
}
