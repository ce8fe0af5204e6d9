import { sql } from 'kysely'
import type * as Y from 'yjs'
import { isWriting } from '#lib/activity/entry.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Log } from '../log.ts'
import { nextTurn } from '../next-turn.ts'
import type { Database } from '../store/database.ts'
import { keptStatement } from '../store/kept-statement.ts'
import { mayPass } from '../store/sqlite-error.ts'
import type { Accepted } from '../sync/accepted.ts'
import { topicOf } from './bundle.ts'
import { activityCsv } from './csv.ts'
import { fromBoard } from './from-board.ts'
import { fromContent } from './from-content.ts'
import type { Happening, Recorded } from './happening.ts'
import { complete, isComplete, type Complete } from './names.ts'
import { newestEntries } from './newest-entries.ts'
import { readActivity, type Filter, type Read } from './read-activity.ts'
import { writeDown, type Noted } from './write-down.ts'

/** An entry is written so soon after it happened; letters that are typed are written together. */
const writeAfterMs = 100
const typingAfterMs = 1_000
const retryAfterMs = 1_000
/** While the store fails so many wait; what comes then is left out, and said in the log. */
const mostWaiting = 50_000
/** So many are written at once: others take their turn between, also when a device brings the work of a month. */
const writtenAtOnce = 8

export type Activity = Read & {
  /** Adds to the record. Returns at once and never throws; it is written a moment later. */
  record(happening: Happening): void
  /** Records what an edit did, in the midst of it. */
  recordEdit(accepted: Accepted): void
  /** The record as a table, as it is read. */
  csv(workspaceId: WorkspaceId, filter: Filter): ReadableStream<Uint8Array>
  /** Calls back with everything that is recorded by this process, once it is written. The answer ends it. */
  listen(callback: (recorded: Recorded) => void): () => void
  /** Resolves when everything that was recorded so far is written, or cannot be. */
  settled(): Promise<void>
  /** Tells of what other processes wrote, such as commands of an administrator. */
  lookForOthers(): Promise<void>
}

