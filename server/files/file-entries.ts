import * as Y from 'yjs'
import type { FileId } from '#lib/board/ids.ts'
import { filesOf, type FileOwner, type FileVersion, type WorkFile } from '#lib/board/files.ts'
import { briefDocument, chatDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

/** How many versions of a file its document tells of; the API has all. */
const versionsInDocument = 100

/** The document whose `files` map lists what an owner has. */
const documentOfOwner = (owner: FileOwner) =>
  owner.kind === 'mission' ? missionDocument(owner.id) : owner.kind === 'project' ? briefDocument(owner.id) : chatDocument(owner.id)

type OwnerColumns = { [Kind in FileOwner['kind'] as `${Kind}_id`]: Extract<FileOwner, { kind: Kind }>['id'] | null }

/** The column that names such an owner. */
export const columnOf = ({ kind }: FileOwner) => `${kind}_id` as const

export const columnsOf = (owner: FileOwner): OwnerColumns => ({ mission_id: null, project_id: null, chat_id: null, [columnOf(owner)]: owner.id })

export function ownerOf({ mission_id, project_id, chat_id }: OwnerColumns): FileOwner {
  if (mission_id !== null) return { kind: 'mission', id: mission_id }
  if (project_id !== null) return { kind: 'project', id: project_id }
  if (chat_id !== null) return { kind: 'chat', id: chat_id }
  throw new Error('A file belongs to nobody.')
}

/** Files as the tables have them, by the condition that is put to the query; deleted ones are left out unless `deleted` says so. */
async function read(db: Database, narrow: { ids: readonly FileId[] } | { owner: FileOwner }, deleted: boolean): Promise<WorkFile[]> {
  let query = db.selectFrom('files').innerJoin('file_versions', 'file_versions.file_id', 'files.id')
    .select(['files.id', 'files.kind', 'files.name', 'version', 'type', 'size', 'hash', 'created_by', 'file_versions.created_at', 'run_id'])
  if ('ids' in narrow) query = query.where('files.id', 'in', narrow.ids)
  else query = query.where(columnOf(narrow.owner), '=', narrow.owner.id)
  if (!deleted) query = query.where('deleted_at', 'is', null)
  const rows = await query.orderBy('files.id').orderBy('version').execute()

  const files = new Map<FileId, { kind: WorkFile['kind']; name: string; versions: FileVersion[] }>()
  for (const { id, kind, name, created_by: by, created_at: createdAt, run_id: runId, version, type, size, hash } of rows) {
    const file = files.get(id) ?? { kind, name, versions: [] }
    file.versions.push({ version, type, size, hash, by, createdAt, runId })
    files.set(id, file)
  }
  const newest = [...files.values()].map(({ versions }) => versions.at(-1)!.hash)
  const texts = new Map(newest.length === 0 ? [] : (await db.selectFrom('file_texts').select(['hash', 'status', 'reason']).where('hash', 'in', [...new Set(newest)]).execute())
    .map((text) => [text.hash, text]))
  return [...files].map(([id, { kind, name, versions }]) => {
    const last = versions.at(-1)!
    const text = texts.get(last.hash)
    return { ...last, id, kind, name, text: text?.status ?? null, textReason: text?.reason ?? '', versions }
  })
}

/** Files by their ids, of however many; deleted ones are left out. */
export async function readEntries(db: Database, ids: readonly FileId[]): Promise<WorkFile[]> {
  const files: WorkFile[] = []
  for (let at = 0; at < ids.length; at += 500) files.push(...await read(db, { ids: ids.slice(at, at + 500) }, false))
  return files
}
export const readEntry = async (db: Database, id: FileId, deleted = false): Promise<WorkFile | null> => (await read(db, { ids: [id] }, deleted))[0] ?? null
export const readEntriesOf = (db: Database, owner: FileOwner, deleted = false) => read(db, { owner }, deleted)

/** A file as its document tells of it. */
function entryOf({ id: _, text, textReason, versions, ...fields }: WorkFile): Record<string, unknown> {
  return { ...fields, ...text === null ? {} : { text, ...textReason ? { textReason } : {} }, versions: versions.slice(-versionsInDocument) }
}

const plain = (value: unknown): unknown => value instanceof Y.Map ? value.toJSON() : value
const isSame = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown) => typeof value === 'object' && value !== null ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value

/** What differs between a document's list and the tables: the entry to write, or `null` for one to take away. */
function differences(doc: Y.Doc, wanted: ReadonlyMap<FileId, WorkFile>, among: Iterable<FileId>): Map<FileId, Record<string, unknown> | null> {
  const different = new Map<FileId, Record<string, unknown> | null>()
  const map = filesOf(doc)
  for (const id of among) {
    const file = wanted.get(id)
    const entry = file ? entryOf(file) : null
    if (entry ? !isSame(plain(map.get(id)), entry) : map.has(id)) different.set(id, entry)
  }
  return different
}

function write(doc: Y.Doc, different: ReadonlyMap<FileId, Record<string, unknown> | null>) {
  for (const [id, entry] of different) {
    if (entry) filesOf(doc).set(id, entry)
    else filesOf(doc).delete(id)
  }
}

/** Writes a file into its owner's document as the tables have it, or takes it out. */
export async function publishFile(db: Database, documents: Documents, owner: FileOwner, id: FileId): Promise<WorkFile | null> {
  const file = await readEntry(db, id)
  await documents.edit(documentOfOwner(owner), (doc) => write(doc, differences(doc, new Map(file ? [[id, file]] : []), [id])))
  return file
}

/**
 * The tables are the truth and the document is written from them: whatever came between, such as the end of the process after one
 * and before the other, is made good when the document is opened next.
 */
export async function publishMissed(db: Database, documents: Documents, owner: FileOwner, opened: Y.Doc) {
  const read = async () => new Map((await readEntriesOf(db, owner)).map((file) => [file.id, file]))
  const all = (doc: Y.Doc, wanted: ReadonlyMap<FileId, WorkFile>) => new Set([...filesOf(doc).keys() as Iterable<FileId>, ...wanted.keys()])
  const wanted = await read()
  if (differences(opened, wanted, all(opened, wanted)).size === 0) return
  const now = await read()
  await documents.edit(documentOfOwner(owner), (doc) => write(doc, differences(doc, now, all(doc, now))))
}
