import type { ActorId, FileId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { filesOf, type MissionFile } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { Facts } from '../runs/facts.ts'
import { TooLarge, type Blobs } from './blobs.ts'
import { detectType } from './file-type.ts'

export const longestFileBytes = 1024 ** 3

export type NewFile = {
  workspaceId: WorkspaceId
  missionId: MissionId
  kind: MissionFile['kind']
  name: string
  by: ActorId
  runId: RunId | null
  content: ReadableStream<Uint8Array>
  /** As the sender announced it; a content of another length was cut off. */
  expectedBytes: number | null
  /** Asked when all has arrived, which may be long after the request: throws where the sender may no longer. */
  mayStill?: () => Promise<unknown>
}

export type FileRefused = { ok: false; code: 'empty' | 'too_large' | 'cut_off' | 'bad_name' | 'disk_full'; message: string }

export type StoredFile = { id: FileId; workspaceId: WorkspaceId; missionId: MissionId; name: string; type: string; size: number; hash: string; version: number }

export type Files = {
  add(file: NewFile): Promise<{ ok: true; file: MissionFile } | FileRefused>
  find(id: FileId): Promise<StoredFile | null>
  content(file: StoredFile): ReturnType<Blobs['read']>
  /** Takes a file off its mission; its content stays on disk. */
  remove(file: StoredFile): Promise<void>
}

/** Characters that are not seen and change how the rest reads: controls, line breaks, marks and overrides of direction. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const longestName = 200

/** A name that is shown and saved safely: no folders, nothing unseen, 200 characters at most. */
export function cleanName(name: string): string {
  const base = name.toWellFormed().normalize('NFC').replace(unseen, '').split(/[\\/]/).at(-1)?.trim() ?? ''
  const cleaned = base.replace(/^[.\s]+/, '')
  if (cleaned.length <= longestName) return cleaned
  const extension = /\.[^.]{1,20}$/.exec(cleaned)?.[0] ?? ''
  // A cut may go through the middle of a character.
  return cleaned.slice(0, longestName - extension.length).replace(/[\ud800-\udbff]$/, '') + extension
}

/** What goes wrong with our disk, not with what is sent. */
const diskErrors = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOENT'])

export function createFiles({ db, blobs, documents, facts, now }: {
  db: Database
  blobs: Blobs
  documents: Documents
  facts: Facts
  now: () => number
}): Files {
  async function count(workspaceId: WorkspaceId, missionId: MissionId) {
    const rows = await db.selectFrom('files').select(['kind', (eb) => eb.fn.countAll<number>().as('n')])
      .where('mission_id', '=', missionId).where('deleted_at', 'is', null).groupBy('kind').execute()
    const of = (kind: string) => Number(rows.find((row) => row.kind === kind)?.n ?? 0)
    await facts.set(workspaceId, missionId, { attachments: of('attachment'), artifacts: of('artifact') })
  }

  return {
    async add({ workspaceId, missionId, kind, by, runId, content, expectedBytes, mayStill, ...given }) {
      const name = cleanName(given.name)
      if (!name) return { ok: false, code: 'bad_name', message: 'The file has no usable name. Rename it and try again.' }
      let stored
      try {
        stored = await blobs.put(content, longestFileBytes)
      } catch (error) {
        if (error instanceof TooLarge) return { ok: false, code: 'too_large', message: `“${name}” is larger than 1 GiB, which is the most a file may have.` }
        const { code = '' } = error as NodeJS.ErrnoException
        if (code === 'ENOSPC' || code === 'EDQUOT') return { ok: false, code: 'disk_full', message: `The server has no room for “${name}”. Tell whoever runs it that its disk is full.` }
        if (diskErrors.has(code)) throw error
        return { ok: false, code: 'cut_off', message: `“${name}” did not arrive whole. Try again.` }
      }
      const { hash, size, head } = stored
      if (size === 0) return { ok: false, code: 'empty', message: `“${name}” is empty, so there is nothing to attach.` }
      if (expectedBytes !== null && expectedBytes !== size) return { ok: false, code: 'cut_off', message: `“${name}” did not arrive whole. Try again.` }
      await mayStill?.()
      const at = now()
      const id = newId<FileId>()
      const type = await detectType(name, head)
      const same = await db.selectFrom('files').select((eb) => eb.fn.countAll<number>().as('n'))
        .where('mission_id', '=', missionId).where('kind', '=', kind).where('name', '=', name).executeTakeFirstOrThrow()
      const version = Number(same.n) + 1
      await db.insertInto('files').values({ id, workspace_id: workspaceId, mission_id: missionId, kind, name, created_at: at, deleted_at: null }).execute()
      await db.insertInto('file_versions').values({ file_id: id, version, hash, size, type, created_by: by, run_id: runId, created_at: at }).execute()
      const { id: _, ...fields }: MissionFile = { id, kind, name, type, size, hash, version, by, createdAt: at, runId }
      await documents.edit(missionDocument(missionId), (doc) => filesOf(doc).set(id, fields))
      await count(workspaceId, missionId)
      return { ok: true, file: { id, ...fields } }
    },

    async find(id) {
      const row = await db.selectFrom('files').innerJoin('file_versions', 'file_versions.file_id', 'files.id')
        .select(['files.id', 'workspace_id as workspaceId', 'mission_id as missionId', 'name', 'type', 'size', 'hash', 'version'])
        .where('files.id', '=', id).where('deleted_at', 'is', null).orderBy('version', 'desc').executeTakeFirst()
      return row ?? null
    },

    content: ({ hash }) => blobs.read(hash),

    async remove({ id, workspaceId, missionId }) {
      await db.updateTable('files').set({ deleted_at: now() }).where('id', '=', id).execute()
      await documents.edit(missionDocument(missionId), (doc) => filesOf(doc).delete(id))
      await count(workspaceId, missionId)
    },
  }
}
