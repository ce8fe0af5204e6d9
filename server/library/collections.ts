import type { ActorId, CollectionId, FileId, WorkspaceId } from '#lib/board/ids.ts'
import type { Collection } from '#lib/library/library.ts'
import type { Happening } from '../activity/happening.ts'
import { aboutOwner } from '../files/file-activity.ts'
import type { StoredFile } from '../files/files.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'

const longestCollectionName = 100
const mostCollections = 500

type Refused = { ok: false; code: 'bad_field' | 'name_taken' | 'too_many' | 'not_found'; message: string; field?: string }
type Made = { ok: true; collection: Collection } | Refused
type ShelvedFile = Pick<StoredFile, 'id' | 'workspaceId' | 'name' | 'kind' | 'owner'>

const gone = (): Refused => ({ ok: false, code: 'not_found', message: 'This collection does not exist any more.' })

/** Files that people put together under a name, and those that they pinned; for everybody of the workspace. */
export function createCollections({ db, now, record, changed }: { db: Database; now: () => number; record: (happening: Happening) => void; changed: (workspaceId: WorkspaceId) => void }) {
  const rows = () => db.selectFrom('collections').leftJoin('collection_files', 'collection_files.collection_id', 'collections.id')
    .leftJoin('files', (join) => join.onRef('files.id', '=', 'collection_files.file_id').on('files.deleted_at', 'is', null))
    .select(['collections.id', 'collections.workspace_id', 'collections.name', 'collections.created_by as createdBy', 'collections.created_at as createdAt', (eb) => eb.fn.count<number>('files.id').as('files')])
    .groupBy('collections.id')
  const shown = ({ workspace_id: _, ...row }: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): Collection => ({ ...row, files: Number(row.files) })
  const find = (id: CollectionId) => rows().where('collections.id', '=', id).executeTakeFirst()

  /** The name as it is kept, or why it cannot be. */
  async function nameFor(workspaceId: WorkspaceId, given: string, except?: CollectionId): Promise<string | Refused> {
    const name = given.replace(/\s+/g, ' ').trim()
    if (!name) return { ok: false, code: 'bad_field', message: 'A collection needs a name.', field: 'name' }
    if (name.length > longestCollectionName) return { ok: false, code: 'bad_field', message: `The name of a collection may have at most ${longestCollectionName} characters; this has ${name.length}.`, field: 'name' }
    const others = await db.selectFrom('collections').select(['id', 'name']).where('workspace_id', '=', workspaceId).execute()
    if (others.some((other) => other.id !== except && other.name.toLowerCase() === name.toLowerCase())) return { ok: false, code: 'name_taken', message: `There is a collection called “${name}” already.`, field: 'name' }
    if (!except && others.length >= mostCollections) return { ok: false, code: 'too_many', message: `There are ${mostCollections} collections, which is the most. Delete one that nobody needs.` }
    return name
  }

  function note(kind: Happening['kind'], { id, workspace_id: workspaceId, name }: { id: CollectionId; workspace_id: WorkspaceId; name: string }, by: ActorId, details: Happening['details'] = {}) {
    record({ workspaceId, kind, actor: { kind: 'person', id: by }, subject: { kind: 'collection', id, name }, projectId: null, details })
    changed(workspaceId)
  }
  const listed = ({ id, name, kind }: ShelvedFile) => ({ files: [{ id, name, kind }] })

  return {
    workspaceOf: async (id: CollectionId) => (await find(id))?.workspace_id ?? null,
    list: async (workspaceId: WorkspaceId): Promise<Collection[]> => (await rows().where('collections.workspace_id', '=', workspaceId).orderBy((eb) => eb.fn('lower', ['collections.name'])).execute()).map(shown),

    async create(workspaceId: WorkspaceId, given: string, by: ActorId): Promise<Made> {
      const name = await nameFor(workspaceId, given)
      if (typeof name !== 'string') return name
      const row = { id: newId<CollectionId>(), workspace_id: workspaceId, name, created_by: by, created_at: now() }
      await db.insertInto('collections').values(row).execute()
      note('collection.created', row, by)
      return { ok: true, collection: { id: row.id, name, files: 0, createdBy: by, createdAt: row.created_at } }
    },

    async rename(id: CollectionId, given: string, by: ActorId): Promise<Made> {
      const row = await find(id)
      if (!row) return gone()
      const name = await nameFor(row.workspace_id, given, id)
      if (typeof name !== 'string') return name
      if (name !== row.name) {
        await db.updateTable('collections').set({ name }).where('id', '=', id).execute()
        note('collection.renamed', { ...row, name }, by, { from: row.name, to: name })
      }
      return { ok: true, collection: { ...shown(row), name } }
    },

    /** The files stay where they are. */
    async remove(id: CollectionId, by: ActorId) {
      const row = await find(id)
      if (!row) return
      await db.deleteFrom('collection_files').where('collection_id', '=', id).execute()
      await db.deleteFrom('collections').where('id', '=', id).execute()
      note('collection.deleted', row, by)
    },

    async put(id: CollectionId, file: ShelvedFile, by: ActorId): Promise<{ ok: true } | Refused> {
      const row = await find(id)
      if (row?.workspace_id !== file.workspaceId) return gone()
      const added = await db.insertInto('collection_files').values({ collection_id: id, file_id: file.id, by_id: by, at: now() }).onConflict((conflict) => conflict.doNothing()).returning('file_id').executeTakeFirst()
      if (added) note('collection.filled', row, by, listed(file))
      return { ok: true }
    },

    async take(id: CollectionId, file: ShelvedFile, by: ActorId): Promise<{ ok: true } | Refused> {
      const row = await find(id)
      if (row?.workspace_id !== file.workspaceId) return gone()
      const taken = await db.deleteFrom('collection_files').where('collection_id', '=', id).where('file_id', '=', file.id).returning('file_id').executeTakeFirst()
      if (taken) note('collection.emptied', row, by, listed(file))
      return { ok: true }
    },

    /** Those that a file is in, and whether it is pinned. */
    async of(file: FileId): Promise<{ collections: CollectionId[]; pinned: boolean }> {
      const collections = await db.selectFrom('collection_files').select('collection_id').where('file_id', '=', file).execute()
      const pin = await db.selectFrom('pins').select('file_id').where('file_id', '=', file).executeTakeFirst()
      return { collections: collections.map(({ collection_id }) => collection_id), pinned: pin !== undefined }
    },

    async pin(file: ShelvedFile, pinned: boolean, by: ActorId) {
      const { id, workspaceId, owner } = file
      const row = pinned
        ? await db.insertInto('pins').values({ file_id: id, workspace_id: workspaceId, by_id: by, at: now() }).onConflict((conflict) => conflict.doNothing()).returning('file_id').executeTakeFirst()
        : await db.deleteFrom('pins').where('file_id', '=', id).returning('file_id').executeTakeFirst()
      if (!row) return
      record({
        workspaceId, kind: pinned ? 'file.pinned' : 'file.unpinned', actor: { kind: 'person', id: by }, ...aboutOwner(owner), details: listed(file),
      })
      changed(workspaceId)
    },
  }
}

export type Collections = ReturnType<typeof createCollections>
