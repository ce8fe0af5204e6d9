import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import type { Happening } from '../activity/happening.ts'
import type { Log } from '../log.ts'
import type { Search } from '../search/search.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import { createCollections } from './collections.ts'
import { createGiven } from './given.ts'
import { createFileList } from './list-files.ts'
import { createMemory } from './memory.ts'
import { createNotes } from './notes.ts'
import { createUses } from './uses.ts'
import { createRunVerdicts } from './verdicts.ts'

/** A workspace's library: what was made and given in it, and what runs are given of that. */
export function createLibrary({ db, documents, search, settled, record, changed, followNotes, nameOf, log, now }: {
  db: Database
  documents: Documents
  search: Pick<Search, 'related'>
  /** Resolves when the tables say what the boards say. */
  settled: () => Promise<void>
  record: (happening: Happening) => void
  /** What the library of a workspace shows is not what it was. */
  changed: (workspaceId: WorkspaceId) => void
  followNotes: (workspaceId: WorkspaceId, staffId: ActorId) => void
  nameOf: (workspaceId: WorkspaceId, id: ActorId) => Promise<string>
  log: Log
  now: () => number
}) {
  const given = createGiven({ db, now, settled, record, changed })
  const collections = createCollections({ db, now, record, changed })
  const verdicts = createRunVerdicts({ db, documents, log, changed })
  return {
    given, collections, verdicts,
    files: createFileList({ db, settled }),
    usesOf: createUses({ db, given, collections }),
    memoryFor: createMemory({ db, documents, given, search, nameOf, log }),
    notes: createNotes({ db, documents, given, now, record, changed, follow: followNotes }),

    /** Docs that the runs of a mission are given beside those of its project. */
    async docsGivenTo({ missionId, staffId }: { missionId: MissionId; staffId: ActorId }) {
      const mission = await db.selectFrom('missions').select('project_id').where('id', '=', missionId).executeTakeFirst()
      const targets = [{ kind: 'mission' as const, id: missionId }, { kind: 'staff' as const, id: staffId }, ...mission?.project_id ? [{ kind: 'project' as const, id: mission.project_id }] : []]
      return (await given.toAll(targets)).flatMap(({ doc }) => (doc ? [doc.id] : []))
    },
  }
}

export type Library = ReturnType<typeof createLibrary>
