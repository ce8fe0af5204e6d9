import type { WorkspaceId } from '#lib/board/ids.ts'
import type { WorkerSeen } from '#lib/staff/answers.ts'
import type { Database } from '../store/database.ts'
import type { ClaimScope } from './claim.ts'

const dayMs = 24 * 60 * 60_000
/** Workers that left stay in sight for a day, and are forgotten after a week. */
const [shownMs, keptMs] = [dayMs, 7 * dayMs]
const embeddedId = 'embedded'

export type Introduction = { name: string; id: string; version: string; concurrency: number; busy: number; draining: boolean }

/** Which workers there are: each says so whenever it asks for work, and the heartbeats of its runs speak for it. */
export function createWorkers({ db, now, leaseMs, hasEmbedded }: {
  db: Database
  now: () => number
  leaseMs: number
  /** The server brings a worker of its own along, which comes and goes with the work. */
  hasEmbedded: boolean
}) {
  /** Those that hold a request open, waiting for work. */
  const asking = new Map<string, number>()
  /** Two lease's worth of silence: a worker that lives has renewed one, or asked again, long before. */
  const silentMs = 2 * leaseMs

  /** A worker's id is its own choice, and nobody else's workspace is touched by it. */
  const idOf = (scope: ClaimScope, { id, name }: Introduction) => scope.kind === 'all' ? embeddedId : `${scope.workspaceId}/${id || name}`

  return {
    /** Notes that a worker is here; answers with its id in the table. */
    async seen(scope: ClaimScope, introduction: Introduction): Promise<string> {
      const id = idOf(scope, introduction)
      const { name, version, concurrency, busy, draining } = introduction
      const said = { name, version, concurrency, busy, last_seen_at: now(), state: draining ? 'draining' as const : 'working' as const }
      const owner = scope.kind === 'all' ? { workspace_id: null, staff_id: null } : { workspace_id: scope.workspaceId, staff_id: scope.kind === 'staff' ? scope.staffId : null }
      await db.insertInto('workers').values({ id, ...owner, ...said, first_seen_at: now() }).onConflict((conflict) => conflict.column('id').doUpdateSet({ ...said, ...owner })).execute()
      await db.deleteFrom('workers').where('last_seen_at', '<', now() - keptMs).execute()
      return id
    },

    /** Between these two it is heard of all the time. */
    asks: (id: string) => asking.set(id, (asking.get(id) ?? 0) + 1),
    async asked(id: string) {
      const others = (asking.get(id) ?? 1) - 1
      if (others > 0) asking.set(id, others)
      else asking.delete(id)
      await db.updateTable('workers').set({ last_seen_at: now() }).where('id', '=', id).execute()
    },

    /** Those that work for a workspace, and the server's own; who was here last comes first. */
    async list(workspaceId: WorkspaceId): Promise<WorkerSeen[]> {
      const rows = await db.selectFrom('workers').selectAll('workers')
        .select((eb) => eb.selectFrom('runs').select((count) => count.fn.countAll<number>().as('runs')).whereRef('worker_id', '=', 'workers.id').where('state', '=', 'running').as('runs'))
        .where((eb) => eb.or([eb('workspace_id', '=', workspaceId), eb('workspace_id', 'is', null)])).where('last_seen_at', '>', now() - shownMs)
        .orderBy('last_seen_at', 'desc').orderBy('id').execute()
      return rows.map((row): WorkerSeen => {
        const [embedded, busy] = [row.id === embeddedId, Number(row.runs ?? 0)]
        const here = embedded ? hasEmbedded : asking.has(row.id) || row.last_seen_at > now() - silentMs
        const state = !here || (row.state === 'draining' && busy === 0) ? 'gone' : row.state
        return { id: row.id, name: row.name, version: row.version, concurrency: row.concurrency, busy, firstSeenAt: row.first_seen_at, lastSeenAt: asking.has(row.id) ? now() : row.last_seen_at, state, embedded }
      })
    },
  }
}
