import type { DatabaseSync } from 'node:sqlite'
import type { Append, UpdateLog } from './update-log.ts'

type Waiting = Append & { resolve: () => void; reject: (error: unknown) => void }

/** The update log on SQLite. All appends of one turn of the event loop share a transaction. */
export function sqliteUpdateLog(sqlite: DatabaseSync): UpdateLog {
  const insertUpdate = sqlite.prepare(`
    insert into updates (doc, seq, data, actor, at) values (?1, 1 + max(
      coalesce((select max(seq) from updates where doc = ?1), 0),
      coalesce((select upto_seq from snapshots where doc = ?1), 0)), ?2, ?3, ?4)`)
  const insertClaim = sqlite.prepare('insert into client_ids (doc, client, actor) values (?, ?, ?) on conflict do nothing')
  const selectSnapshot = sqlite.prepare('select upto_seq, data from snapshots where doc = ?')
  const selectUpdates = sqlite.prepare('select seq, data from updates where doc = ? order by seq')
  const selectOwners = sqlite.prepare('select client, actor from client_ids where doc = ?')
  const selectSize = sqlite.prepare(`
    select count(*) as rows, coalesce(sum(length(data)), 0) as bytes,
      coalesce((select length(data) from snapshots where doc = ?1), 0) as snapshot_bytes from updates where doc = ?1`)
  const upsertSnapshot = sqlite.prepare(`
    insert into snapshots (doc, upto_seq, data, at) values (?, ?, ?, ?)
    on conflict (doc) do update set upto_seq = excluded.upto_seq, data = excluded.data, at = excluded.at
    where excluded.upto_seq > snapshots.upto_seq`)
  const deleteUpdates = sqlite.prepare('delete from updates where doc = ? and seq <= ?')
  const selectDocuments = sqlite.prepare('select doc from snapshots union select doc from updates order by 1')

  let waiting: Waiting[] = []

  const inTransaction = () => sqlite.isOpen && sqlite.isTransaction

  function transaction(work: () => void) {
    sqlite.exec('begin immediate')
    try {
      work()
      sqlite.exec('commit')
    } catch (error) {
      if (inTransaction()) sqlite.exec('rollback')
      throw error
    }
  }

  // A query builder's transaction on this connection lasts less than a turn. Who waits for its end looks and goes on in
  // one step, without an await between: in the microtasks of an await the next one may begin.
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

  async function commit() {
    while (inTransaction()) await nextTurn()
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      transaction(() => {
        for (const { doc, data, actor, at, claims } of group) {
          insertUpdate.run(doc, data, actor, at)
          for (const client of claims) insertClaim.run(doc, client, actor)
        }
      })
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const { resolve } of group) resolve()
  }

  return {
    append: (append) => new Promise((resolve, reject) => {
      waiting.push({ ...append, resolve, reject })
      if (append.atOnce) queueMicrotask(() => void commit())
      else if (waiting.length === 1) setImmediate(() => void commit())
    }),
    async load(doc) {
      await commit()
      const snapshot = selectSnapshot.get(doc)
      const rows = selectUpdates.all(doc)
      if (!snapshot && rows.length === 0) return null
      return {
        snapshot: snapshot ? snapshot.data as Uint8Array : null,
        updates: rows.map((row) => row.data as Uint8Array),
        lastSeq: Number(rows.at(-1)?.seq ?? snapshot?.upto_seq ?? 0),
      }
    },
    async owners(doc) {
      return new Map(selectOwners.all(doc).map((row) => [Number(row.client), String(row.actor)]))
    },
    async size(doc) {
      const row = selectSize.get(doc)!
      return { rows: Number(row.rows), bytes: Number(row.bytes), snapshotBytes: Number(row.snapshot_bytes) }
    },
    async compact(doc, uptoSeq, state, at) {
      while (inTransaction()) await nextTurn()
      transaction(() => {
        upsertSnapshot.run(doc, uptoSeq, state, at)
        deleteUpdates.run(doc, uptoSeq)
      })
    },
    async documents() {
      return selectDocuments.all().map((row) => String(row.doc))
    },
  }
}
