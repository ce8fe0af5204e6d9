import { sql } from 'kysely'
import type * as Y from 'yjs'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { readReviews } from '#lib/board/review.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { documentHead } from '../store/document-head.ts'
import type { Accepted } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'

/** What the newest review says of each run, of those that were not withdrawn. */
function verdictsIn(doc: Y.Doc) {
  const newest = new Map(readReviews(doc).filter(({ withdrawnAt }) => withdrawnAt === null).flatMap((review) => (review.runId ? [[review.runId, review] as const] : [])))
  return [...newest].map(([run_id, { verdict, by, createdAt }]) => ({ run_id, verdict: verdict === 'approved' ? 'approved' as const : 'changes' as const, by_id: by, at: createdAt }))
}

/**
 * Keeps a table of what people said of runs. The documents of missions are the truth; a table can be asked which of ten thousand files
 * are approved. What was written while no server ran is read at the start.
 */
export function createRunVerdicts({ db, documents, log, changed }: { db: Database; documents: Documents; log: Log; changed: (workspaceId: WorkspaceId) => void }) {
  let work: Promise<void> = Promise.resolve()
  const due = new Set<MissionId>()

  async function read(workspaceId: WorkspaceId, missionId: MissionId) {
    const doc = missionDocument(missionId)
    const seq = await documentHead(db, doc)
    const verdicts = await documents.read(doc, verdictsIn)
    await db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('run_verdicts').where('mission_id', '=', missionId).execute()
      if (verdicts.length > 0) {
        await transaction.insertInto('run_verdicts').values(verdicts.map((verdict) => ({ ...verdict, workspace_id: workspaceId, mission_id: missionId })))
          .onConflict((conflict) => conflict.column('run_id').doNothing()).execute()
      }
      await transaction.insertInto('verdicts_followed').values({ doc, workspace_id: workspaceId, seq }).onConflict((conflict) => conflict.column('doc').doUpdateSet({ seq })).execute()
    })
    changed(workspaceId)
  }

  function follow(workspaceId: WorkspaceId, missionId: MissionId) {
    if (due.has(missionId)) return
    due.add(missionId)
    work = work.then(async () => {
      due.delete(missionId)
      await read(workspaceId, missionId)
    }).catch((error: unknown) => log.error({ err: error, mission: missionId }, 'verdicts not followed'))
  }

  return {
    /** An edit was applied; called in its midst, so it only takes note. */
    accepted({ name, author, changes }: Accepted) {
      if (name.kind === 'mission' && changes.some((change) => change.kind === 'value' && change.path[0] === 'reviews')) setImmediate(follow, author.workspaceId, name.id)
    },

    /** Reads what was judged when nobody followed: only missions that have runs have verdicts. */
    async catchUp() {
      const { rows } = await sql<{ id: MissionId; workspace_id: WorkspaceId }>`
        with judged as (select distinct mission_id as id, workspace_id from runs where state = 'succeeded')
        select id, judged.workspace_id from judged left join verdicts_followed f on f.doc = 'mission/' || id
        where coalesce(f.seq, 0) < max(coalesce((select max(seq) from updates where doc = 'mission/' || id), 0), coalesce((select upto_seq from snapshots where doc = 'mission/' || id), 0))`.execute(db)
      for (const { id, workspace_id } of rows) follow(workspace_id, id)
      await work
    },

    async settled() {
      for (let last; last !== work;) await (last = work)
    },
  }
}
