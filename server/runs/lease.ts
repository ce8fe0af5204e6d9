import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RunId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { noteReads } from './note-reads.ts'
import { hashed, type RunsContext } from './context.ts'

const zipped = promisify(gzip)

/** What the holder of a run may do, by its token and attempt. */
export function createLeases({ db, now, leaseMs }: RunsContext) {
  return {
    /** Who a lease's token makes its bearer; `null` once the lease is over. */
    async actorOfLease(token: string): Promise<Extract<Actor, { kind: 'staff' }> | null> {
      const row = await db.selectFrom('runs').innerJoin('staff', 'staff.id', 'runs.staff_id').innerJoin('workspaces', 'workspaces.id', 'runs.workspace_id')
        .select(['runs.id', 'runs.staff_id', 'runs.workspace_id', 'runs.attempt', 'staff.name']).where('workspaces.deleted_at', 'is', null)
        .where('lease_hash', '=', hashed(token)).where('lease_until', '>', now()).where('state', '=', 'running').executeTakeFirst()
      return row ? { kind: 'staff', id: row.staff_id, name: row.name, workspaceId: row.workspace_id, lease: { runId: row.id, attempt: row.attempt } } : null
    },

    /** Renews a lease; false once it is over. */
    async heartbeat(runId: RunId, attempt: number): Promise<boolean> {
      const at = now()
      const row = await db.updateTable('runs').set({ lease_until: at + leaseMs })
        .where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').where('lease_until', '>', at).returning('worker_id').executeTakeFirst()
      if (row?.worker_id) await db.updateTable('workers').set({ last_seen_at: at }).where('id', '=', row.worker_id).execute()
      return row !== undefined
    },

    async keepManifest(runId: RunId, attempt: number, manifest: string) {
      const kept = await db.updateTable('runs').set({ manifest }).where('id', '=', runId).where('attempt', '=', attempt).returning('id').executeTakeFirst()
      if (kept) await noteReads(db, runId, manifest)
    },

    /** Where the engine would go on. False once the lease is over. */
    async keepCheckpoint(runId: RunId, attempt: number, checkpoint: string): Promise<boolean> {
      const row = await db.updateTable('runs').set({ checkpoint: await zipped(checkpoint, { level: 1 }) })
        .where('id', '=', runId).where('attempt', '=', attempt).where('state', '=', 'running').returning('id').executeTakeFirst()
      return row !== undefined
    },
  }
}
