import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'

/** The names of all stored documents. */
export const storedDocuments = (sqlite: DatabaseSync): string[] =>
  sqlite.prepare('select doc from snapshots union select doc from updates order by 1').all().map((row) => String(row.doc))

/** How far a document's log goes; it only grows. */
export const headOf = (sqlite: DatabaseSync, name: string): number =>
  Number(sqlite.prepare(`select max(
    coalesce((select max(seq) from updates where doc = ?1), 0), coalesce((select upto_seq from snapshots where doc = ?1), 0)) as head`).get(name)?.head)

/** A stored document, replayed. Throws where an update cannot be read. `complete` is false where updates are missing between others. */
export function replayStored(sqlite: DatabaseSync, name: string): { doc: Y.Doc; complete: boolean } {
  const doc = new Y.Doc()
  const snapshot = sqlite.prepare('select data from snapshots where doc = ?').get(name)
  const updates = sqlite.prepare('select data from updates where doc = ? order by seq').all(name)
  doc.transact(() => {
    for (const row of snapshot ? [snapshot, ...updates] : updates) Y.applyUpdate(doc, row.data as Uint8Array)
  })
  return { doc, complete: doc.store.pendingStructs === null && doc.store.pendingDs === null }
}
