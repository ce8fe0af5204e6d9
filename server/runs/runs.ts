import { moveMission } from '#lib/board/edits.ts'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { readMission } from '#lib/board/board-document.ts'
import { isActive } from '#lib/board/mission.ts'
import type { Cause, Chain, RunCode } from '#lib/board/run-record.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { theServer, type Happening } from '../activity/happening.ts'
import type { Log } from '../log.ts'
import type { EngineTasks } from '../staff/engine-tasks.ts'
import type { Verdicts } from '../staff/staff-record.ts'
import type { Database } from '../store/database.ts'
import type { MissionRow } from '../store/projection.ts'
import type { Accepted } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'
import { createAsks } from './asks.ts'
import { createClaim, createWaiting, type ClaimScope } from './claim.ts'
import { activeStates, runColumns, type RunRow, type RunsContext } from './context.ts'
import { createEnd } from './end.ts'
import type { Facts } from './facts.ts'
import { createHandOver } from './hand-over.ts'
import { createLeases } from './lease.ts'
import { listRuns, type WhichRuns } from './list-runs.ts'
import { createEntriesReader } from './read-entries.ts'
import { asksOf, readAsk } from './open-asks.ts'
import type { Claim, Outcome } from './protocol.ts'
import { missedStarts } from './missed-starts.ts'
import { createMentions, mentionsIn, type ProposeFromComment } from './mentions.ts'
import { createPublisher } from './publish.ts'
import { createSpeak } from './speak.ts'
import { createStart, type Refused, type Started } from './start.ts'
import { createStopAll } from './stop-all.ts'
import { createSweep } from './sweep.ts'
import { createUsage } from './usage.ts'
import { createWorkers, type Introduction } from './workers.ts'

export type { RunRow } from './context.ts'
export type { ClaimScope } from './claim.ts'
export type Runs = Awaited<ReturnType<typeof createRuns>>

const mostPlaces = 1_000

type RunsOptions = {
  db: Database
  /** For what can wait. */
  behind: Database
  documents: Documents
  workspaceOf: Sync['workspaceOf']
  isPerson: RunsContext['isPerson']
  facts: Facts
  log: Log
  now: () => number
  record: (happening: Happening) => void
  /** A worker that is not heard of for so long has lost its run. */
  leaseMs: number
  /** The server brings a worker of its own along. */
  hasEmbedded: boolean
  engineTasks: Pick<EngineTasks, 'engineOf' | 'mcpOf' | 'fetchAllowed'>
  /** What reviews said of the runs of missions. */
  verdicts: Verdicts
  /** Resolves when the tables say what the boards say: a mission may be run the moment it was made. */
  settled: () => Promise<void>
  watched: (workspaceId: WorkspaceId) => boolean
  /** A run was claimed and is about to read what it needs. */
  beforeReading: (run: RunRow) => Promise<void>
  /** A worker lost its run: what it has open must close. */
  onLeaseEnded: (workspaceId: WorkspaceId) => void
  onQueued: () => void
  /** Puts before people what a comment on a doc asks of a staff member. */
  propose: ProposeFromComment
}

