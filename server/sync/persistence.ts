import { isTransactionOrigin, type Extension } from '@hocuspocus/server'
import { storeFailing } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import { applyStored } from '../store/replay.ts'
import type { UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'
import { Refused, type Owners, type Sizes } from './gate.ts'

/** The actor of what the server itself writes. */
export const serverActor = 'server'

const compactAfter = { rows: 500, bytes: 64 * 1024 }

/**
 * Loads documents from their snapshot and log, logs the server's own edits (clients' are logged by the gate, before
 * they are applied), and asks for compaction.
 */
export function createPersistence({ updates, owners, ownEdits, sizes, compact, log, now }: {
  updates: UpdateLog
  owners: Owners
  ownEdits: WeakMap<object, Set<Promise<void>>>
  sizes: Sizes
  /** Replays a document's log into its snapshot. */
  compact: (document: string) => Promise<void>
  log: Log
  now: () => number
}): Extension<SyncContext> {
  return {
    extensionName: 'persistence',
    async onLoadDocument({ document, documentName }) {
      try {
        const [saved, claimed] = await Promise.all([updates.load(documentName), updates.owners(documentName)])
        const broken = saved ? applyStored(document, saved) : 0
        if (broken > 0) log.error({ document: documentName, updates: broken }, 'stored updates could be applied in part only')
        owners.set(document, claimed)
        if (saved) sizes.set(document, saved.updates.reduce((sum, update) => sum + update.byteLength, saved.snapshot?.byteLength ?? 0))
        // An edit of ours is in the document at once, but a client that saw it before it is on disk would bring it back after a
        // crash, and be refused for what is not its own.
        const unstored = new Set<Promise<void>>()
        ownEdits.set(document, unstored)
        const flush = document.flush.bind(document)
        document.flush = () => (unstored.size > 0 ? document : flush())
        document.on('update', (update: Uint8Array, origin: unknown) => {
          if (isTransactionOrigin(origin) && origin.source === 'connection') return
          claimed.set(document.clientID, serverActor)
          const stored = updates.append({ doc: documentName, data: update, actor: serverActor, at: now(), claims: [document.clientID], atOnce: true })
            .catch((error: unknown) => log.error({ err: error, document: documentName }, 'own edit not stored'))
            .finally(() => {
              unstored.delete(stored)
              document.flush()
            })
          unstored.add(stored)
        })
      } catch (error) {
        log.error({ err: error, document: documentName }, 'document not loaded')
        // Hocuspocus forgets a document that could not be loaded, and with it the timers of its awareness.
        document.destroy()
        throw new Refused(storeFailing)
      }
    },
    async onStoreDocument({ document, documentName }) {
      try {
        const { rows, bytes, snapshotBytes } = await updates.size(documentName)
        sizes.set(document, bytes + snapshotBytes)
        if (rows < compactAfter.rows && bytes < Math.max(compactAfter.bytes, snapshotBytes)) return
        await updates.stored(documentName)
        await compact(documentName)
        log.debug({ document: documentName, rows, bytes }, 'compacted')
      } catch (error) {
        // Nothing is lost by not compacting: the log has it all, and the next edit asks again.
        log.warn({ err: error, document: documentName }, 'compaction failed')
      }
    },
    async beforeUnloadDocument({ documentName }) {
      await updates.stored(documentName)
    },
  }
}
