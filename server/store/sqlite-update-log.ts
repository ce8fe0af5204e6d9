import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { checksum } from './checksum.ts'
import { isBusy, mayPass } from './sqlite-error.ts'
import { NotStored, Unreadable, type Append, type UpdateLog } from './update-log.ts'

type Waiting = Append & { settled: Promise<void>; resolve: () => void; reject: (error: unknown) => void }

/** Another connection commits within a few milliseconds, and everybody waits for it; a disk that is full is worth a look less often. */
const retryMs = { busy: [1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 8, 16, 32], failing: [100, 250] } as const
/** A compaction is no haste: the next one covers it. */
const mostCompactTries = 1_000
/** Others may be that slow without anybody having to hear of it. */
const failingAfterMs = 500

type LogOptions = {
  /** Called before each commit; throws a StoreGone while the database must not be written. */
  check?: () => void
  /** The error when commits have failed for a while, and `null` when they succeed again. */
  onHealth?: (failure: Error | null) => void
  /** Called after each commit with how long it took and what it held. */
  onCommit?: (commit: { ms: number; updates: number; bytes: number }) => void
  /** So much may wait for a store that fails, in bytes. */
  mostWaitingBytes?: number
}

/** The update log on SQLite, over a connection of its own. */
export function sqliteUpdateLog(sqlite: DatabaseSync, { check, onHealth, onCommit, mostWaitingBytes = Infinity }: LogOptions = {}): UpdateLog {
  const insertUpdate = sqlite.prepare(`
    insert into updates (doc, seq, data, actor, at, crc) values (?1, 1 + max(
      coalesce((select max(seq) from updates where doc = ?1), 0),
      coalesce((select upto_seq from snapshots where doc = ?1), 0)), ?2, ?3, ?4, ?5)`)
  const insertClaim = sqlite.prepare('insert into client_ids (doc, client, actor) values (?, ?, ?) on conflict do nothing')
  const selectSnapshot = sqlite.prepare('select upto_seq, data, crc from snapshots where doc = ? and upto_seq > ?')
  const selectUpdates = sqlite.prepare('select seq, data, crc from updates where doc = ? and seq > ? order by seq')
  const selectOwners = sqlite.prepare('select client, actor from client_ids where doc = ?')
  const selectSize = sqlite.prepare(`
    select count(*) as rows, coalesce(sum(length(data)), 0) as bytes,
      coalesce((select length(data) from snapshots where doc = ?1), 0) as snapshot_bytes from updates where doc = ?1`)
  const upsertSnapshot = sqlite.prepare(`
    insert into snapshots (doc, upto_seq, data, at, crc) values (?, ?, ?, ?, ?)
    on conflict (doc) do update set upto_seq = excluded.upto_seq, data = excluded.data, at = excluded.at, crc = excluded.crc
    where excluded.upto_seq > snapshots.upto_seq`)
  const deleteUpdates = sqlite.prepare('delete from updates where doc = ? and seq <= ?')
  const selectDocuments = sqlite.prepare('select doc from snapshots union select doc from updates order by 1')

  let waiting: Waiting[] = []
  let waitingBytes = 0
  let pausing = false
  let closed = false
  let failingSince: number | null = null
  let told = false

  function transaction(work: () => void) {
    check?.()
    sqlite.exec('begin immediate')
    try {
      work()
      sqlite.exec('commit')
    } catch (error) {
      if (sqlite.isOpen && sqlite.isTransaction) sqlite.exec('rollback')
      throw error
    }
  }

  const write = (group: readonly Waiting[]) => transaction(() => {
    for (const { doc, data, actor, at, claims } of group) {
      insertUpdate.run(doc, data, actor, at, checksum(data))
      for (const client of claims) insertClaim.run(doc, client, actor)
    }
  })

  function take(group: readonly Waiting[]) {
    waiting = waiting.slice(group.length)
    for (const { data } of group) waitingBytes -= data.byteLength
  }

  function tell(failure: Error | null) {
    if (failure === null) {
      failingSince = null
      if (told) onHealth?.(null)
      told = false
      return
    }
    failingSince ??= performance.now()
    if (told || performance.now() - failingSince < failingAfterMs) return
    told = true
    onHealth?.(failure)
  }

  /** Commits these, or else finds the one that cannot be stored. Throws while the store fails. */
  function store(group: readonly Waiting[]) {
    const from = performance.now()
    try {
      write(group)
    } catch (error) {
      if (mayPass(error)) throw error
      if (group.length > 1) {
        for (const one of group) store([one])
        return
      }
      take(group)
      group[0]?.reject(error)
      return
    }
    take(group)
    onCommit?.({ ms: performance.now() - from, updates: group.length, bytes: group.reduce((sum, { data }) => sum + data.byteLength, 0) })
    for (const { resolve } of group) resolve()
  }

  async function commit() {
    for (let failures = 0; waiting.length > 0 && !closed && !pausing;) {
      try {
        store(waiting)
        tell(null)
      } catch (error) {
        tell(error as Error)
        const delays = isBusy(error) ? retryMs.busy : retryMs.failing
        pausing = true
        await pause(delays[Math.min(failures++, delays.length - 1)])
        pausing = false
      }
    }
  }

  /** Reads, with what SQLite has against it told as Unreadable. */
  function read<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw error instanceof Unreadable || !(error instanceof Error) ? error : new Unreadable(error.message, { cause: error })
    }
  }

  const intact = (doc: string, what: string, row: Record<string, unknown>): Uint8Array => {
    const data = row.data as Uint8Array
    if (row.crc !== null && row.crc !== checksum(data)) throw new Unreadable(`${what} of ${doc} is damaged on the disk`)
    return data
  }

  return {
    append(append) {
      if (closed) return Promise.reject(new NotStored('the log is closed'))
      // What the server itself wrote is in the document already, and has to follow.
      if (!append.atOnce && waitingBytes + append.data.byteLength > mostWaitingBytes) return Promise.reject(new NotStored('too much waits to be stored already'))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting.push({ ...append, settled: promise, resolve, reject })
      waitingBytes += append.data.byteLength
      if (append.atOnce) queueMicrotask(() => void commit())
      else if (waiting.length === 1) setImmediate(() => void commit())
      return promise
    },
    async load(doc, after = -1) {
      void commit()
      // Another connection is done in a moment; a disk that fails is not.
      while (waiting.some((append) => append.doc === doc)) {
        if (told || closed) throw new Unreadable(`what was written into ${doc} is not on disk yet`)
        await pause(1)
      }
      return read(() => {
        // In this order: a compaction in between moves rows that were read into the snapshot that is read then.
        const rows = selectUpdates.all(doc, after)
        const snapshot = selectSnapshot.get(doc, after)
        if (!snapshot && rows.length === 0) return null
        const upto = Number(snapshot?.upto_seq ?? 0)
        const later = rows.filter(({ seq }) => Number(seq) > upto)
        return {
          snapshot: snapshot ? intact(doc, 'The snapshot', snapshot) : null,
          updates: later.map((row) => intact(doc, `Update ${row.seq}`, row)),
          lastSeq: Number(later.at(-1)?.seq ?? upto),
        }
      })
    },
    snapshot: async (doc) => read(() => {
      const row = selectSnapshot.get(doc, -1)
      return row ? { uptoSeq: Number(row.upto_seq), data: intact(doc, 'The snapshot', row) } : null
    }),
    owners: async (doc) => read(() => new Map(selectOwners.all(doc).map((row) => [Number(row.client), String(row.actor)]))),
    async size(doc) {
      const row = selectSize.get(doc)!
      return { rows: Number(row.rows), bytes: Number(row.bytes), snapshotBytes: Number(row.snapshot_bytes) }
    },
    async compact(doc, uptoSeq, state, at) {
      const compact = () => transaction(() => {
        upsertSnapshot.run(doc, uptoSeq, state, at, checksum(state))
        deleteUpdates.run(doc, uptoSeq)
      })
      for (let tries = 1; ; tries++) {
        try {
          return compact()
        } catch (error) {
          if (!isBusy(error) || tries > mostCompactTries) throw error
          await pause(1)
        }
      }
    },
    documents: async () => selectDocuments.all().map((row) => String(row.doc)),
    async stored(doc) {
      await Promise.allSettled(waiting.filter((append) => append.doc === doc).map(({ settled }) => settled))
    },
    async settled() {
      await Promise.allSettled(waiting.map(({ settled }) => settled))
    },
    waiting: () => waiting.length,
    close() {
      closed = true
      const given = waiting
      take(given)
      for (const { reject } of given) reject(new NotStored('the log was closed'))
    },
  }
}
