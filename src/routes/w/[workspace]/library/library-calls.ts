import type { WorkFile } from '#lib/board/files.ts'
import type { ActorId, CollectionId, FileId, NoteId, WorkspaceId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { Given, GivenTarget, Source } from '#lib/library/given.ts'
import type { Collection, FileUses, LibraryPage } from '#lib/library/library.ts'
import type { Note } from '#lib/library/note.ts'
import { callApi } from '#lib/workspace/call-api.ts'

type Ask = { fetch?: typeof fetch; signal?: AbortSignal }
type Sourced = { source: Source } | Pick<WorkFile, 'id'>

const sourceOf = (what: Sourced) => referenceUrl('source' in what ? what.source : { kind: 'file', id: what.id })

export const listFiles = (workspace: WorkspaceId, query: URLSearchParams, ask: Ask = {}) => callApi<LibraryPage>('GET', `workspaces/${workspace}/library?${query}`, ask)
export const usesOf = (file: FileId, ask: Ask = {}) => callApi<FileUses>('GET', `files/${file}/uses`, ask)
export const pinFile = (file: FileId, pinned: boolean) => callApi<object>(pinned ? 'PUT' : 'DELETE', `files/${file}/pin`)

export const listCollections = (workspace: WorkspaceId, ask: Ask = {}) => callApi<{ collections: Collection[] }>('GET', `workspaces/${workspace}/collections`, ask)
export const createCollection = (workspace: WorkspaceId, name: string) => callApi<{ collection: Collection }>('POST', `workspaces/${workspace}/collections`, { body: { name } })
export const renameCollection = (collection: CollectionId, name: string) => callApi<{ collection: Collection }>('PATCH', `collections/${collection}`, { body: { name } })
export const deleteCollection = (collection: CollectionId) => callApi<object>('DELETE', `collections/${collection}`)
export const shelve = (collection: CollectionId, file: FileId, put: boolean) => callApi<object>(put ? 'PUT' : 'DELETE', `collections/${collection}/files/${file}`)

export const givenTo = ({ kind, id }: GivenTarget, ask: Ask = {}) => callApi<{ given: Given[] }>('GET', `given/${kind}/${id}`, ask)
export const give = ({ kind, id }: GivenTarget, what: Sourced) => callApi<{ given: Given[] }>('POST', `given/${kind}/${id}`, { body: { source: sourceOf(what) } })
export const take = ({ kind, id }: GivenTarget, what: Sourced) => callApi<{ given: Given[] }>('DELETE', `given/${kind}/${id}?source=${encodeURIComponent(sourceOf(what))}`)

export const notesOf = (staff: ActorId, ask: Ask = {}) => callApi<{ notes: Note[] }>('GET', `staff/${staff}/notes`, ask)
export const acceptNote = (note: NoteId, text: string) => callApi<{ note: Note }>('POST', `notes/${note}/accept`, { body: { text } })
export const decideNote = (note: NoteId, decision: 'decline' | 'forget') => callApi<{ note: Note }>('POST', `notes/${note}/${decision}`, { body: {} })
