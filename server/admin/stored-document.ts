import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { checksum } from '../store/checksum.ts'

/** The names of all stored documents. */
export const storedDocuments = (sqlite: DatabaseSync): string[] =>
  sqlite.prepare('select doc from snapshots union select doc from updates order by 1').all().map((row) => String(row.doc))

/** How far a document's log goes; it only grows. */
export const headOf = (sqlite: DatabaseSync, name: string): number =>
  Number(sqlite.prepare(`select max(
    coalesce((select max(seq) from updates where doc = ?1), 0), coalesce((select upto_seq from snapshots where doc = ?1), 0)) as head`).get(name)?.head)

/** `intact` is false where the data is not what was written; in rows of before there were checksums it is not known, and true. */
type Stored = { data: Uint8Array; intact: boolean; checked: boolean }
export type StoredUpdate = Stored & { seq: number; actor: string }
export type StoredSnapshot = Stored & { uptoSeq: number }

const storedOf = (row: Record<string, unknown>): Stored => {
  const data = row.data as Uint8Array
  return { data, checked: row.crc !== null, intact: row.crc === null || row.crc === checksum(data) }
}

/** Everything stored of a document, with the bytes as they are on the disk. */
export function readStored(sqlite: DatabaseSync, name: string): { snapshot: StoredSnapshot | null; updates: StoredUpdate[] } {
  const snapshot = sqlite.prepare('select upto_seq, data, crc from snapshots where doc = ?').get(name)
  const updates = sqlite.prepare('select seq, data, actor, crc from updates where doc = ? order by seq').all(name)
  return {
    snapshot: snapshot ? { ...storedOf(snapshot), uptoSeq: Number(snapshot.upto_seq) } : null,
    updates: updates.map((row) => ({ ...storedOf(row), seq: Number(row.seq), actor: String(row.actor) })),
  }
}

/** Yjs client ids that wrote something in a document, and that nobody owns. */
export function clientsWithoutOwner(sqlite: DatabaseSync, name: string, doc: Y.Doc): number[] {
  const owned = new Set(sqlite.prepare('select client from client_ids where doc = ?').all(name).map((row) => Number(row.client)))
  return [...doc.store.clients.keys()].filter((client) => !owned.has(client))
}

/** Applies what is stored as the server does: an update that came broken, and is stored as it came, is applied in part. */
export function applyStored(doc: Y.Doc, { data, checked }: Pick<Stored, 'data' | 'checked'>) {
  try {
    Y.applyUpdate(doc, data)
  } catch (error) {
    if (!checked) throw error
  }
}

/** A stored document, replayed. Throws where something of it is damaged or cannot be read. */
export function replayStored(sqlite: DatabaseSync, name: string): Y.Doc {
  const doc = new Y.Doc()
  const { snapshot, updates } = readStored(sqlite, name)
  const damaged = snapshot?.intact === false ? 'the snapshot' : updates.filter(({ intact }) => !intact).map(({ seq }) => `update ${seq}`)[0]
  if (damaged) throw new Error(`${damaged} is damaged on the disk`)
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot.data)
    for (const update of updates) applyStored(doc, update)
  })
  return doc
}

/** Brings a document that was replayed up to `from` to what is stored now, and returns whether there was anything. */
export function catchUp(sqlite: DatabaseSync, name: string, doc: Y.Doc, from: number): boolean {
  const snapshot = sqlite.prepare('select data, crc from snapshots where doc = ? and upto_seq > ?').get(name, from)
  const updates = sqlite.prepare('select data, crc from updates where doc = ? and seq > ? order by seq').all(name, from)
  for (const row of snapshot ? [snapshot, ...updates] : updates) applyStored(doc, storedOf(row))
  return snapshot !== undefined || updates.length > 0
}
