import type { ActorId, RunId } from '#lib/board/ids.ts'
import { isActive, type Facts as MissionFacts } from '#lib/board/mission.ts'
import { runsOf, type RunSummary } from '#lib/board/mission-document.ts'
import { runStateOf } from '#lib/board/run-document.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { RunRow } from './context.ts'
import type { Facts } from './facts.ts'
import { openAsks, type AskRow } from './open-asks.ts'

/** Writes what the rows of runs say into the documents that tell of them, one run after the other. */
export function createPublisher({ db, documents, facts, log, find }: { db: Database; documents: Documents; facts: Facts; log: Log; find: (id: RunId) => Promise<RunRow | undefined> }) {
  let publishing: Promise<void> = Promise.resolve()

  async function write(id: RunId) {
    const row = await find(id)
    if (!row) return
    const asks = isActive(row.state) ? await openAsks(db, id) : []
    const summary: Omit<RunSummary, 'id'> = {
      staffId: row.staff_id, state: row.state, attempt: row.attempt, requestedBy: row.requested_by, createdAt: row.created_at,
      startedAt: row.started_at, endedAt: row.ended_at, summary: row.summary, reason: row.reason,
      code: row.code, asks: asks.length, tokens: row.input_tokens + row.output_tokens, micros: row.micros,
    }
    await documents.edit(missionDocument(row.mission_id), (doc) => {
      if (JSON.stringify(runsOf(doc).get(id)) !== JSON.stringify(summary)) runsOf(doc).set(id, summary)
    })
    await documents.edit(runDocument(id), (doc) => {
      if (runStateOf(doc).get('state') !== row.state) runStateOf(doc).set('state', row.state)
    })
    const newest = await db.selectFrom('runs').select('id').where('mission_id', '=', row.mission_id).orderBy('created_at', 'desc').orderBy('id').executeTakeFirst()
    if (newest?.id !== id) return
    const waitsFor = row.state === 'queued' ? await whatFor(row) : ''
    const run = cardFacts(row, waitsFor, asks[0])
    await facts.set(row.workspace_id, row.mission_id, (before) => ({
      // The latest line of its log stays while it runs.
      run: before.run?.id === id && before.run.state === 'running' && row.state === 'running' ? { ...run, line: before.run.line } : run,
    }))
  }

  /** Why a run that is queued does not begin. */
  async function whatFor(row: RunRow): Promise<string> {
    const staff = await db.selectFrom('staff').select(['name', 'concurrency', 'paused_at']).where('id', '=', row.staff_id).executeTakeFirst()
    if (!staff) return 'Waiting for a worker'
    if (staff.paused_at !== null) return `Waits: ${staff.name} is paused`
    const busy = await db.selectFrom('runs').select('mission_id').where('staff_id', '=', row.staff_id).where('state', '=', 'running').execute()
    if (busy.length < staff.concurrency) return row.reason || 'Waiting for a worker'
    return `Waits: ${staff.name} is at work on ${busy.length === 1 ? 'another mission' : `${busy.length} other missions`}`
  }

  function publish(id: RunId): Promise<void> {
    publishing = publishing.then(() => write(id)).catch((error: unknown) => log.error({ err: error, run: id }, 'run not published'))
    return publishing
  }

  return {
    publish,
    /** Says anew what the queued runs of a staff member wait for. */
    async publishQueuedOf(staffId: ActorId): Promise<number> {
      const rows = await db.selectFrom('runs').select('id').where('staff_id', '=', staffId).where('state', '=', 'queued').execute()
      for (const { id } of rows) void publish(id)
      return rows.length
    },
    published: () => publishing,
  }
}

function cardFacts(row: RunRow, waitsFor: string, ask: AskRow | undefined): NonNullable<MissionFacts['run']> {
  const line = row.state === 'queued' ? waitsFor : row.state === 'waiting' && ask ? withoutMarks(ask.question) : row.state === 'running' ? 'Starting' : row.summary || row.reason
  const since = row.state === 'waiting' && ask ? ask.asked_at : row.ended_at ?? row.started_at ?? row.created_at
  return { id: row.id, state: row.state, staffId: row.staff_id, line: line.slice(0, 160), since, ask: ask?.id ?? null }
}
