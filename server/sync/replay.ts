import { Worker } from 'node:worker_threads'
import * as Y from 'yjs'
import type { StoredDocument } from '../store/update-log.ts'

/** Beyond this a replay would hold up the event loop for more than a few milliseconds. */
const inlineBytes = 128 * 1024

export type Replayable = Pick<StoredDocument, 'snapshot' | 'updates'>

/**
 * Brings a document to what is stored, and returns how many updates could not be applied whole. Such a one stopped half-way when
 * it came, too: nothing else may be lost for it, and least of all the document.
 */
export function applyStored(doc: Y.Doc, { snapshot, updates }: Replayable): number {
  let broken = 0
  for (const update of snapshot ? [snapshot, ...updates] : updates) {
    try {
      Y.applyUpdate(doc, update)
    } catch {
      broken++
    }
  }
  return broken
}

/** A document's state as one update. Replaying is far quicker than `Y.mergeUpdates`, and collects garbage. */
export function replayHere(stored: Replayable): Uint8Array {
  const doc = new Y.Doc()
  applyStored(doc, stored)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

/** As `replayHere`, in a thread of its own for what is large. */
export async function replay(stored: Replayable): Promise<Uint8Array> {
  const bytes = stored.updates.reduce((sum, update) => sum + update.byteLength, stored.snapshot?.byteLength ?? 0)
  if (bytes <= inlineBytes) return replayHere(stored)
  const { snapshot, updates } = stored
  const thread = new Worker(new URL('./replay-thread.ts', import.meta.url), { workerData: { snapshot, updates } })
  return await new Promise<Uint8Array>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  }).finally(() => thread.terminate())
}
