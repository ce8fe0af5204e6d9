import { sql } from 'kysely'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import type { ListedRun, StaffRecord } from '#lib/staff/answers.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Database } from '../store/database.ts'
import type { RunVerdict } from '../store/store-thread.ts'
import { beginOfMonth } from './month.ts'

const mostEnded = 50

/** What reviews said of the runs of these missions; a run that nobody judged is not among them. */
export type Verdicts = (missions: readonly MissionId[]) => Promise<ReadonlyMap<RunId, NonNullable<ListedRun['verdict']>>>

/**
 * Reviews stand in the documents of missions. Each document is read once, and again when its log has grown: what is told is what the
 * log says, also after a crash, and costs one query as long as nobody writes.
 */
export function createVerdicts({ db, readVerdicts }: { db: Database; readVerdicts: (document: string) => Promise<RunVerdict[]> }): Verdicts {
  const known = new Map<string, { head: number; verdicts: readonly RunVerdict[] }>()

  async function headsOf(documents: readonly string[]): Promise<Map<string, number>> {
    const heads = new Map<string, number>()
    for (let at = 0; at < documents.length; at += atOnce) {
      const some = documents.slice(at, at + atOnce)
      const rows = [
        ...await db.selectFrom('snapshots').select(['doc', 'upto_seq as head']).where('doc', 'in', some).execute(),
        ...await db.selectFrom('updates').select(['doc', sql<number>`max(seq)`.as('head')]).where('doc', 'in', some).groupBy('doc').execute(),
      ]
      for (const { doc, head } of rows) heads.set(doc, Math.max(head, heads.get(doc) ?? 0))
    }
    return heads
  }

  return async (missions) => {
    const verdicts = new Map<RunId, NonNullable<ListedRun['verdict']>>()
    for (const [document, head] of await headsOf([...new Set(missions)].map(missionDocument))) {
      let read = known.get(document)
      if (read?.head !== head) {
        read = { head, verdicts: await readVerdicts(document) }
        known.delete(document)
        known.set(document, read)
        if (known.size > mostKnown) known.delete(known.keys().next().value!)
      }
      for (const { runId, verdict } of read.verdicts) verdicts.set(runId, verdict)
    }
    return verdicts
  }
}

const atOnce = 500
const mostKnown = 10_000

const columns = [
  'runs.id', 'runs.mission_id as missionId', sql<string>`coalesce(missions.title, '')`.as('missionTitle'), 'state', 'code', 'reason', 'summary', 'attempt', 'runs.created_at as createdAt',
  'started_at as startedAt', 'ended_at as endedAt', sql<number>`input_tokens + output_tokens`.as('tokens'), 'micros',
] as const

/** How the work of a staff member went, from its runs and from what people said of them. */
export function createStaffRecord({ db, now, verdicts }: { db: Database; now: () => number; verdicts: Verdicts }) {
  return async (id: ActorId): Promise<StaffRecord> => {
    const month = beginOfMonth(now())
    const counts = await db.selectFrom('runs').select([
      sql<number>`count(*) filter (where state = 'succeeded')`.as('succeeded'), sql<number>`count(*) filter (where state = 'failed')`.as('failed'),
      sql<number>`count(*) filter (where state = 'cancelled')`.as('cancelled'), sql<number | null>`sum(input_tokens + output_tokens)`.as('tokens'), sql<number | null>`sum(micros)`.as('micros'),
      sql<number>`count(*) filter (where created_at >= ${month})`.as('monthRuns'), sql<number | null>`sum(micros) filter (where created_at >= ${month})`.as('monthMicros'),
    ]).where('staff_id', '=', id).executeTakeFirstOrThrow()
    // Without the time it waited for people, where that is known.
    const { rows: [median] } = await sql<{ ms: number | null }>`
      select avg(ms) as ms from (
        select ms, row_number() over (order by ms) as n, count(*) over () as total from (
          select case when working_ms > 0 then working_ms else ended_at - started_at end as ms from runs
          where staff_id = ${id} and state = 'succeeded' and started_at is not null and ended_at is not null))
      where n in ((total + 1) / 2, (total + 2) / 2)`.execute(db)
    const missions = await db.selectFrom('runs').select('mission_id').distinct().where('staff_id', '=', id).where('state', '=', 'succeeded').execute()
    const said = await verdicts(missions.map(({ mission_id }) => mission_id))
    const own = await db.selectFrom('runs').select('id').where('staff_id', '=', id).where('state', '=', 'succeeded').execute()
    const tally = { approved: 0, changes: 0 }
    for (const run of own) {
      const verdict = said.get(run.id)
      if (verdict) tally[verdict] += 1
    }
    const runs = () => db.selectFrom('runs').leftJoin('missions', 'missions.id', 'runs.mission_id').select(columns).where('staff_id', '=', id)
    const listed = (rows: Awaited<ReturnType<ReturnType<typeof runs>['execute']>>) => rows.map((row): ListedRun => ({ ...row, verdict: said.get(row.id) ?? null }))
    return {
      succeeded: counts.succeeded, failed: counts.failed, cancelled: counts.cancelled, approved: tally.approved, changesAsked: tally.changes,
      ms: median?.ms == null ? null : Math.round(median.ms), tokens: counts.tokens ?? 0, micros: counts.micros ?? 0,
      month: { runs: counts.monthRuns, micros: counts.monthMicros ?? 0 },
      active: listed(await runs().where('state', 'in', ['queued', 'running', 'waiting']).orderBy('runs.created_at').execute()),
      ended: listed(await runs().where('ended_at', 'is not', null).orderBy('ended_at', 'desc').limit(mostEnded).execute()),
    }
  }
}