/** The queue of runs. A run is a row, and the row is the truth; what the documents say of it is written from the row. */
export async function createRuns({ db, behind, documents, workspaceOf, isPerson, facts, log, now, record, leaseMs, hasEmbedded, engineTasks, verdicts, settled, watched, beforeReading, onLeaseEnded, onQueued, propose }: RunsOptions) {
  const held = new Map<RunId, number>()
  for (const row of await db.selectFrom('runs').select(['id', 'attempt']).where('state', '=', 'running').execute()) held.set(row.id, row.attempt)

  /** Where the runs belong whose lines are shown. */
  const places = new Map<RunId, Pick<RunRow, 'workspace_id' | 'mission_id'>>()

  const find = (id: RunId) => db.selectFrom('runs').select(runColumns).where('id', '=', id).executeTakeFirst()
  const publisher = createPublisher({ db, documents, facts, log, find })
  const waiting = createWaiting(now)
  function queued() {
    waiting.wake()
    onQueued()
  }

  const context: RunsContext = {
    db, documents, workspaceOf, isPerson, log, now, leaseMs, held, record, find, queued, onLeaseEnded,
    publish: publisher.publish,
    staffName: async (id) => (await db.selectFrom('staff').select('name').where('id', '=', id).executeTakeFirst())?.name ?? '',
    note: (run, kind, actor, details) =>
      record({ workspaceId: run.workspace_id, kind, actor, subject: { kind: 'mission', id: run.mission_id }, missionId: run.mission_id, runId: run.id, details }),
    move: (run, status, by) => documents.edit(boardDocument(run.workspace_id), (board) => {
      const mission = readMission(board, run.mission_id)
      if (mission && mission.assigneeId === run.staff_id && mission.status !== 'done' && mission.status !== status) moveMission(board, run.mission_id, status, 0)
    }, { ...by, workspaceId: run.workspace_id, runId: run.id }),
    async handsChanged(staffId) {
      if (await publisher.publishQueuedOf(staffId) > 0) queued()
    },
  }
  const end = createEnd(context)
  const starting = createStart(context, { settled, engineOf: engineTasks.engineOf })
  const { start, mayNotStart } = starting
  const claim = createClaim(context, { end, engineTasks, watched, beforeReading })
  const sweeping = createSweep(context, end)
  const usage = createUsage(context, end)
  const { handOver, handedBy } = createHandOver(context)
  const { say, hasSpoken, hasAnswered } = createSpeak(context)
  const mentions = createMentions(context, { ...starting, say, hasAnswered, propose })
  const workers = createWorkers({ db, now, leaseMs, hasEmbedded })

  /** Cancels what is active of these; in the record it was the server, or who is said. */
  async function cancelAll(rows: readonly { id: RunId }[], code: Exclude<RunCode, ''>, reason: string, by: Happening['actor'] = theServer) {
    for (const { id } of rows) await end(id, { state: 'cancelled', code, reason }, { by })
  }

  /** A run that succeeded brings its mission to Review, or to whom it hands it. Who was asked on somebody else's mission answers, and leaves it where it is. */
  async function follow(row: RunRow) {
    const next = handedBy(row)
    const started = next && await start(next)
    if (started?.ok) return
    const document = missionDocument(row.mission_id)
    if (next) await say({ workspaceId: row.workspace_id, document, staffId: next.staffId }, `Not taken over. ${started?.message}`)
    await context.move(row, 'review', { kind: 'staff', id: row.staff_id })
    const cause = JSON.parse(row.cause) as Partial<Cause>
    if (cause.kind !== 'mention' || !cause.commentId || !row.summary) return
    const mission = await db.selectFrom('missions').select('assignee_id').where('id', '=', row.mission_id).executeTakeFirst()
    if (mission?.assignee_id === row.staff_id || await hasSpoken(row.mission_id, row.staff_id, row.started_at ?? row.created_at)) return
    await say({ workspaceId: row.workspace_id, document, staffId: row.staff_id }, row.summary, cause.commentId)
  }

  /** What starts by itself has nobody who presses a button and reads why it does not. */
  async function startByItself({ id: missionId, workspace_id: workspaceId, assignee_id: staffId }: MissionRow) {
    const started = await start({ missionId, cause: { kind: 'auto_run' }, note: '' })
    if (started.ok || !staffId || !['paused', 'stopped', 'month_runs', 'month_money', 'no_engine'].includes(started.code)) return
    await say({ workspaceId, document: missionDocument(missionId), staffId }, `Not started. ${started.message}`)
  }

  return {
    find,
    start,
    mayNotStart,
    handOver,
    ...createLeases(context),
    ...createAsks(context),
    ...createStopAll(context, end),
    releaseOf: sweeping.releaseOf,
    handBack: sweeping.handBack,
    release: sweeping.release,
    reportUsage: usage.report,

    async sweep() {
      await usage.stopOver()
      await sweeping.sweep()
    },

    /** What a run read, as JSON. */
    manifestOf: async (id: RunId) => (await db.selectFrom('runs').select('manifest').where('id', '=', id).executeTakeFirst())?.manifest ?? null,

    /** The newest line of a log goes to the card while somebody holds the run. */
    async showLine(id: RunId, line: string) {
      if (!held.has(id)) return
      const place = places.get(id) ?? await db.selectFrom('runs').select(['workspace_id', 'mission_id']).where('id', '=', id).executeTakeFirst()
      if (!place || !held.has(id)) return
      if (places.size > mostPlaces) places.clear()
      places.set(id, place)
      facts.line(place.workspace_id, place.mission_id, id, line)
    },

    /** What a run asked, oldest first. */
    asksOf: async (id: RunId) => (await asksOf(db, id)).map(readAsk),
    entries: createEntriesReader({ db: behind, documents }),
    list: (which: WhichRuns) => listRuns({ db, verdicts }, which),

    cancel: async (id: RunId, reason: string, by: ActorId) => await end(id, { state: 'cancelled', code: 'cancelled', reason }, { by: { kind: 'person', id: by } }) !== null,

    /** Staff, or what they may, changed in whatever process: what is queued may go on now, or waits for something else. */
    async followStaff() {
      for (const { staff_id: id } of await db.selectFrom('runs').select('staff_id').distinct().where('state', '=', 'queued').execute()) await context.handsChanged(id)
    },

    /** A new run beside the old one, with the same words and whatever is said to them now. */
    async retry(id: RunId, by: ActorId, words = ''): Promise<Started | Refused> {
      const row = await find(id)
      if (!row) return { ok: false, code: 'not_found', message: 'There is no such run any more.' }
      if (isActive(row.state)) return { ok: false, code: 'already_running', message: 'The run has not ended yet.' }
      const cause = JSON.parse(row.cause) as Partial<Cause>
      const note = [row.note, words].filter((text) => text.trim()).join('\n\n')
      return await start({ missionId: row.mission_id, note, cause: { kind: 'retry', id: by, runId: id }, chain: JSON.parse(row.chain) as Chain, autonomy: row.autonomy, ...cause.kind === 'mention' && { staffId: row.staff_id } })
    },

    /** Resolves with a claim as soon as there is work, or with `null` after `ms`; at once for a worker that takes nothing any more. */
    async claimWithin(scope: ClaimScope, worker: Introduction, ms: number, signal: AbortSignal): Promise<Claim | null> {
      const id = await workers.seen(scope, worker)
      if (worker.draining) return null
      workers.asks(id)
      try {
        return await waiting.within(() => claim(scope, { name: worker.name, id }), ms, signal)
      } finally {
        await workers.asked(id)
      }
    },
    workersOf: workers.list,

    /** Ends a run as its holder says. False once the lease is over. */
    async finish(runId: RunId, attempt: number, outcome: Outcome): Promise<boolean> {
      const row = await end(runId, outcome.state === 'succeeded' ? outcome : { ...outcome, code: outcome.code || 'worker_failed' }, { attempt })
      if (row?.state === 'succeeded') await follow(row)
      return row !== null
    },

    holds: (runId: string, attempt: number) => held.get(runId as RunId) === attempt,

    /** Starts what asks to be started, and stops what nobody wants any more, as a mission changes. */
    async onMissionChanged(before: MissionRow | null, after: MissionRow | null) {
      const missionId = (after ?? before)?.id
      if (!missionId) return
      const over = !after ? 'The mission was deleted.'
        : after.archived_at != null ? 'The mission was archived.'
        : after.status === 'done' ? 'The mission was moved to Done.'
        : null
      const active = db.selectFrom('runs').select('id').where('mission_id', '=', missionId).where('state', 'in', activeStates)
      if (over) await cancelAll(await active.execute(), 'mission_over', over)
      // Whoever was asked in a comment, or handed the mission to, works on.
      else if (before?.assignee_id && before.assignee_id !== after?.assignee_id) {
        await cancelAll(await active.where('staff_id', '=', before.assignee_id).execute(), 'mission_over', 'The mission was given to somebody else.')
      }
      const asks = (row: MissionRow | null) => row?.status === 'in_progress' && row.archived_at == null && row.assignee_id != null
      const moved = before?.status !== after?.status || before?.assignee_id !== after?.assignee_id
      if (after?.auto_run && asks(after) && moved) await startByItself(after)
    },

    /** A person's comment that mentions staff wakes them. Called in the midst of an edit. */
    onAccepted(accepted: Accepted) {
      const found = mentionsIn(accepted)
      if (found.length > 0) void mentions.follow(found)
    },
    /** At a start: what was asked for, and not begun. */
    missed: [mentions.missed, missedStarts(context, { hasSpoken, startByItself })],

    /** A crash may have come between a row and the documents that tell of it: those that can be concerned are told again. */
    async publishLatest() {
      const active = db.selectFrom('runs').select('id').where('state', 'in', activeStates)
      const ended = db.selectFrom('runs').select('id').where('ended_at', 'is not', null).orderBy('ended_at', 'desc').limit(20)
      for (const { id } of [...await active.execute(), ...await ended.execute()]) await publisher.publish(id)
    },

    hasQueued: async () => await db.selectFrom('runs').select('id').where('state', '=', 'queued').limit(1).executeTakeFirst() !== undefined,

    published: publisher.published,
  }
}
