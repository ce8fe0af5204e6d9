import { Worker } from 'node:worker_threads'
import * as Y from 'yjs'
import type { StoredDocument } from '../store/update-log.ts'

/** Beyond this a replay would hold up the event loop for more than a few milliseconds. */
const inlineBytes = 128 * 1024

export type Replayable = Pick<StoredDocument, 'snapshot' | 'updates'>

/** A document's state as one update. Replaying is far quicker than `Y.mergeUpdates`, and collects garbage. */
export function replayHere({ snapshot, updates }: Replayable): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const update of updates) Y.applyUpdate(doc, update)
  })
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
