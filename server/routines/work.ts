import { sql } from 'kysely'
import type { FiringId } from '#lib/board/ids.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Begin } from './begin.ts'
import type { Deliver } from './deliver.ts'
import { deliveryOf, type FiringRow, type RoutineRow } from './routine-row.ts'
import type { Send } from './send.ts'
import { endedRunOf, type Settle } from './settle.ts'

/** So many firings are begun, or delivered, at once; the others take their turn. */
const atOnce = 4
const firingsRead = 200

type Both = { firing: FiringRow; routine: RoutineRow }

/**
 * Carries on what was written down as due: begins it, follows its run, brings the result to where it goes. What it does is read from rows and ends in
 * a row, so whoever looks next, also after a crash, goes on from there.
 */
export function createWork({ db, log, now, begin, deliver, send, settle, changed }: {
  db: Database
  log: Log
  now: () => number
  begin: Begin
  deliver: Deliver
  send: Pick<Send, 'send'>
  settle: Settle
  changed: (routine: RoutineRow) => void
}) {
  const underway = new Set<Promise<void>>()
  const stop = new AbortController()

  async function bothOf(id: FiringId): Promise<Both | null> {
    const firing = await db.selectFrom('routine_firings').selectAll().where('id', '=', id).executeTakeFirst()
    const routine = firing && await db.selectFrom('routines').selectAll().where('id', '=', firing.routine_id).executeTakeFirst()
    return routine ? { firing, routine } : null
  }

  /** Takes one that waits, unless another of its routine is at work: two never are. */
  async function takeUp({ id, routine_id: routineId }: FiringRow): Promise<boolean> {
    const { numAffectedRows: taken } = await sql`
      update routine_firings set state = 'running', started_at = ${now()} where id = ${id} and state = 'due'
        and not exists (select 1 from routine_firings as other where other.routine_id = ${routineId} and other.state = 'running')`.execute(db)
    return Number(taken ?? 0) > 0
  }

  async function goOn(id: FiringId) {
    const both = await bothOf(id)
    if (!both) return
    const { firing, routine } = both
    if (firing.state === 'delivering') return await sendOn(both)
    const isOff = routine.deleted_at !== null || (routine.enabled !== 1 && firing.cause !== 'person')
    if (firing.state === 'due') {
      if (isOff) return await settle(id, { state: 'cancelled', reason: 'The routine was switched off before it began.' })
      if (!await takeUp(firing)) return
      changed(routine)
      return await goOn(id)
    }
    if (firing.state !== 'running') return
    if (firing.run_id === null) {
      const begun = await begin(routine, firing)
      if (!begun.ok) return await settle(id, { state: 'failed', reason: begun.reason, final: begun.final })
      if (begun.ended) return await settle(id, { state: 'succeeded' })
      const run = await db.selectFrom('runs').select('id').where('mission_id', '=', firing.mission_id).orderBy('created_at').limit(1).executeTakeFirst()
      await db.updateTable('routine_firings').set({ run_id: run?.id ?? null }).where('id', '=', id).execute()
      changed(routine)
    }
    await follow(both)
  }

  async function follow({ firing, routine }: Both) {
    const run = await endedRunOf(db, firing)
    if (!run) return
    await db.updateTable('routine_firings').set({ run_id: run.id }).where('id', '=', firing.id).execute()
    if (run.state === 'cancelled') return await settle(firing.id, { state: 'cancelled', reason: run.reason })
    if (run.state === 'failed') return await settle(firing.id, { state: 'failed', reason: run.reason })
    const delivery = deliveryOf(routine)
    if (delivery.kind === 'webhook') {
      await db.updateTable('routine_firings').set({ state: 'delivering', try_at: now() }).where('id', '=', firing.id).where('state', '=', 'running').execute()
      return await goOn(firing.id)
    }
    const delivered = delivery.kind === 'doc' ? await deliver.toDoc(routine, firing, run, delivery.docId)
      : delivery.kind === 'chat' ? await deliver.toChat(routine, firing, run, delivery.chatId) : { ok: true as const }
    if (!delivered.ok) return await settle(firing.id, { state: 'failed', reason: delivered.reason })
    if (delivery.kind !== 'mission') await deliver.putAway(routine, firing)
    await settle(firing.id, { state: 'succeeded' })
  }

  async function sendOn({ firing, routine }: Both) {
    const delivery = deliveryOf(routine)
    const run = await endedRunOf(db, firing)
    if (!run || (firing.try_at ?? 0) > now()) return
    if (delivery.kind !== 'webhook') return await settle(firing.id, { state: 'cancelled', reason: 'The routine was changed before its result was sent. It is on its mission.' })
    const sent = await send.send(routine, firing, delivery.url, run, stop.signal)
    if (sent.ok) {
      await deliver.putAway(routine, firing)
      return await settle(firing.id, { state: 'succeeded' })
    }
    if (sent.tryAgainAt === null) return await settle(firing.id, { state: 'failed', reason: `${sent.reason} ${firing.tries > 0 ? `It was tried ${firing.tries + 1} times; the` : 'The'} result is on its mission.` })
    await db.updateTable('routine_firings').set({ tries: firing.tries + 1, try_at: sent.tryAgainAt, reason: sent.reason }).where('id', '=', firing.id).where('state', '=', 'delivering').execute()
    changed(routine)
  }

  /** Firings at which there may be something to do now: of each routine the one at work, or the first that waits. */
  async function ready(): Promise<FiringId[]> {
    const { rows } = await sql<{ id: FiringId }>`
      select f.id from routine_firings f join workspaces w on w.id = f.workspace_id and w.deleted_at is null where f.state in ('due', 'running', 'delivering') and (
        (f.state = 'delivering' and f.try_at <= ${now()})
        or (f.state = 'running' and (f.run_id is null or not exists (select 1 from runs where runs.mission_id = f.mission_id and runs.state in ('queued', 'running', 'waiting'))))
        or (f.state = 'due' and not exists (select 1 from routine_firings o where o.routine_id = f.routine_id
          and (o.state = 'running' or (o.state = 'due' and (o.due_at < f.due_at or (o.due_at = f.due_at and o.id < f.id)))))))
      order by f.due_at limit ${firingsRead}`.execute(db)
    return rows.map(({ id }) => id)
  }

  return {
    /** Does what can be done now, but for what was tried already. Resolves when all of it is, and answers whether there may be more. */
    async advance(tried: Set<FiringId>): Promise<boolean> {
      const ids = (await ready()).filter((id) => !tried.has(id))
      for (const id of ids) tried.add(id)
      const queue = [...ids]
      await Promise.all(Array.from({ length: atOnce }, async () => {
        for (let id = queue.shift(); id !== undefined && !stop.signal.aborted; id = queue.shift()) {
          const each = id
          const work = goOn(each).catch((error: unknown) => {
            if (!stop.signal.aborted) log.error({ err: error, firing: each }, 'a routine does not go on')
          })
          underway.add(work)
          await work
          underway.delete(work)
        }
      }))
      return ids.length > 0
    },

    async stop() {
      stop.abort()
      await Promise.all(underway)
    },
  }
}

export type Work = ReturnType<typeof createWork>
