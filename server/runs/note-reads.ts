import type { RunId } from '#lib/board/ids.ts'
import { parseReference } from '#lib/board/reference.ts'
import type { Database } from '../store/database.ts'

const [mostReads, longestReason] = [1_000, 500]

/** Notes which files and docs a manifest names, so that they can be asked which runs read them. What a worker says is checked as far as it is used. */
export async function noteReads(db: Database, runId: RunId, manifest: string) {
  const { sources } = JSON.parse(manifest) as { sources: unknown[] }
  const reads = new Map<string, { run_id: RunId; source: string; version: string; reason: string }>()
  for (const each of sources.slice(0, mostReads)) {
    if (typeof each !== 'object' || each === null) continue
    const { source, reason = '', version = '', fileVersion } = each as Record<string, unknown>
    if (typeof source !== 'string' || !parseReference(source) || typeof reason !== 'string') continue
    reads.set(source, { run_id: runId, source, version: typeof fileVersion === 'number' ? String(fileVersion) : String(version).slice(0, 100), reason: reason.slice(0, longestReason) })
  }
  await db.deleteFrom('run_reads').where('run_id', '=', runId).execute()
  if (reads.size > 0) await db.insertInto('run_reads').values([...reads.values()]).execute()
}
