import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import type { ActorId, FileId, WorkspaceId } from '#lib/board/ids.ts'
import { turns } from '../in-turn.ts'
import type { LimitName, Limits } from '../limits.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Blobs } from './blobs.ts'
import { cleanName } from './clean-name.ts'
import { columnOf, columnsOf, ownerOf, readEntry } from './file-entries.ts'
import { badName, diskFull, isDiskFull, type FileRefused, type Files } from './files.ts'
import { afterBytes } from './young-garbage.ts'

/**
 * Uploads that go on where they stopped, by the tus protocol (tus.io, 1.0.0: creation, termination, expiration). The bytes of one
 * lie in a file of its own, whose length is the offset: it survives the death of this process. What was announced stands in the
 * table `uploads`, takes its room from then on, and is turned into a version of a file in the transaction that names it.
 */
export type Upload = {
  id: string; workspaceId: WorkspaceId; owner: FileOwner; fileId: FileId | null; name: string; by: ActorId
  size: number; offset: number; createdAt: number; expiresAt: number
  /** How it ended; `null` while bytes are missing, or while what arrived is being put away. */
  outcome: UploadOutcome | null
}
type UploadOutcome = { ok: true; file: WorkFile } | FileRefused

type UploadPlan = Pick<Upload, 'workspaceId' | 'owner' | 'fileId' | 'name' | 'size' | 'by'> & { sha256: string | null }

type PartTaken =
  | { ok: true; upload: Upload }
  /** `offset`: where it is in truth. */
  | { ok: false; code: 'elsewhere'; offset: number }
  | { ok: false; code: 'gone' | 'too_long' | 'pushed_aside' }
  | FileRefused

export type Uploads = {
  begin(plan: UploadPlan): Promise<{ ok: true; upload: Upload } | FileRefused>
  find(id: string): Promise<Upload | null>
  /** As it stands once nobody writes it: who does is pushed aside, since a connection that broke may not know yet that it did. */
  settled(id: string): Promise<Upload | null>
  /** Somebody's unfinished ones for an owner, oldest first. */
  unfinished(owner: FileOwner, by: ActorId): Promise<Upload[]>
  /** Appends what comes, as far as it comes; `mayStill` throws where the sender may no longer. */
  take(id: string, offset: number, content: AsyncIterable<Uint8Array>, mayStill: () => Promise<unknown>): Promise<PartTaken>
  /** Puts away what is there whole. */
  finish(id: string, mayStill: () => Promise<unknown>): Promise<Upload | null>
  cancel(id: string): Promise<void>
  /** Removes what nobody went on with, and bytes that no upload knows. */
  sweep(): Promise<void>
}

const keptMs = 3 * 24 * 60 * 60 * 1000
/** How often the rights are asked again while one part arrives. */
const askAgainMs = 2_000
const arrivingMs = 1_000

/** What comes until then: a connection that is gone without a word never ends by itself. */
async function* untilAborted(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]()
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }))
  try {
    for (;;) {
      const next = signal.aborted ? null : await Promise.race([chunks.next(), aborted])
      if (next === null || next.done) return
      yield next.value
    }
  } finally {
    // Not awaited: it waits for the chunk that does not come.
    void chunks.return?.()?.catch(() => {})
  }
}

