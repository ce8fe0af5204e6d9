import { sql } from 'kysely'
import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import type { ActorId, FileId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { formatSize } from '#lib/ui/format.ts'
import { turns } from '../in-turn.ts'
import type { LimitName, Limits } from '../limits.ts'
import { newId } from '../new-id.ts'
import type { Facts } from '../runs/facts.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import { TooLarge, type Blobs, type Range, type Received } from './blobs.ts'
import { cleanName, freeName } from './clean-name.ts'
import { columnOf, columnsOf, ownerOf, publishFile, publishMissed, readEntriesOf, readEntry } from './file-entries.ts'
import { detectType } from './file-type.ts'
import { madeByCall, noteCall } from './made-by-call.ts'
import type * as Y from 'yjs'

export type NewFile = {
  workspaceId: WorkspaceId
  owner: FileOwner
  kind: WorkFile['kind']
  name: string
  by: ActorId
  runId: RunId | null
  /** The call of the run that makes it. Sent again with the same one and name it makes nothing: its worker was lost before it could say so. */
  call?: string | null
  /** The file that this becomes a version of; without one, whatever of this kind has this name, else a new file. */
  fileId?: FileId | null
  /** Asked when all has arrived, which may be long after the request: throws where the sender may no longer. */
  mayStill?: () => Promise<unknown>
}
/** `expectedBytes`: as the sender announced it; a content of another length was cut off. */
export type SentFile = NewFile & { content: ReadableStream<Uint8Array>; expectedBytes: number | null }

export type FileRefused = {
  ok: false
  code: 'empty' | 'too_large' | 'no_room' | 'cut_off' | 'bad_name' | 'name_taken' | 'disk_full' | 'not_found' | 'too_many'
  message: string
}
export type FileDone = { ok: true; file: WorkFile } | FileRefused

/** A file as it is asked for, at one of its versions. */
export type StoredFile = {
  id: FileId; workspaceId: WorkspaceId; owner: FileOwner; kind: WorkFile['kind']; name: string; deletedAt: number | null
  version: number; type: string; size: number; hash: string
}

/** Bytes. `kept` counts every content once, `deleted` is the part of it that only deleted files have, `arriving` what unfinished uploads announced. */
export type Usage = { files: number; kept: number; deleted: number; arriving: number; most: number }

export type FileHappened = {
  what: 'added' | 'version' | 'renamed' | 'deleted' | 'restored'
  workspaceId: WorkspaceId; owner: FileOwner; file: WorkFile; by: ActorId
  /** The name before, of one that was renamed. */
  before?: string
}

export type Files = {
  add(file: SentFile): Promise<FileDone>
  /** As `add`, for what lies on disk already; `reserved` is the upload whose room it takes. What was received is gone afterwards. */
  place(received: Received, file: NewFile, reserved?: string): Promise<FileDone>
  /** The newest version unless another is asked for; deleted files only where `deleted` says so. */
  find(id: FileId, options?: { version?: number; deleted?: boolean }): Promise<StoredFile | null>
  entry(id: FileId): Promise<WorkFile | null>
  /** What an owner has, in the order in which it first came. */
  list(owner: FileOwner): Promise<WorkFile[]>
  content(file: Pick<StoredFile, 'hash'>, range?: Range): ReturnType<Blobs['read']>
  rename(file: StoredFile, name: string, by: ActorId): Promise<FileDone>
  /** Takes a file off its owner's list; it can be brought back until it is collected. */
  remove(file: StoredFile, by: ActorId): Promise<void>
  restore(file: StoredFile, by: ActorId): Promise<FileDone>
  usage(workspaceId: WorkspaceId): Promise<Usage>
  /** Why a file of this size is not taken; `null` where there is room. */
  noRoom(workspaceId: WorkspaceId, name: string, size: number, reserved?: string): Promise<FileRefused | null>
  /** Writes again what a document of an owner lacks. */
  publishMissed(owner: FileOwner, opened: Y.Doc): Promise<void>
  /** Tells a file's document what the tables say of it by now. */
  publish(owner: FileOwner, id: FileId): Promise<void>
}

/** What goes wrong with our disk, not with what is sent. */
const diskErrors = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOENT'])

const refused = (code: FileRefused['code'], message: string): FileRefused => ({ ok: false, code, message })
const cutOff = (name: string) => refused('cut_off', `“${name}” did not arrive whole. Try again.`)
export const diskFull = (name: string) => refused('disk_full', `The server has no room for “${name}”. Tell whoever runs it that its disk is full.`)
export const isDiskFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
export const badName = () => refused('bad_name', 'The file has no usable name. Rename it and try again.')
const gone = () => refused('not_found', 'This file does not exist any more.')

export function createFiles({ db, blobs, documents, facts, limits, now, onHappened = () => {}, onStored = async () => {}, onLimit = () => {} }: {
  db: Database
  blobs: Blobs
  documents: Documents
  facts: Facts
  limits: Pick<Limits, 'file_bytes' | 'workspace_files_bytes'>
  now: () => number
  onHappened?: (happened: FileHappened) => void
  /** A content was named by a file, and its document is about to tell of it. */
  onStored?: (stored: { hash: string; name: string; type: string; size: number }) => Promise<void>
  onLimit?: (limit: LimitName) => void
}): Files {
  const inTurn = turns()
  const turnOf = <T>(owner: FileOwner, work: () => Promise<T>) => inTurn(`${owner.kind}/${owner.id}`, work)
  const live = (owner: FileOwner) => db.selectFrom('files').where(columnOf(owner), '=', owner.id).where('deleted_at', 'is', null)

  async function count(workspaceId: WorkspaceId, owner: FileOwner) {
    if (owner.kind !== 'mission') return
    const rows = await live(owner).select(['kind', (eb) => eb.fn.countAll<number>().as('n')]).groupBy('kind').execute()
    const of = (kind: string) => Number(rows.find((row) => row.kind === kind)?.n ?? 0)
    await facts.set(workspaceId, owner.id, { attachments: of('attachment'), artifacts: of('artifact') })
  }

  async function usage(workspaceId: WorkspaceId, except = ''): Promise<Usage> {
    const { rows: [kept] } = await sql<{ kept: number; deleted: number }>`
      select coalesce(sum(size), 0) as kept, coalesce(sum(case when live then 0 else size end), 0) as deleted from (
        select max(v.size) as size, max(f.deleted_at is null) as live from file_versions v join files f on f.id = v.file_id
        where f.workspace_id = ${workspaceId} group by v.hash)`.execute(db)
    const counted = await db.selectFrom('files').select((eb) => eb.fn.countAll<number>().as('n')).where('workspace_id', '=', workspaceId).where('deleted_at', 'is', null).executeTakeFirstOrThrow()
    const arriving = await db.selectFrom('uploads').select((eb) => eb.fn.sum<number | null>('size').as('bytes'))
      .where('workspace_id', '=', workspaceId).where('outcome', 'is', null).where('id', '<>', except).executeTakeFirstOrThrow()
    return { files: Number(counted.n), kept: Number(kept?.kept ?? 0), deleted: Number(kept?.deleted ?? 0), arriving: Number(arriving.bytes ?? 0), most: limits.workspace_files_bytes }
  }

  const tooLarge = (name: string) => {
    onLimit('file_bytes')
    return refused('too_large', `“${name}” is larger than ${formatSize(limits.file_bytes)}, which is the most a file may have.`)
  }
  function full(name: string, { most, kept, arriving, deleted }: Usage) {
    onLimit('workspace_files_bytes')
    const left = formatSize(Math.max(0, most - kept - arriving))
    const free = deleted > 0 ? ` An owner can free ${formatSize(deleted)} by emptying the deleted files.` : ''
    return refused('no_room', `“${name}” does not fit: this workspace has ${left} left of its ${formatSize(most)} for files.${free}`)
  }
  async function noRoom(workspaceId: WorkspaceId, name: string, size: number, reserved?: string) {
    if (size > limits.file_bytes) return tooLarge(name)
    const used = await usage(workspaceId, reserved)
    return used.kept + used.arriving + size > used.most ? full(name, used) : null
  }

  async function happened(what: FileHappened['what'], workspaceId: WorkspaceId, owner: FileOwner, by: ActorId, file: WorkFile, before?: string): Promise<FileDone> {
    await count(workspaceId, owner)
    onHappened({ what, workspaceId, owner, file, by, ...before === undefined ? {} : { before } })
    return { ok: true, file }
  }

  /** The file that a new content becomes a version of. */
  async function target({ owner, kind, fileId }: NewFile, name: string) {
    if (fileId) return db.selectFrom('files').select(['id', 'name', 'deleted_at']).where('id', '=', fileId).executeTakeFirst()
    // Of before there were versions there may be several; the last one is the one that is meant.
    return live(owner).select(['id', 'name', 'deleted_at']).where('kind', '=', kind).where('name', '=', name).orderBy('created_at', 'desc').orderBy('id', 'desc').executeTakeFirst()
  }

  async function store(received: Received, file: NewFile, reserved: string | undefined): Promise<FileDone> {
    const { workspaceId, owner, kind, by, runId } = file
    const name = cleanName(file.name)
    if (received.size === 0) return refused('empty', `“${name}” is empty, so there is nothing to attach.`)
    await file.mayStill?.()
    const refusal = await noRoom(workspaceId, name, received.size, reserved)
    if (refusal) return refusal
    const made = await madeByCall(db, file, name)
    if (made) {
      const same = await readEntry(db, made.id)
      return same ? { ok: true, file: same } : gone()
    }
    const at = now()
    const { hash, size } = received
    const found = await target(file, name)
    if (file.fileId && !found) return gone()
    const type = await detectType(found?.name ?? name, received.head)
    const newest = found && await db.selectFrom('file_versions').select(['version', 'hash', 'run_id']).where('file_id', '=', found.id).orderBy('version', 'desc').executeTakeFirst()
    /** Who sent it learns of it even where the answer gets lost. */
    const told = async (to: Database, fileId: FileId) => {
      if (reserved) await to.updateTable('uploads').set({ outcome: JSON.stringify({ fileId }) }).where('id', '=', reserved).execute()
    }
    // The same once more, such as after an answer that got lost, is no news.
    if (found && found.deleted_at === null && newest?.hash === hash && newest.run_id === runId) {
      const same = await readEntry(db, found.id)
      if (same) {
        await told(db, found.id)
        return { ok: true, file: same }
      }
    }
    const id = found?.id ?? newId<FileId>()
    const version = (newest?.version ?? 0) + 1
    await blobs.keep(received, () => db.transaction().execute(async (transaction) => {
      if (!found) await transaction.insertInto('files').values({ id, workspace_id: workspaceId, ...columnsOf(owner), kind, name, created_at: at, deleted_at: null, deleted_by: null }).execute()
      // Somebody deleted it while the new version was on its way. Nothing is lost: it comes back with it.
      else if (found.deleted_at !== null) await transaction.updateTable('files').set({ deleted_at: null, deleted_by: null }).where('id', '=', id).execute()
      await transaction.insertInto('file_versions').values({ file_id: id, version, hash, size, type, created_by: by, run_id: runId, created_at: at }).execute()
      await told(transaction, id)
      await noteCall(transaction, file, name, { id, version, at })
    }))
    await onStored({ hash, name: found?.name ?? name, type, size })
    const published = await publishFile(db, documents, owner, id)
    return published ? happened(version === 1 ? 'added' : 'version', workspaceId, owner, by, published) : gone()
  }

  async function place(received: Received, file: NewFile, reserved?: string): Promise<FileDone> {
    try {
      return await turnOf(file.owner, () => store(received, file, reserved))
    } finally {
      await blobs.discard(received)
    }
  }

  return {
    place,
    usage,
    noRoom,

    async add({ content, expectedBytes, ...file }) {
      const name = cleanName(file.name)
      if (!name) return badName()
      if (expectedBytes !== null) {
        const refusal = await noRoom(file.workspaceId, name, expectedBytes)
        if (refusal) return refusal
      }
      const used = await usage(file.workspaceId)
      const left = used.most - used.kept - used.arriving
      let received
      try {
        // Who is still sending when this fails is let come to its end, by whoever answers: a connection that breaks off tells no reason.
        received = await blobs.receive(content.values({ preventCancel: true }), Math.min(limits.file_bytes, Math.max(0, left)))
      } catch (error) {
        if (error instanceof TooLarge) return left < limits.file_bytes ? full(name, used) : tooLarge(name)
        if (isDiskFull(error)) return diskFull(name)
        if (diskErrors.has((error as NodeJS.ErrnoException).code ?? '')) throw error
        return cutOff(name)
      }
      if (expectedBytes !== null && expectedBytes !== received.size && received.size > 0) {
        await blobs.discard(received)
        return cutOff(name)
      }
      return place(received, file)
    },

    async find(id, { version, deleted = false } = {}) {
      let query = db.selectFrom('files').innerJoin('file_versions', 'file_versions.file_id', 'files.id')
        .select(['files.id', 'workspace_id as workspaceId', 'mission_id', 'project_id', 'chat_id', 'kind', 'name', 'deleted_at as deletedAt', 'type', 'size', 'hash', 'version'])
        .where('files.id', '=', id)
      if (!deleted) query = query.where('deleted_at', 'is', null)
      if (version !== undefined) query = query.where('version', '=', version)
      const row = await query.orderBy('version', 'desc').executeTakeFirst()
      if (!row) return null
      const { mission_id, project_id, chat_id, ...file } = row
      return { ...file, owner: ownerOf({ mission_id, project_id, chat_id }) }
    },

    entry: (id) => readEntry(db, id),
    list: async (owner) => (await readEntriesOf(db, owner)).sort((a, b) => a.versions[0]!.createdAt - b.versions[0]!.createdAt || (a.id < b.id ? -1 : 1)),
    content: ({ hash }, range) => blobs.read(hash, range),

    rename: ({ id, workspaceId, owner, kind }, given, by) => turnOf(owner, async () => {
      const name = cleanName(given)
      if (!name) return badName()
      const file = await readEntry(db, id)
      if (!file) return gone()
      if (file.name === name) return { ok: true, file }
      const taken = await live(owner).select('id').where('kind', '=', kind).where('name', '=', name).executeTakeFirst()
      if (taken) return refused('name_taken', `There is another file called “${name}” here. Choose a different name.`)
      await db.updateTable('files').set({ name }).where('id', '=', id).execute()
      const published = await publishFile(db, documents, owner, id)
      return published ? happened('renamed', workspaceId, owner, by, published, file.name) : gone()
    }),

    remove: ({ id, workspaceId, owner }, by) => turnOf(owner, async () => {
      const file = await readEntry(db, id)
      if (!file) return
      await db.updateTable('files').set({ deleted_at: now(), deleted_by: by }).where('id', '=', id).execute()
      await publishFile(db, documents, owner, id)
      await happened('deleted', workspaceId, owner, by, file)
    }),

    restore: ({ id, workspaceId, owner, kind }, by) => turnOf(owner, async () => {
      const file = await readEntry(db, id, true)
      if (!file) return gone()
      if (await readEntry(db, id)) return { ok: true, file }
      const taken = new Set((await live(owner).select('name').where('kind', '=', kind).execute()).map(({ name }) => name))
      // Its name may be another file's by now.
      const name = taken.has(file.name) ? freeName(file.name, taken) : file.name
      await db.updateTable('files').set({ deleted_at: null, deleted_by: null, name }).where('id', '=', id).execute()
      const published = await publishFile(db, documents, owner, id)
      return published ? happened('restored', workspaceId, owner, by, published) : gone()
    }),

    publishMissed: (owner, opened) => turnOf(owner, () => publishMissed(db, documents, owner, opened)),
    publish: (owner, id) => turnOf(owner, async () => void await publishFile(db, documents, owner, id)),
  }
}
