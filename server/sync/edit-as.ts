import type { beforeSyncPayload, Extension, Hocuspocus } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { Actor } from '#lib/board/policy.ts'
import { parseRefusal } from '#lib/sync/close-reasons.ts'
import type { SyncContext } from './authenticate.ts'
import { Refused } from './gate.ts'

type EditRefused = { ok: false; code: string; message: string }

const yjsUpdate = 2

/**
 * Edits a document for somebody who asked over the API: on a draft of it, whose update then goes the way of every client's. The gate
 * judges and stores it as theirs, and everybody who has the document open gets it. `beforeStoring` writes down what is about to be done; both it and
 * `work` may be called again, for another draft.
 */
export function createEditAs(hocuspocus: Hocuspocus<SyncContext>, gate: Extension<SyncContext>) {
  return async (actor: Actor, name: string, work: (doc: Y.Doc) => void, beforeStoring?: () => Promise<void>): Promise<{ ok: true } | EditRefused> => {
    for (;;) {
      const direct = await hocuspocus.openDirectConnection(name)
      const { document } = direct
      try {
        // Hocuspocus may have unloaded it in between.
        if (!document || hocuspocus.documents.get(name) !== document) continue
        const draft = new Y.Doc()
        Y.applyUpdate(draft, Y.encodeStateAsUpdate(document))
        const made: Uint8Array[] = []
        draft.on('update', (update: Uint8Array) => made.push(update))
        work(draft)
        draft.destroy()
        if (made.length === 0) return { ok: true }
        await beforeStoring?.()
        if (hocuspocus.documents.get(name) !== document) continue
        const payload = Y.mergeUpdates(made)
        const context: SyncContext = { actor, firstSyncDone: true, handled: null, reauthenticate: async () => actor }
        // As much of a connection as the gate and Hocuspocus ask about; nothing is sent to it.
        const connection = { context, readOnly: false, socketId: '', webSocket: { close() {} }, request: new Request('http://localhost/sync') }
        try {
          await gate.beforeSync?.({ connection, context, document, documentName: name, type: yjsUpdate, payload } as unknown as beforeSyncPayload<SyncContext>)
          Y.applyUpdate(document, payload, { source: 'connection', connection })
        } finally {
          context.handled?.()
        }
        return { ok: true }
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const refusal = parseRefusal(error.reason)
        return refusal ? { ok: false, ...refusal } : { ok: false, code: 'not_stored', message: 'The server cannot write to its disk at the moment. Try again in a while.' }
      } finally {
        await direct.disconnect({ unloadImmediately: false })
      }
    }
  }
}