export async function createUploads({ db, blobs, files, folder, limits, now, onLimit }: {
  db: Database
  blobs: Blobs
  files: Files
  folder: string
  limits: Pick<Limits, 'unfinished_uploads'>
  now: () => number
  onLimit: (limit: LimitName) => void
}): Promise<Uploads> {
  await mkdir(folder, { recursive: true })
  const path = (id: string) => join(folder, id)
  const inTurn = turns()
  /** Those that write, by their upload: the next one ends the one before. */
  const writing = new Map<string, AbortController>()

  async function read(id: string): Promise<Upload | null> {
    const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row || row.expires_at < now()) return null
    const { workspace_id: workspaceId, file_id: fileId, name, size, created_by: by, created_at: createdAt, expires_at: expiresAt } = row
    const upload = { id, workspaceId, owner: ownerOf(row), fileId, name, size, by, createdAt, expiresAt }
    if (row.outcome !== null) return { ...upload, offset: size, outcome: await outcomeOf(row.outcome) }
    const found = await stat(path(id)).catch(() => null)
    return found && { ...upload, offset: found.size, outcome: null }
  }

  async function outcomeOf(stored: string): Promise<UploadOutcome> {
    const outcome = JSON.parse(stored) as { fileId: FileId } | FileRefused
    if ('code' in outcome) return outcome
    const file = await readEntry(db, outcome.fileId)
    return file ? { ok: true, file } : { ok: false, code: 'not_found', message: 'The file arrived, and was deleted since.' }
  }

  /** As `read`, once what a page that was just closed had sent is written; one that goes on sending is not waited for. */
  const arrived = (id: string) => writing.has(id) ? Promise.race([inTurn(id, () => read(id)), pause(arrivingMs).then(() => read(id))]) : read(id)

  async function forget(id: string) {
    await db.deleteFrom('uploads').where('id', '=', id).execute()
    await rm(path(id), { force: true })
  }

  async function finish(id: string, mayStill: () => Promise<unknown>): Promise<Upload | null> {
    const upload = await read(id)
    if (!upload || upload.outcome || upload.offset < upload.size) return upload
    const { workspaceId, owner, fileId, name, by } = upload
    const received = await blobs.measure(path(id))
    const { sha256 } = await db.selectFrom('uploads').select('sha256').where('id', '=', id).executeTakeFirstOrThrow()
    const end = (refusal: FileRefused) => db.updateTable('uploads').set({ outcome: JSON.stringify(refusal) }).where('id', '=', id).execute()
    if (sha256 !== null && sha256 !== received.hash) {
      await blobs.discard(received)
      await end({ ok: false, code: 'cut_off', message: `“${name}” did not arrive as it was sent. Send it again from the start.` })
      return read(id)
    }
    try {
      const done = await files.place(received, { workspaceId, owner, fileId, kind: 'attachment', name, by, runId: null, mayStill }, id)
      if (!done.ok) await end(done)
    } catch (error) {
      await forget(id)
      throw error
    }
    return read(id)
  }

  /** Appends with what arrives; returns why it stopped short of the stream's end, if it did. */
  async function append(upload: Upload, content: AsyncIterable<Uint8Array>, signal: AbortSignal, mayStill: () => Promise<unknown>): Promise<'too_long' | 'pushed_aside' | 'broken' | FileRefused | null> {
    const file = await open(path(upload.id), 'a')
    let [offset, asked] = [upload.offset, performance.now()]
    const tidy = afterBytes()
    try {
      for await (const chunk of untilAborted(content, signal)) {
        if (offset + chunk.byteLength > upload.size) return 'too_long'
        for (let at = 0; at < chunk.byteLength;) at += (await file.write(chunk, at, chunk.byteLength - at)).bytesWritten
        offset += chunk.byteLength
        tidy(chunk.byteLength)
        if (performance.now() - asked < askAgainMs) continue
        await mayStill()
        asked = performance.now()
      }
      return signal.aborted ? 'pushed_aside' : null
    } catch (error) {
      if (isDiskFull(error)) return diskFull(upload.name)
      // Of what goes wrong here the stream has no code, our disk and our rights have one.
      if (error instanceof Error && ('status' in error || /^E(ACCES|PERM|ROFS|IO|MFILE|NFILE|NOENT)$/.test((error as NodeJS.ErrnoException).code ?? ''))) throw error
      return signal.aborted ? 'pushed_aside' : 'broken'
    } finally {
      await file.sync().catch(() => {})
      await file.close()
    }
  }

  return {
    async begin({ workspaceId, owner, fileId, name: given, size, by, sha256 }) {
      const name = cleanName(given)
      if (!name) return badName()
      if (size === 0) return { ok: false, code: 'empty', message: `“${name}” is empty, so there is nothing to attach.` }
      const underway = await db.selectFrom('uploads').select((eb) => eb.fn.countAll<number>().as('n')).where('workspace_id', '=', workspaceId).where('outcome', 'is', null).executeTakeFirstOrThrow()
      if (Number(underway.n) >= limits.unfinished_uploads) {
        onLimit('unfinished_uploads')
        return { ok: false, code: 'too_many', message: `There are ${underway.n} unfinished uploads in this workspace, which is the most there may be. Try again when some have arrived.` }
      }
      const refusal = await files.noRoom(workspaceId, name, size)
      if (refusal) return refusal
      const id = newId()
      try {
        await (await open(path(id), 'wx')).close()
      } catch (error) {
        if (isDiskFull(error)) return diskFull(name)
        throw error
      }
      const at = now()
      await db.insertInto('uploads').values({
        id, workspace_id: workspaceId, ...columnsOf(owner), file_id: fileId, name, size, sha256,
        created_by: by, created_at: at, expires_at: at + keptMs, outcome: null,
      }).execute()
      return { ok: true, upload: { id, workspaceId, owner, fileId, name, size, by, offset: 0, createdAt: at, expiresAt: at + keptMs, outcome: null } }
    },

    find: read,
    async settled(id) {
      writing.get(id)?.abort()
      return inTurn(id, () => read(id))
    },

    async unfinished(owner, by) {
      const rows = await db.selectFrom('uploads').select('id').where('created_by', '=', by).where('outcome', 'is', null)
        .where(columnOf(owner), '=', owner.id).orderBy('created_at').execute()
      return (await Promise.all(rows.map(({ id }) => arrived(id)))).filter((upload) => upload !== null)
    },

    take(id, offset, content, mayStill) {
      writing.get(id)?.abort()
      const mine = new AbortController()
      writing.set(id, mine)
      return inTurn(id, async (): Promise<PartTaken> => {
        try {
          const upload = await read(id)
          if (!upload) return { ok: false, code: 'gone' }
          if (upload.offset !== offset) return { ok: false, code: 'elsewhere', offset: upload.offset }
          if (upload.outcome) return { ok: true, upload }
          const stopped = mine.signal.aborted ? 'pushed_aside' : await append(upload, content, mine.signal, mayStill)
          await db.updateTable('uploads').set({ expires_at: now() + keptMs }).where('id', '=', id).execute()
          if (stopped === 'too_long' || stopped === 'pushed_aside') return { ok: false, code: stopped }
          if (stopped !== null && stopped !== 'broken') return stopped
          const after = await finish(id, mayStill)
          return after ? { ok: true, upload: after } : { ok: false, code: 'gone' }
        } finally {
          if (writing.get(id) === mine) writing.delete(id)
        }
      })
    },

    finish: (id, mayStill) => inTurn(id, () => finish(id, mayStill)),

    async cancel(id) {
      writing.get(id)?.abort()
      await inTurn(id, () => forget(id))
    },

    async sweep() {
      const expired = await db.selectFrom('uploads').select('id').where('expires_at', '<', now()).execute()
      for (const { id } of expired) await inTurn(id, () => forget(id))
      const known = new Set((await db.selectFrom('uploads').select('id').where('outcome', 'is', null).execute()).map(({ id }) => id))
      for (const id of await readdir(folder)) {
        // One that begins right now has its file a moment before its row.
        const found = known.has(id) ? null : await stat(path(id)).catch(() => null)
        if (found && found.ctimeMs < now() - 60_000) await rm(path(id), { force: true })
      }
      for (const id of known) if (!await stat(path(id)).catch(() => null)) await inTurn(id, () => forget(id))
    },
  }
}
