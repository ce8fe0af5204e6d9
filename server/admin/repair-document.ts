import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { applyStored, clientsWithoutOwner, readStored, type StoredSnapshot, type StoredUpdate } from './stored-document.ts'

type Repaired = { owners: number; covered: number }

/**
 * Puts right what can be without loss, also beside a running server: updates that a snapshot covers go, and client ids get the owner
 * whom the log names. Throws where the document cannot be read.
 */
export function repairDocument(sqlite: DatabaseSync, name: string): Repaired {
  const { snapshot, updates } = readStored(sqlite, name)
  if (snapshot?.intact === false || updates.some(({ intact }) => !intact)) throw new Error('it is damaged on the disk')
  const covered = snapshot ? removeCovered(sqlite, name, snapshot, updates) : 0
  return { covered, owners: addOwners(sqlite, name, snapshot, updates) }
}

function removeCovered(sqlite: DatabaseSync, name: string, snapshot: StoredSnapshot, updates: readonly StoredUpdate[]): number {
  const covered = updates.filter(({ seq }) => seq <= snapshot.uptoSeq)
  if (covered.length === 0) return 0
  const doc = new Y.Doc()
  Y.applyUpdate(doc, snapshot.data)
  const before = Y.snapshot(doc)
  for (const update of covered) applyStored(doc, update)
  // One that tells of something new is loaded with the others, and the next compaction puts it into the snapshot.
  const adds = !Y.equalSnapshots(before, Y.snapshot(doc)) || doc.store.pendingStructs !== null || doc.store.pendingDs !== null
  doc.destroy()
  if (adds) return 0
  const remove = sqlite.prepare('delete from updates where doc = ? and seq = ?')
  return covered.reduce((removed, { seq }) => removed + Number(remove.run(name, seq).changes), 0)
}

/** The actor of the update that brought the first of a client's structs owns the client. */
function addOwners(sqlite: DatabaseSync, name: string, snapshot: StoredSnapshot | null, updates: readonly StoredUpdate[]): number {
  const replayed = (each: (doc: Y.Doc, update: StoredUpdate) => void): Y.Doc => {
    const doc = new Y.Doc()
    if (snapshot) Y.applyUpdate(doc, snapshot.data)
    for (const update of updates) each(doc, update)
    return doc
  }
  const whole = replayed(applyStored)
  const strangers = new Set(clientsWithoutOwner(sqlite, name, whole))
  whole.destroy()
  if (strangers.size === 0) return 0

  const insert = sqlite.prepare('insert into client_ids (doc, client, actor) values (?, ?, ?) on conflict do nothing')
  let added = 0
  replayed((doc, update) => {
    // What the snapshot knows of a client says nothing of who brought it.
    const unknown = [...strangers].filter((client) => Y.getState(doc.store, client) === 0)
    applyStored(doc, update)
    for (const client of unknown) {
      if (Y.getState(doc.store, client) === 0) continue
      strangers.delete(client)
      added += Number(insert.run(name, client, update.actor).changes)
    }
  }).destroy()
  return added
}
