import type { FileId, RunId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { Descent, FileUses, RunOfFile } from '#lib/library/library.ts'
import { readEntry } from '../files/file-entries.ts'
import type { StoredFile } from '../files/files.ts'
import type { Database } from '../store/database.ts'
import type { Collections } from './collections.ts'
import type { GivenContext } from './given.ts'
import { describeSources } from './sources.ts'

/** Runs that are named; the newest ones. */
const mostRuns = 100

/** Where a file is used, and what each of its versions came from. */
export function createUses({ db, given, collections }: { db: Database; given: GivenContext; collections: Collections }) {
  async function runsOf(ids: readonly RunId[]): Promise<Map<RunId, RunOfFile>> {
    if (ids.length === 0) return new Map()
    const rows = await db.selectFrom('runs').leftJoin('missions', 'missions.id', 'runs.mission_id').leftJoin('run_verdicts', 'run_verdicts.run_id', 'runs.id')
      .select(['runs.id', 'staff_id', 'runs.mission_id', 'missions.title', 'runs.created_at', 'ended_at', 'summary', 'verdict', 'by_id', 'run_verdicts.at']).where('runs.id', 'in', ids).execute()
    return new Map(rows.map((row) => [row.id, {
      id: row.id, staffId: row.staff_id, mission: { id: row.mission_id, title: row.title ?? '' }, at: row.ended_at ?? row.created_at, summary: row.summary,
      verdict: row.verdict && row.by_id && row.at !== null ? { said: row.verdict, by: row.by_id, at: row.at } : null,
    }]))
  }

  return async ({ id, workspaceId }: Pick<StoredFile, 'id' | 'workspaceId'>): Promise<FileUses> => {
    const source = referenceUrl({ kind: 'file', id })
    const file = await readEntry(db, id)
    const versions = [...file?.versions ?? []].reverse()
    const made = versions.flatMap(({ runId }) => (runId ? [runId] : []))
    const readers = await db.selectFrom('run_reads').innerJoin('runs', 'runs.id', 'run_reads.run_id').select(['run_id', 'version', 'run_reads.reason']).where('source', '=', source).orderBy('runs.created_at', 'desc').limit(mostRuns).execute()
    const runs = await runsOf([...new Set([...made, ...readers.map(({ run_id }) => run_id)])])

    const results = readers.length === 0 ? [] : await db.selectFrom('file_versions').innerJoin('files', 'files.id', 'file_versions.file_id').select(['file_versions.run_id', 'files.id', 'files.name']).distinct()
      .where('file_versions.run_id', 'in', readers.map(({ run_id }) => run_id)).where('deleted_at', 'is', null).execute()
    const read = made.length === 0 ? [] : await db.selectFrom('run_reads').selectAll().where('run_id', 'in', made).execute()
    const described = await describeSources(db, workspaceId, [...new Set(read.map((each) => each.source))])

    return {
      givenTo: await given.usesOf(workspaceId, source),
      readBy: readers.flatMap(({ run_id, version, reason }) => {
        const run = runs.get(run_id)
        return run ? [{ ...run, version, reason, made: results.filter((result) => result.run_id === run_id).map((result): { id: FileId; name: string } => ({ id: result.id, name: result.name })) }] : []
      }),
      descent: versions.map(({ version, by, createdAt, runId }): Descent => ({
        version, by, at: createdAt, run: runId ? runs.get(runId) ?? null : null,
        from: read.filter(({ run_id }) => run_id === runId).flatMap((each) => {
          const name = described.get(each.source)?.name
          return name === undefined ? [] : [{ source: each.source, name, version: each.version, reason: each.reason }]
        }),
      })),
      ...await collections.of(id),
    }
  }
}
