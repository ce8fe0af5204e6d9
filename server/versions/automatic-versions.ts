import type { ActorId, DocId } from '#lib/board/ids.ts'
import { briefDocument, docDocument, missionDocument, parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { RunRow } from '../runs/runs.ts'
import type { Database } from '../store/database.ts'
import type { Sync } from '../sync/sync.ts'
import { watchPauses } from './pauses.ts'
import type { Versions } from './versions.ts'

/** Docs of a project that are kept as a run reads them; it waits for that. */
const mostDocsKept = 100

/** Versions that nobody asks for: of a text as whoever writes it pauses, and as a run reads it. */
export function createAutomaticVersions({ db, versions, docsGivenTo, workspaceOf, now, log }: {
  db: Database
  versions: Pick<Versions, 'keep'>
  docsGivenTo: (run: { missionId: RunRow['mission_id']; staffId: ActorId }) => Promise<readonly DocId[]>
  workspaceOf: Sync['workspaceOf']
  now: () => number
  log: Log
}) {
  const pauses = watchPauses(now)

  async function keepAfterPause(document: string, by: ActorId | null) {
    const name = parseDocumentName(document)
    const workspaceId = name && await workspaceOf(name)
    if (workspaceId) await versions.keep({ document, workspaceId, kind: 'pause', by })
  }

  return {
    wrote: pauses.wrote,

    /** Keeps what came to rest. */
    look() {
      for (const { document, by } of pauses.due()) keepAfterPause(document, by).catch((error: unknown) => log.error({ err: error, document }, 'version not kept'))
    },

    async beforeRun({ id: runId, workspace_id: workspaceId, mission_id: missionId, staff_id: by }: Pick<RunRow, 'id' | 'workspace_id' | 'mission_id' | 'staff_id'>) {
      const given = await docsGivenTo({ missionId, staffId: by })
      const mission = await db.selectFrom('missions').select('project_id').where('id', '=', missionId).executeTakeFirst()
      const project = mission?.project_id ?? null
      const docs = project === null ? [] : await db.selectFrom('docs').select('id').where('project_id', '=', project).where('archived_at', 'is', null).orderBy('id').limit(mostDocsKept).execute()
      const read = [missionDocument(missionId), ...project === null ? [] : [briefDocument(project)], ...docs.map(({ id }) => docDocument(id)), ...given.map(docDocument)]
      for (const document of new Set(read)) await versions.keep({ document, workspaceId, kind: 'run', by, runId })
    },
  }
}

export type AutomaticVersions = ReturnType<typeof createAutomaticVersions>
