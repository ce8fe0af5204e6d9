import { createHash, randomBytes } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { moveMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isActive, type Facts as MissionFacts, type RunState } from '#lib/board/mission.ts'
import { runsOf, type RunSummary } from '#lib/board/mission-document.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { Cause, Chain } from '#lib/board/run-record.ts'
import { runStateOf } from '#lib/board/run-document.ts'
import { boardDocument, missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { readMission } from '#lib/board/board-document.ts'
import { theServer, type Happening } from '../activity/happening.ts'
import type { Log } from '../log.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { MissionRow } from '../store/projection.ts'
import type { Tables } from '../store/tables.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { Facts } from './facts.ts'
import type { Claim, Outcome } from './protocol.ts'

export type RunRow = Selectable<Tables['runs']>

const mostAttempts = 3

type Refused = { ok: false; code: 'not_staff' | 'already_running' | 'not_found' | 'finished'; message: string }
type Started = { ok: true; runId: RunId }

/** Whose runs a worker takes: every workspace's (the embedded one), or what a staff token may. */
export type ClaimScope = { kind: 'all' } | { kind: 'token'; actor: Actor }

export type Runs = Awaited<ReturnType<typeof createRuns>>

const hashed = (secret: string) => createHash('sha256').update(secret).digest('hex')

/**
 * The queue of runs. A run is a row, and the row is the truth; what the documents say of it is written from the row. Claiming
 * is one statement, so that a run has one holder at a time; a lease that is not renewed sends it back to the queue.
 */
export async function createRuns({ db, documents, facts, log, now, record, leaseMs, settled, watched, beforeReading, onLeaseEnded, onQueued }: {
  db: Database
  documents: Documents
  facts: Facts
  log: Log
  now: () => number
  record: (happening: Happening) => void
  /** A worker that is not heard of for so long has lost its run. */
  leaseMs: number
  /** Resolves when the tables say what the boards say: a mission may be run the moment it was made. */
  settled: () => Promise<void>
  watched: (workspaceId: WorkspaceId) => boolean
  /** A run was claimed and is about to read what it needs. */
  beforeReading: (run: RunRow) => Promise<void>
  /** A worker lost its run: what it has open must close. */
  onLeaseEnded: (workspaceId: WorkspaceId) => void
  onQueued: () => void
}) {
  /** The attempt that holds each running run. The gate asks here, in the midst of an edit. */
  const held = new Map<RunId, number>()
  const waiting = new Set<() => void>()
  let publishing: Promise<void> = Promise.resolve()

  for (const row of await db.selectFrom('runs').select(['id', 'attempt']).where('state', '=', 'running').execute()) held.set(row.id, row.attempt)

  const find = (id: RunId) => db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()

  /** Writes what the row says into the documents, one run after the other. */
  function publish(id: RunId): Promise<void> {
    publishing = publishing.then(async () => {
      const row = await find(id)
      if (!row) return
      const summary: Omit<RunSummary, 'id'> = {
        staffId: row.staff_id, state: row.state, attempt: row.attempt, requestedBy: row.requested_by, createdAt: row.created_at,
        startedAt: row.started_at, endedAt: row.ended_at, summary: row.summary, reason: row.reason,
        code: row.code, asks: 0, tokens: row.input_tokens + row.output_tokens, micros: row.micros,
      }
      await documents.edit(missionDocument(row.mission_id), (doc) => {
        if (JSON.stringify(runsOf(doc).get(id)) !== JSON.stringify(summary)) runsOf(doc).set(id, summary)
      })
      await documents.edit(runDocument(id), (doc) => {
        if (runStateOf(doc).get('state') !== row.state) runStateOf(doc).set('state', row.state)
      })
      const newest = await db.selectFrom('runs').select('id').where('mission_id', '=', row.mission_id).orderBy('created_at', 'desc').orderBy('id').executeTakeFirst()
      if (newest?.id === id) await facts.set(row.workspace_id, row.mission_id, { run: cardFacts(row) })
    }).catch((error: unknown) => log.error({ err: error, run: id }, 'run not published'))
    return publishing
  }

  type Of = Pick<RunRow, 'id' | 'workspace_id' | 'mission_id'>
  const note = (row: Of, kind: Happening['kind'], actor: Happening['actor'], details: Happening['details']) =>
    record({ workspaceId: row.workspace_id, kind, actor, subject: { kind: 'mission', id: row.mission_id }, missionId: row.mission_id, runId: row.id, details })

  /** A run moves its mission; in the record it is by whoever is behind that. */
  const move = (row: Of, status: 'in_progress' | 'review', by: Pick<Author, 'kind' | 'id' | 'name'>) =>
    documents.edit(boardDocument(row.workspace_id), (board) => {
      const mission = readMission(board, row.mission_id)
      if (mission && mission.status !== 'done' && mission.status !== status) moveMission(board, row.mission_id, status, 0)
    }, { ...by, workspaceId: row.workspace_id, runId: row.id })

  function queued() {
    for (const wake of waiting) wake()
    onQueued()
  }

  async function start({ missionId, by, note: words, retryOf }: { missionId: MissionId; by: ActorId | null; note: string; retryOf?: RunId }): Promise<Started | Refused> {
    await settled()
    const mission = await db.selectFrom('missions').selectAll().where('id', '=', missionId).executeTakeFirst()
    if (!mission) return { ok: false, code: 'not_found', message: 'There is no such mission any more.' }
    if (mission.archived_at !== null) return { ok: false, code: 'finished', message: 'The mission is archived. Restore it before it runs.' }
    if (mission.status === 'done') return { ok: false, code: 'finished', message: 'The mission is done. Move it back before it runs again.' }
    const staff = mission.assignee_id && await db.selectFrom('staff').selectAll()
      .where('id', '=', mission.assignee_id).where('workspace_id', '=', mission.workspace_id).executeTakeFirst()
    if (!staff) return { ok: false, code: 'not_staff', message: 'Only staff run missions. Assign the mission to a staff member first.' }
    const id = newId<RunId>()
    const cause: Cause = by ? retryOf ? { kind: 'retry', id: by, runId: retryOf } : { kind: 'person', id: by } : { kind: 'auto_run' }
    // One statement decides between two people who press Run at once.
    const inserted = await sql`
      insert into runs (id, workspace_id, mission_id, staff_id, state, attempt, requested_by, note, created_at, summary, reason, cause)
      select ${id}, ${mission.workspace_id}, ${missionId}, ${staff.id}, 'queued', 0, ${by}, ${words}, ${now()}, '', '', ${JSON.stringify(cause)}
      where not exists (select 1 from runs where mission_id = ${missionId} and state in ('queued', 'running', 'waiting'))`.execute(db)
    if (!inserted.numAffectedRows) return { ok: false, code: 'already_running', message: 'A run of this mission is under way already.' }
    const row = { id, workspace_id: mission.workspace_id, mission_id: missionId }
    const starter = by ? { kind: 'person' as const, id: by } : theServer
    note(row, 'run.queued', starter, { staff: { id: staff.id, name: staff.name }, ...retryOf && { retryOf } })
    await publish(id)
    await move(row, 'in_progress', starter)
    log.info({ run: id, mission: missionId, staff: staff.id }, 'run queued')
    queued()
    return { ok: true, runId: id }
  }

  /** Ends an active run and takes it away from whoever holds it. Nothing happens to one that has ended. `by` the staff member, unless said. */
  async function end(id: RunId, state: 'succeeded' | 'failed' | 'cancelled', fields: { summary?: string; reason?: string }, { attempt, by }: { attempt?: number; by?: Happening['actor'] } = {}): Promise<boolean> {
    let query = db.updateTable('runs')
      .set({ state, ...fields, ended_at: now(), lease_hash: null, lease_until: null })
      .where('id', '=', id).where('state', 'in', ['queued', 'running', 'waiting'])
    if (attempt !== undefined) query = query.where('attempt', '=', attempt)
    const row = await query.returning(['id', 'workspace_id', 'mission_id', 'staff_id']).executeTakeFirst()
    if (!row) return false
    held.delete(id)
    onLeaseEnded(row.workspace_id)
    log.info({ run: id, state, reason: fields.reason }, 'run ended')
    note(row, `run.${state}`, by ?? { kind: 'staff', id: row.staff_id }, { ...by && { staff: { id: row.staff_id, name: await staffName(row.staff_id) } }, ...fields.reason && { reason: fields.reason } })
    await publish(id)
    return true
  }

  const staffName = async (id: ActorId) => (await db.selectFrom('staff').select('name').where('id', '=', id).executeTakeFirst())?.name ?? ''

  async function claim(scope: ClaimScope, worker: string): Promise<Claim | null> {
    const token = `lease_${randomBytes(32).toString('base64url')}`
    const [workspace, self] = scope.kind === 'all' ? [null, null] : [scope.actor.workspaceId, scope.actor.id]
    const at = now()
    const { rows: [row] } = await sql<RunRow>`
      update runs set state = 'running', attempt = attempt + 1, lease_hash = ${hashed(token)}, lease_until = ${at + leaseMs},
        worker = ${worker}, started_at = coalesce(started_at, ${at})
      where state = 'queued' and id = (
        select runs.id from runs join staff on staff.id = runs.staff_id join workspaces on workspaces.id = runs.workspace_id
        where state = 'queued' and workspaces.deleted_at is null and (${workspace} is null or runs.workspace_id = ${workspace})
          and (staff.engine = 'offline' or staff.id = ${self})
        order by runs.created_at limit 1)
      returning *`.execute(db)
    if (!row) return null
    held.set(row.id, row.attempt)
    log.info({ run: row.id, attempt: row.attempt, worker }, 'run claimed')
    note(row, 'run.started', { kind: 'staff', id: row.staff_id }, { ...row.attempt > 1 && { attempt: row.attempt } })
    await publish(row.id)
    await beforeReading(row).catch((error: unknown) => log.error({ err: error, run: row.id }, 'what the run reads is not kept as a version'))
    const staff = await db.selectFrom('staff').select(['name', 'role', 'instructions', 'autonomy', 'tools', 'always_allowed', 'most_turns', 'most_minutes', 'most_tokens', 'most_micros']).where('id', '=', row.staff_id).executeTakeFirstOrThrow()
    return {
      staff: { name: staff.name, role: staff.role, instructions: staff.instructions, autonomy: staff.autonomy, tools: JSON.parse(staff.tools) as string[], alwaysAllowed: JSON.parse(staff.always_allowed) as string[] },
      engine: { kind: 'offline' }, mcp: [], fetchAllowed: [],
      guards: { turns: staff.most_turns, minutes: staff.most_minutes, tokens: staff.most_tokens, micros: staff.most_micros },
      used: { turns: row.turns, inputTokens: row.input_tokens, outputTokens: row.output_tokens, micros: row.micros, workingMs: row.working_ms },
      cause: JSON.parse(row.cause) as Cause, chain: JSON.parse(row.chain) as Chain, resume: null,
      watched: watched(row.workspace_id), runId: row.id, missionId: row.mission_id, workspaceId: row.workspace_id, staffId: row.staff_id, attempt: row.attempt,
      note: row.note, createdAt: row.created_at, token, leaseMs,
    }
  }

  const byLease = (token: string) =>
    db.selectFrom('runs').innerJoin('staff', 'staff.id', 'runs.staff_id').innerJoin('workspaces', 'workspaces.id', 'runs.workspace_id')
      .selectAll('runs').select('staff.name as staff_name').where('workspaces.deleted_at', 'is', null)
      .where('lease_hash', '=', hashed(token)).where('lease_until', '>', now()).where('state', 'in', ['running', 'waiting']).executeTakeFirst()

  /** Sends runs back whose worker fell silent, gives up on those that lost too many, and ends those of workspaces that were deleted, by whatever process. */
  async function sweep(expiredBefore = now()) {
    const unwanted = await db.selectFrom('runs').innerJoin('workspaces', 'workspaces.id', 'runs.workspace_id').select('runs.id')
      .where('state', 'in', ['queued', 'running', 'waiting']).where('deleted_at', 'is not', null).execute()
    for (const { id } of unwanted) await end(id, 'cancelled', { reason: 'The workspace was deleted.' }, { by: theServer })
    const expired = await db.selectFrom('runs').selectAll().where('state', '=', 'running').where('lease_until', '<=', expiredBefore).execute()
    for (const row of expired) {
      if (row.attempt >= mostAttempts) {
        await end(row.id, 'failed', { reason: `Its worker was lost ${mostAttempts} times. Retry when the worker is well again.` }, { attempt: row.attempt, by: theServer })
        continue
      }
      const requeued = await db.updateTable('runs')
        .set({ state: 'queued', lease_hash: null, lease_until: null, reason: `Attempt ${row.attempt} lost its worker; it starts again.` })
        .where('id', '=', row.id).where('state', '=', 'running').where('attempt', '=', row.attempt).returning('id').executeTakeFirst()
      if (!requeued) continue
      held.delete(row.id)
      onLeaseEnded(row.workspace_id)
      log.warn({ run: row.id, attempt: row.attempt, worker: row.worker }, 'lease expired')
      await publish(row.id)
      queued()
    }
  }

  return {
    find,
    start,
    claim,
    sweep,

    cancel: (id: RunId, reason: string, by: ActorId) => end(id, 'cancelled', { reason }, { by: { kind: 'person', id: by } }),

    /** Cancels whatever runs of a mission are active. */
    async cancelOf(missionId: MissionId, reason: string) {
      const rows = await db.selectFrom('runs').select('id').where('mission_id', '=', missionId).where('state', 'in', ['queued', 'running', 'waiting']).execute()
      for (const { id } of rows) await end(id, 'cancelled', { reason }, { by: theServer })
    },

    /** A new run beside the old one, with the same words. */
    async retry(id: RunId, by: ActorId): Promise<Started | Refused> {
      const row = await find(id)
      if (!row) return { ok: false, code: 'not_found', message: 'There is no such run any more.' }
      if (isActive(row.state)) return { ok: false, code: 'already_running', message: 'The run has not ended yet.' }
      return await start({ missionId: row.mission_id, by, note: row.note, retryOf: id })
    },

    /** Resolves with a claim as soon as there is work, or with `null` after `ms`. */
    async claimWithin(scope: ClaimScope, worker: string, ms: number, signal: AbortSignal): Promise<Claim | null> {
      const deadline = now() + ms
      for (;;) {
        const work = new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer)
            waiting.delete(done)
            signal.removeEventListener('abort', done)
            resolve()
          }
          const timer = setTimeout(done, Math.max(0, deadline - now()))
          waiting.add(done)
          signal.addEventListener('abort', done)
        })
        const claimed = signal.aborted ? null : await claim(scope, worker)
        if (claimed || signal.aborted || now() >= deadline) return claimed
        await work
      }
    },

    /** Who a lease's token makes its bearer; `null` once the lease is over. */
    async actorOfLease(token: string): Promise<Extract<Actor, { kind: 'staff' }> | null> {
      const row = await byLease(token)
      return row ? { kind: 'staff', id: row.staff_id, name: row.staff_name, workspaceId: row.workspace_id, lease: { runId: row.id, attempt: row.attempt } } : null
    },

    /** Renews a lease; false once it is over. */
    async heartbeat(runId: RunId, attempt: number): Promise<boolean> {
      const row = await db.updateTable('runs').set({ lease_until: now() + leaseMs })
        .where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').where('lease_until', '>', now()).returning('id').executeTakeFirst()
      return row !== undefined
    },

    async keepManifest(runId: RunId, attempt: number, manifest: string) {
      await db.updateTable('runs').set({ manifest }).where('id', '=', runId).where('attempt', '=', attempt).execute()
    },

    /** Ends a run as its holder says; a success goes to Review. False once the lease is over. */
    async finish(runId: RunId, attempt: number, outcome: Outcome): Promise<boolean> {
      const { state, ...fields } = outcome
      const ended = await end(runId, state, 'summary' in fields ? { summary: fields.summary, reason: '' } : { reason: fields.reason }, { attempt })
      const row = ended && state === 'succeeded' ? await find(runId) : undefined
      if (row) await move(row, 'review', { kind: 'staff', id: row.staff_id })
      return ended
    },

    holds: (runId: string, attempt: number) => held.get(runId as RunId) === attempt,

    /** Runs whose worker was this process: it is gone, whatever their leases say. */
    async releaseOf(worker: string) {
      await db.updateTable('runs').set({ lease_until: 0 }).where('worker', '=', worker).where('state', '=', 'running').execute()
      await sweep()
    },

    /** Starts what asks to be started, and stops what nobody wants any more, as a mission changes. */
    async onMissionChanged(before: MissionRow | null, after: MissionRow | null) {
      const missionId = (after ?? before)?.id
      if (!missionId) return
      const over = !after ? 'The mission was deleted.'
        : after.archived_at != null ? 'The mission was archived.'
        : after.status === 'done' ? 'The mission was moved to Done.'
        : before && before.assignee_id !== after.assignee_id ? 'The mission was given to somebody else.'
        : null
      if (over) await this.cancelOf(missionId, over)
      const asks = (row: MissionRow | null) => row?.status === 'in_progress' && row.archived_at == null && row.assignee_id != null
      const moved = before?.status !== after?.status || before?.assignee_id !== after?.assignee_id
      if (after?.auto_run && asks(after) && moved) await start({ missionId, by: null, note: '' })
    },

    /** A crash may have come between a row and the documents that tell of it: those that can be concerned are told again. */
    async publishLatest() {
      const active = db.selectFrom('runs').select('id').where('state', 'in', ['queued', 'running', 'waiting'])
      const ended = db.selectFrom('runs').select('id').where('ended_at', 'is not', null).orderBy('ended_at', 'desc').limit(20)
      for (const { id } of [...await active.execute(), ...await ended.execute()]) await publish(id)
    },

    hasQueued: async () => await db.selectFrom('runs').select('id').where('state', '=', 'queued').limit(1).executeTakeFirst() !== undefined,

    published: () => publishing,
  }
}

function cardFacts(row: RunRow): MissionFacts['run'] {
  const line = row.state === 'queued' ? row.reason || 'Waiting for a worker'
    : row.state === 'running' ? 'Starting'
    : row.summary || row.reason
  return { id: row.id, state: row.state, staffId: row.staff_id, line: line.slice(0, 160), since: row.ended_at ?? row.started_at ?? row.created_at, ask: null }
}
