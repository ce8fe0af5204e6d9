import { isTransactionOrigin, type Extension } from '@hocuspocus/server'
import type * as Y from 'yjs'
import { storeFailing } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import { applyStored } from '../store/replay.ts'
import { applyInTurns } from '../store/slices.ts'
import type { StoreThread } from '../store/store-thread.ts'
import type { LogSize, UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'
import { Refused, type Owners, type Sizes } from './gate.ts'

/** The actor of what the server itself writes. */
const serverActor = 'server'

const compactAfter = { rows: 500, bytes: 64 * 1024 }
/** A log that grows so much, in bytes, before somebody looks is compacted at once: to replay it takes several times as much memory. */
const compactAtOnceAfter = 4 * 1024 * 1024
/** A larger snapshot, in bytes, is taken apart beside the event loop, and applied bit by bit. */
const largeSnapshot = 512 * 1024

type Persistence = {
  extension: Extension<SyncContext>
  /** Frees what was deleted or written over since the last compaction, if that can be much; `sizes` knows what came of it. */
  makeRoom(document: Y.Doc, name: string): Promise<void>
}

/**
 * Loads documents from their snapshot and log, logs the server's own edits (clients' are logged by the gate, before
 * they are applied), and asks for compaction.
 */
export function createPersistence({ updates, owners, ownEdits, sizes, compact, readSnapshot, log, now }: {
  updates: UpdateLog
  owners: Owners
  ownEdits: WeakMap<object, Set<Promise<void>>>
  sizes: Sizes
  /** Replays a document's log into its snapshot. */
  compact: (document: string) => Promise<void>
  /** Reads a snapshot in slices. */
  readSnapshot: StoreThread['readSnapshot']
  log: Log
  now: () => number
}): Persistence {
  const shrinking = new WeakMap<Y.Doc, Promise<void>>()

  async function measure(document: Y.Doc, name: string): Promise<LogSize> {
    await updates.stored(name)
    const before = sizes.get(document) ?? 0
    const size = await updates.size(name)
    // What came while we asked may be counted twice, but not left out.
    sizes.set(document, size.bytes + size.snapshotBytes + (sizes.get(document) ?? 0) - before)
    return size
  }

  function shrink(document: Y.Doc, name: string): Promise<void> {
    const under = shrinking.get(document) ?? compact(name)
      .then(() => measure(document, name))
      .then(() => log.debug({ document: name }, 'compacted'))
      // Nothing is lost by not compacting: the log has it all, and the next edit asks again.
      .catch((error: unknown) => log.warn({ err: error, document: name }, 'compaction failed'))
      .finally(() => shrinking.delete(document))
    shrinking.set(document, under)
    return under
  }

  async function makeRoom(document: Y.Doc, name: string) {
    const { bytes, snapshotBytes } = await measure(document, name)
    // Else whoever sends to a full document again and again would have all of it replayed each time.
    if (bytes > snapshotBytes / 4) await shrink(document, name)
  }

  /** Read as a whole it says itself what is wrong with it. */
  const wholeInstead = (document: string) => (error: unknown) => {
    log.warn({ err: error, document }, 'snapshot not read in slices')
    return null
  }

  const extension: Extension<SyncContext> = {
    extensionName: 'persistence',
    async onLoadDocument({ document, documentName }) {
      try {
        const sliced = (await updates.size(documentName)).snapshotBytes > largeSnapshot ? await readSnapshot(documentName).catch(wholeInstead(documentName)) : null
        if (sliced) await applyInTurns(document, sliced.slices)
        const [saved, claimed] = await Promise.all([updates.load(documentName, sliced?.uptoSeq), updates.owners(documentName)])
        const broken = saved ? applyStored(document, saved) : 0
        if (broken > 0) log.error({ document: documentName, updates: broken }, 'stored updates could be applied in part only')
        owners.set(document, claimed)
        if (saved || sliced) sizes.set(document, (saved?.updates ?? []).reduce((sum, update) => sum + update.byteLength, saved?.snapshot?.byteLength ?? sliced?.bytes ?? 0))
        // An edit of ours is in the document at once, but a client that saw it before it is on disk would bring it back after a
        // crash, and be refused for what is not its own.
        const unstored = new Set<Promise<void>>()
        ownEdits.set(document, unstored)
        const flush = document.flush.bind(document)
        document.flush = () => (unstored.size > 0 ? document : flush())
        let grown = 0
        document.on('update', (update: Uint8Array, origin: unknown) => {
          grown += update.byteLength
          if (grown > compactAtOnceAfter && !shrinking.has(document)) {
            grown = 0
            void shrink(document, documentName)
          }
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
        const { rows, bytes, snapshotBytes } = await measure(document, documentName)
        if (rows >= compactAfter.rows || bytes >= Math.max(compactAfter.bytes, snapshotBytes)) await shrink(document, documentName)
      } catch (error) {
        log.warn({ err: error, document: documentName }, 'document not measured')
      }
    },
    async beforeUnloadDocument({ documentName }) {
      await updates.stored(documentName)
    },
  }
  return { extension, makeRoom }
}