/** The record of who did what in a workspace. It is written by the server alone, from what it saw. */
export function createActivity({ db, log, now, board, tell }: {
  db: Database
  log: Pick<Log, 'error' | 'warn'>
  now: () => number
  /** Reads a workspace's board, for names. */
  board: <T>(workspaceId: WorkspaceId, read: (board: Y.Doc) => T) => Promise<T>
  /** The record of a workspace has news. */
  tell: (workspaceId: WorkspaceId, seq: number) => void
}): Activity {
  const listeners = new Set<(recorded: Recorded) => void>()
  const newest = newestEntries()
  let waiting: Noted<Happening>[] = []
  const typed = new Map<string, Noted<Happening>>()
  let timer: NodeJS.Timeout | undefined
  let dueAt = Infinity
  let work: Promise<void> = Promise.resolve()
  let leftOut = 0
  /** Everything up to this `seq` was told. */
  let told: number | null = null
  /** The `seq` up to which `newest` knows everything. */
  let rememberedUpTo: number | null = null

  function schedule(ms: number) {
    const at = performance.now() + ms
    if (at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(flush, ms)
  }

  function flush() {
    clearTimeout(timer)
    dueAt = Infinity
    const batch = waiting
    waiting = []
    typed.clear()
    if (batch.length > 0) work = work.then(() => write(batch)).catch((error: unknown) => log.error({ err: error }, 'activity not recorded'))
  }

  async function write(batch: Noted<Happening>[]) {
    const news = new Map<WorkspaceId, number>()
    try {
      await writeAll(batch, (workspaceId, seq) => news.set(workspaceId, seq))
    } finally {
      for (const [workspaceId, seq] of news) tell(workspaceId, seq)
    }
  }

  async function writeAll(batch: Noted<Happening>[], written: (workspaceId: WorkspaceId, seq: number) => void) {
    for (let at = 0; at < batch.length; at += writtenAtOnce) {
      if (at > 0) await nextTurn()
      const named = await withNames(batch.slice(at, at + writtenAtOnce))
      try {
        await store(named, written)
      } catch (error) {
        if (mayPass(error)) {
          const rest = batch.slice(at)
          // Still in order, before what came meanwhile.
          waiting = [...rest, ...waiting].slice(0, mostWaiting)
          schedule(retryAfterMs)
          log.warn({ err: error, entries: rest.length }, 'activity is written later')
          return
        }
        // One of them cannot be stored, such as one of a workspace that was purged: the others can.
        for (const one of named) await store([one], written).catch((reason: unknown) => log.error({ err: reason, kind: one.happening.kind }, 'activity not recorded'))
      }
    }
  }

  async function withNames(batch: readonly Noted<Happening>[]): Promise<Noted<Complete>[]> {
    const named: Noted<Complete>[] = []
    for (const noted of batch) {
      const { happening } = noted
      named.push({ ...noted, happening: isComplete(happening) ? happening : await board(happening.workspaceId, (doc) => complete(happening, doc)).catch(() => nameless(happening)) })
    }
    return named
  }

  async function store(batch: readonly Noted<Complete>[], written: (workspaceId: WorkspaceId, seq: number) => void) {
    const recorded = await db.transaction().execute(async (transaction) => {
      const before = await newestSeq(transaction)
      if (before !== rememberedUpTo) newest.forget()
      const entries: Recorded[] = []
      for (const noted of batch) {
        const entry = await writeDown(transaction, newest, noted, before + entries.length + 1)
        entries.push({ workspaceId: noted.happening.workspaceId, happening: { ...noted.happening, kind: entry.kind }, entry })
      }
      // What another process wrote since is not told yet.
      if (told === before) told = before + entries.length
      rememberedUpTo = before + entries.length
      return entries
    }).catch((error: unknown) => {
      rememberedUpTo = null
      throw error
    })
    for (const each of recorded) {
      written(each.workspaceId, each.entry.seq)
      for (const listener of listeners) {
        try {
          listener(each)
        } catch (error) {
          log.error({ err: error }, 'listener of activity failed')
        }
      }
    }
  }

  function note(happening: Happening) {
    const at = now()
    if (isWriting(happening.kind)) {
      const key = `${happening.workspaceId} ${topicOf(happening)}`
      const known = typed.get(key)
      if (known) {
        known.until = at
        known.happening = { ...known.happening, count: (known.happening.count ?? 1) + 1 }
        return
      }
      const noted = { happening, at, until: at }
      typed.set(key, noted)
      waiting.push(noted)
      return schedule(typingAfterMs)
    }
    waiting.push({ happening, at, until: at })
    schedule(writeAfterMs)
  }

  function record(happening: Happening) {
    if (waiting.length < mostWaiting) return note(happening)
    if (leftOut++ % 1_000 === 0) log.error({ entries: leftOut }, 'activity is left out: too much waits to be written')
  }

  const read = readActivity(db)
  return {
    ...read,
    csv: (workspaceId, filter) => activityCsv(read, workspaceId, filter),
    record,
    recordEdit(accepted) {
      for (const happening of accepted.name.kind === 'board' ? fromBoard(accepted) : fromContent(accepted)) record(happening)
    },
    listen(callback) {
      listeners.add(callback)
      return () => void listeners.delete(callback)
    },
    async settled() {
      flush()
      for (let last; last !== work;) await (last = work)
    },
    async lookForOthers() {
      const seq = await newestSeq(db)
      const since = told ?? seq
      told = seq
      if (seq === since) return
      const news = await db.selectFrom('activity').select(['workspace_id', sql<number>`max(seq)`.as('seq')]).where('seq', '>', since).groupBy('workspace_id').execute()
      for (const row of news) tell(row.workspace_id, row.seq)
    },
  }
}

async function newestSeq(db: Database): Promise<number> {
  const { rows: [row] } = await keptStatement(db, 'newest entry', () => db.selectFrom('activity').select(sql`max(seq)`.as('seq')), [])
  return Number((row as { seq: number | null } | undefined)?.seq ?? 0)
}

const nameless = (happening: Happening): Complete => ({
  ...happening, actor: { ...happening.actor, name: happening.actor.name ?? '' }, subject: { ...happening.subject, name: happening.subject.name ?? '' }, projectId: happening.projectId ?? null,
})
