import * as Y from 'yjs'
import { Unreadable, type StoredDocument } from './update-log.ts'

type Replayable = Pick<StoredDocument, 'snapshot' | 'updates'>

/**
 * Brings a document to what is stored, and returns how many updates could not be applied whole: their bytes are intact, so such a one
 * stopped half-way when it came, too, and nothing else may be lost for it. Throws Unreadable for a snapshot that cannot be applied:
 * a document without its past is no document.
 */
export function applyStored(doc: Y.Doc, { snapshot, updates }: Replayable): number {
  try {
    if (snapshot) Y.applyUpdate(doc, snapshot)
  } catch (error) {
    throw new Unreadable('the snapshot cannot be applied', { cause: error })
  }
  let broken = 0
  for (const update of updates) {
    try {
      Y.applyUpdate(doc, update)
    } catch {
      broken++
    }
  }
  return broken
}

/** A document's state as one update. Replaying is far quicker than `Y.mergeUpdates`, and collects garbage. */
export function replay(stored: Replayable): Uint8Array {
  const doc = new Y.Doc()
  applyStored(doc, stored)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}
