import { sql } from 'kysely'
import type { ActorId, AskId, RunId } from '#lib/board/ids.ts'
import { isActive } from '#lib/board/mission.ts'
import type { Ask, AskVerdict } from '#lib/board/run-record.ts'
import { newId } from '../new-id.ts'
import { runColumns, type RunsContext } from './context.ts'
import { workedUntil } from './end.ts'
import { findAsk, openAsks, readAsk, type AskRow } from './open-asks.ts'
import type { AskRequest } from './protocol.ts'

/** A model that asks without end is stopped by its turns; this is for what a program of somebody's own does. */
const mostAsks = 500

export type Answered = { ok: true; ask: Ask } | { ok: false; code: 'answered' | 'finished' | 'bad_field'; message: string; ask: Ask }

/** What runs ask people: it is written down, waited for and answered once; the answer sends the run back to the queue. */
export function createAsks(context: RunsContext) {
  const { db, now, held, log } = context

  const record = (run: Parameters<RunsContext['note']>[0], kind: 'run.asked' | 'run.answered', actor: Parameters<RunsContext['note']>[2], ask: AskRow, staff?: { id: ActorId; name: string }) =>
    context.note(run, kind, actor, { ...staff && { staff }, ask: { kind: ask.kind, question: ask.question, ...ask.tool && { tool: ask.tool }, ...ask.verdict && { verdict: ask.verdict } } })

  /** Asks, or finds what was asked with the same key before. `null` once the lease is over, or when there are too many. */
  async function ask(runId: RunId, attempt: number, { key, kind, question, choices = [], tool = '', args = '' }: AskRequest): Promise<Ask | null> {
    const run = await context.find(runId)
    if (run?.state !== 'running' || run.attempt !== attempt) return null
    const { rows: [made] } = await sql<AskRow>`
      insert into run_asks (id, run_id, workspace_id, key, kind, question, choices, tool, args, asked_at)
      select ${newId<AskId>()}, ${runId}, ${run.workspace_id}, ${key}, ${kind}, ${question}, ${JSON.stringify(choices)}, ${tool}, ${args}, ${now()}
      where (select count(*) from run_asks where run_id = ${runId}) < ${mostAsks}
      on conflict (run_id, key) do nothing returning *`.execute(db)
    if (made) {
      record(run, 'run.asked', { kind: 'staff', id: run.staff_id }, made)
      log.info({ run: runId, ask: made.id, kind }, 'run asks')
      await context.publish(runId)
    }
    const row = made ?? await db.selectFrom('run_asks').selectAll().where('run_id', '=', runId).where('key', '=', key).executeTakeFirst()
    return row ? readAsk(row) : null
  }

  /** Says what a run waits for now; sends it back to the queue when that is nothing. */
  async function settle(runId: RunId) {
    const [oldest] = await openAsks(db, runId)
    const state = sql<'waiting' | 'queued'>`case when exists (select 1 from run_asks where run_id = runs.id and answered_at is null) then 'waiting' else 'queued' end`
    const row = await db.updateTable('runs').set({ state, code: oldest?.kind ?? '', reason: oldest?.question ?? '' })
      .where('id', '=', runId).where('state', '=', 'waiting').returning(runColumns).executeTakeFirst()
    await context.publish(runId)
    if (row?.state === 'queued') context.queued()
  }

  return {
    ask,

    /** The worker lets go of the run until people have answered. False when nothing was asked, `null` once the lease is over. */
    async wait(runId: RunId, attempt: number): Promise<boolean | null> {
      const asked = await db.selectFrom('run_asks').select('id').where('run_id', '=', runId).limit(1).executeTakeFirst()
      if (!asked) return false
      const row = await db.updateTable('runs').set({ state: 'waiting', lease_hash: null, lease_until: null, working_ms: workedUntil(now()) })
        .where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').returning(runColumns).executeTakeFirst()
      if (!row) return null
      held.delete(runId)
      context.onLeaseEnded(row.workspace_id)
      log.info({ run: runId, attempt }, 'run waits for people')
      await settle(runId)
      await context.handsChanged(row.staff_id)
      return true
    },

    findAsk: (id: AskId) => findAsk(db, id),

    /** One answer counts, the first. */
    async answer(id: AskId, by: ActorId, given: { answer: string; verdict: AskVerdict | null }): Promise<Answered | null> {
      const before = await findAsk(db, id)
      if (!before) return null
      const refuse = (row: AskRow, code: 'answered' | 'finished' | 'bad_field', message: string): Answered => ({ ok: false, code, message, ask: readAsk(row) })
      if (before.kind === 'question' && !given.answer.trim()) return refuse(before, 'bad_field', 'Write an answer first.')
      if (before.kind === 'approval' && given.verdict === null) return refuse(before, 'bad_field', '"verdict" must be once, run, always or declined.')
      const row = await db.updateTable('run_asks')
        .set({ answered_at: now(), answered_by: by, answer: given.answer, verdict: before.kind === 'approval' ? given.verdict : null })
        .where('id', '=', id).where('answered_at', 'is', null)
        .where('run_id', 'in', db.selectFrom('runs').select('id').where('state', 'in', ['queued', 'running', 'waiting'])).returningAll().executeTakeFirst()
      if (!row) {
        const first = await findAsk(db, id)
        return first?.answered_at ? refuse(first, 'answered', 'Somebody else has answered already.') : refuse(before, 'finished', 'The run has ended: nobody waits for this answer any more.')
      }
      const run = await context.find(row.run_id)
      if (!run) return null
      if (row.verdict === 'always' && row.tool) await allowAlways(run.staff_id, row.tool)
      record(run, 'run.answered', { kind: 'person', id: by }, row, { id: run.staff_id, name: await context.staffName(run.staff_id) })
      if (isActive(run.state)) await settle(run.id)
      return { ok: true, ask: readAsk(row) }
    },
  }

  /** From now on this staff member needs no approval for the tool. */
  async function allowAlways(staffId: ActorId, tool: string) {
    await sql`update staff set always_allowed = json_insert(always_allowed, '$[#]', ${tool})
      where id = ${staffId} and not exists (select 1 from json_each(staff.always_allowed) where value = ${tool})`.execute(db)
  }
}

