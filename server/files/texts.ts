import { setTimeout as sleep } from 'node:timers/promises'
import type { FileOwner, TextState } from '#lib/board/files.ts'
import type { FileId } from '#lib/board/ids.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Blobs } from './blobs.ts'
import { textEngine } from './extract/file-text.ts'
import { holdsText } from './extract/read-file-text.ts'
import { ownerOf } from './file-entries.ts'
import { textProcess, type TextProcess } from './text-process.ts'
import { unpacked } from './unpacked.ts'

/** `text`: a FileText as JSON, which may be long: it comes in pieces. */
export type StoredText = { status: TextState; reason: string; text: AsyncIterable<Uint8Array> | null }

export type Texts = {
  /** A content that was stored now: its text is read soon, if it may hold any. */
  want(content: { hash: string; name: string; type: string }): Promise<void>
  /** The text of a content; waits for it where it is being read, `waitMs` at most. `null` for what holds none. */
  read(hash: string, waitMs?: number): Promise<StoredText | null>
  /** Goes on with what waited when the server ended, and with contents of before there was this. */
  resume(): Promise<void>
  /** How many contents wait to be read. */
  waiting(): number
  close(): Promise<void>
}

/** Once it may have been the server that was ended while it read; twice it is the file. */
const mostAttempts = 2

/** `is damaged` of a file as a sentence. */
const sentence = (reason: string) => `This file ${reason}.`

export function createTexts({ db, blobs, publish, log, now, reader = textProcess() }: {
  db: Database
  blobs: Pick<Blobs, 'path'>
  /** Tells the documents of the files that have this content now. */
  publish: (owner: FileOwner, id: FileId) => Promise<void>
  log: Log
  now: () => number
  reader?: TextProcess
}): Texts {
  let working: Promise<void> | null = null
  let again = false
  let closed = false
  let waiting = 0
  /** Those that somebody may wait for. */
  const settling = new Map<string, PromiseWithResolvers<void>>()

  async function next(): Promise<boolean> {
    const row = await db.selectFrom('file_texts').select(['hash', 'name', 'type', 'attempts']).where('status', '=', 'pending').orderBy('created_at').orderBy('hash').executeTakeFirst()
    if (!row || closed) return false
    const { hash, name, type, attempts } = row
    if (attempts >= mostAttempts) await settle(hash, 'failed', sentence('could not be read: its reader ended without a word'), null)
    else {
      await db.updateTable('file_texts').set({ attempts: attempts + 1 }).where('hash', '=', hash).execute()
      const reply = await reader.read({ path: blobs.path(hash), name, type })
      if (closed) return false
      if (reply.ok) await settle(hash, 'ready', '', reply.content)
      else if ('reason' in reply) await settle(hash, 'failed', sentence(reply.reason), null)
      else {
        log.warn({ hash, attempt: attempts + 1, failure: reply.failure }, 'text not read')
        if (attempts + 1 >= mostAttempts) await settle(hash, 'failed', sentence('could not be read: it is damaged, or of a kind that is not known here'), null)
      }
    }
    return true
  }

  async function settle(hash: string, status: TextState, reason: string, content: Uint8Array | null) {
    await db.updateTable('file_texts').set({ status, reason, content, engine: textEngine }).where('hash', '=', hash).execute()
    settling.get(hash)?.resolve()
    settling.delete(hash)
    const files = await db.selectFrom('files').innerJoin('file_versions', 'file_versions.file_id', 'files.id')
      .select(['files.id', 'mission_id', 'project_id', 'chat_id']).distinct().where('hash', '=', hash).where('deleted_at', 'is', null).execute()
    for (const { id, ...columns } of files) await publish(ownerOf(columns), id).catch((error: unknown) => log.error({ err: error, file: id }, 'text not told'))
  }

  /** One file at a time: the machine is there for people. */
  function pump() {
    again = true
    working ??= (async () => {
      try {
        while (again && !closed) {
          again = false
          while (!closed && await next()) waiting = await count()
        }
      } catch (error) {
        if (!closed) log.error({ err: error }, 'texts not read')
      } finally {
        waiting = 0
        working = null
      }
    })()
  }
  const count = async () => Number((await db.selectFrom('file_texts').select((eb) => eb.fn.countAll<number>().as('n')).where('status', '=', 'pending').executeTakeFirstOrThrow()).n)

  const put = (contents: readonly { hash: string; name: string; type: string }[]) => db.insertInto('file_texts')
    .values(contents.map(({ hash, name, type }) => ({ hash, name, type, status: 'pending' as const, reason: '', engine: textEngine, attempts: 0, content: null, created_at: now() })))
    .onConflict((conflict) => conflict.doNothing()).execute()

  async function find(hash: string): Promise<StoredText | null> {
    const row = await db.selectFrom('file_texts').select(['status', 'reason', 'content']).where('hash', '=', hash).executeTakeFirst()
    if (!row) return null
    const { status, reason, content } = row
    return { status, reason, text: content && unpacked(content) }
  }

  return {
    async want({ hash, name, type }) {
      if (!holdsText(type, name)) return
      await put([{ hash, name, type }])
      pump()
    },

    async read(hash, waitMs = 0) {
      const until = performance.now() + waitMs
      for (;;) {
        const settled = settling.get(hash) ?? Promise.withResolvers<void>()
        settling.set(hash, settled)
        const found = await find(hash)
        const left = until - performance.now()
        if (found?.status !== 'pending' || left <= 0) return found
        await Promise.race([settled.promise, sleep(left, undefined, { ref: false })])
      }
    },

    async resume() {
      await db.updateTable('file_texts').set({ status: 'pending', attempts: 0 }).where('engine', '<', textEngine).execute()
      const unread = await db.selectFrom('file_versions').innerJoin('files', 'files.id', 'file_versions.file_id').select(['hash', 'name', 'type'])
        .where('deleted_at', 'is', null).where((eb) => eb.not(eb.exists(eb.selectFrom('file_texts').select('file_texts.hash').whereRef('file_texts.hash', '=', 'file_versions.hash')))).execute()
      const readable = unread.filter(({ type, name }) => holdsText(type, name))
      for (let at = 0; at < readable.length; at += 100) await put(readable.slice(at, at + 100))
      pump()
    },

    waiting: () => waiting,
    async close() {
      closed = true
      await reader.close()
    },
  }
}
