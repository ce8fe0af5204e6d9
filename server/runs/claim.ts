import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { sql } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Cause, Chain, RunCode } from '#lib/board/run-record.ts'
import { narrower } from '#lib/board/staff.ts'
import { theServer } from '../activity/happening.ts'
import type { EngineTasks } from '../staff/engine-tasks.ts'
import { overBound, overMonth, usageOf } from './bounds.ts'
import { hashed, runColumns, type RunRow, type RunsContext } from './context.ts'
import type { End } from './end.ts'
import { asksOf, readAsk } from './open-asks.ts'
import type { Claim } from './protocol.ts'

/**
 * Whose runs a worker takes: those of every workspace (the embedded one), those of a workspace, or what an agent of one staff member
 * may: its own runs, of any engine, and those that need no key.
 */
export type ClaimScope =
  | { kind: 'all' }
  | { kind: 'worker'; workspaceId: WorkspaceId }
  | { kind: 'staff'; workspaceId: WorkspaceId; staffId: ActorId }

const unzipped = promisify(gunzip)

/** Gives queued runs to workers. Claiming is one statement, so that a run has one holder at a time. */
export function createClaim(context: RunsContext, { end, engineTasks, watched, beforeReading }: {
  end: End
  engineTasks: Pick<EngineTasks, 'engineOf' | 'mcpOf' | 'fetchAllowed'>
  watched: (workspaceId: WorkspaceId) => boolean
  /** A run was claimed and is about to read what it needs. */
  beforeReading: (run: RunRow) => Promise<void>
}) {
  const { db, now, leaseMs, held, log } = context

  async function take(scope: ClaimScope, worker: { name: string; id: string | null }, token: string): Promise<RunRow | undefined> {
    const workspace = scope.kind === 'all' ? null : scope.workspaceId
    const self = scope.kind === 'staff' ? scope.staffId : null
    const anyModel = scope.kind === 'staff' ? 0 : 1
    const at = now()
    const { rows } = await sql<RunRow>`
      update runs set state = 'running', attempt = attempt + 1, lease_hash = ${hashed(token)}, lease_until = ${at + leaseMs},
        worker = ${worker.name}, worker_id = ${worker.id}, started_at = coalesce(started_at, ${at}), claimed_at = ${at}
      where state = 'queued' and id = (
        select runs.id from runs join staff on staff.id = runs.staff_id join workspaces on workspaces.id = runs.workspace_id
        where state = 'queued' and workspaces.deleted_at is null and runs_stopped_at is null and paused_at is null and archived_at is null
          and (${workspace} is null or runs.workspace_id = ${workspace})
          and (staff.engine = 'offline' or (staff.engine = 'openai' and ${anyModel}) or staff.id = ${self})
          and staff.concurrency > (select count(*) from runs as busy where busy.staff_id = staff.id and busy.state = 'running')
        order by runs.created_at limit 1)
      returning ${sql.join(runColumns.map((column) => sql.ref(column)))}`.execute(db)
    return rows[0]
  }

  /** What the worker is told of the run; `null` where it ends before it begins. */
  async function describe(row: RunRow, token: string, withKey: boolean): Promise<Claim | null> {
    const staff = await db.selectFrom('staff').selectAll().where('id', '=', row.staff_id).executeTakeFirstOrThrow()
    const fail = async (code: Exclude<RunCode, ''>, reason: string) => {
      await end(row.id, { state: 'failed', code, reason }, { attempt: row.attempt, by: theServer })
      return null
    }
    const over = overBound(usageOf(row), staff) ?? await overMonth(db, staff, now())
    if (over) return await fail(over.code, over.reason)
    const engine = await engineTasks.engineOf(staff, withKey)
    if (!engine) return await fail('no_engine', 'No model is set in this workspace any more. An owner sets one in the settings.')
    await db.updateTable('runs').set({ engine: staff.engine, model: engine.kind === 'openai' ? engine.model : '', instructions_version: staff.instructions_version })
      .where('id', '=', row.id).where('attempt', '=', row.attempt).execute()
    const asks = await asksOf(db, row.id)
    const { checkpoint } = await db.selectFrom('runs').select('checkpoint').where('id', '=', row.id).executeTakeFirstOrThrow()
    const { alwaysAllowed, tools } = { alwaysAllowed: JSON.parse(staff.always_allowed) as string[], tools: JSON.parse(staff.tools) as string[] }
    return {
      runId: row.id, missionId: row.mission_id, workspaceId: row.workspace_id, staffId: row.staff_id, attempt: row.attempt, note: row.note, createdAt: row.created_at, token, leaseMs,
      staff: { name: staff.name, role: staff.role, instructions: staff.instructions, autonomy: narrower(staff.autonomy, row.autonomy), tools, alwaysAllowed },
      engine, mcp: await engineTasks.mcpOf(staff), fetchAllowed: await engineTasks.fetchAllowed(row.workspace_id),
      guards: { turns: staff.most_turns, minutes: staff.most_minutes, tokens: staff.most_tokens, micros: staff.most_micros },
      used: { ...usageOf(row), workingMs: row.working_ms },
      cause: JSON.parse(row.cause) as Cause, chain: JSON.parse(row.chain) as Chain,
      resume: checkpoint || asks.length > 0 ? { checkpoint: checkpoint ? (await unzipped(checkpoint)).toString() : '', asks: asks.map(readAsk) } : null,
      watched: watched(row.workspace_id),
    }
  }

  /** The oldest run that may go on now; `null` where there is none. */
  return async (scope: ClaimScope, worker: { name: string; id: string | null }): Promise<Claim | null> => {
    for (;;) {
      const token = `lease_${randomBytes(32).toString('base64url')}`
      const row = await take(scope, worker, token)
      if (!row) return null
      held.set(row.id, row.attempt)
      const claim = await describe(row, token, scope.kind !== 'staff')
      if (!claim) continue
      log.info({ run: row.id, attempt: row.attempt, worker: worker.name }, 'run claimed')
      context.note(row, 'run.started', { kind: 'staff', id: row.staff_id }, { ...row.attempt > 1 && { attempt: row.attempt } })
      await context.publish(row.id)
      await context.handsChanged(row.staff_id)
      await beforeReading(row).catch((error: unknown) => log.error({ err: error, run: row.id }, 'what the run reads is not kept as a version'))
      return claim
    }
  }
}

/** Who waits for work, and hears of it the moment there is some. */
export function createWaiting(now: () => number) {
  const waiting = new Set<() => void>()
  return {
    wake() {
      for (const wake of waiting) wake()
    },
    /** Resolves with what `ask` found as soon as it found something, or with `null` after `ms`. */
    async within<T>(ask: () => Promise<T | null>, ms: number, signal: AbortSignal): Promise<T | null> {
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
        const found = signal.aborted ? null : await ask()
        if (found || signal.aborted || now() >= deadline) return found
        await work
      }
    },
  }
}
