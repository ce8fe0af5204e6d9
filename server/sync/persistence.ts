import { isTransactionOrigin, type Extension } from '@hocuspocus/server'
import type { Log } from '../log.ts'
import type { UpdateLog } from '../store/update-log.ts'
import type { SyncContext } from './authenticate.ts'
import type { Owners } from './gate.ts'
import { applyStored, replay } from './replay.ts'

/** The actor of what the server itself writes. */
export const serverActor = 'server'

const compactAfter = { rows: 500, bytes: 64 * 1024 }
const retryAfterMs = 1_000

export type Persistence = {
  extension: Extension<SyncContext>
  /** Resolves when what the server itself wrote into this document is on disk. */
  stored(document: string): Promise<void>
  /** How many of the server's own edits are not on disk yet. */
  unstored(): number
  /** Compacts no more: the store is about to close. */
  stop(): void
}

/**
 * Loads documents from their snapshot and log, logs the server's own edits (clients' are logged by the gate, before
 * they are applied), and compacts.
 */
export function createPersistence({ updates, owners, log, now }: {
  updates: UpdateLog
  owners: Owners
  log: Log
  now: () => number
}): Persistence {
  let stopping = false
  const storing = new Map<string, Set<Promise<void>>>()

  async function store(doc: string, data: Uint8Array, client: number) {
    for (;;) {
      try {
        return await updates.append({ doc, data, actor: serverActor, at: now(), claims: [client], atOnce: true })
      } catch (error) {
        log.error({ err: error, document: doc }, 'own edit not stored, trying again')
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
      }
    }
  }

  const stored = async (document: string) => {
    await Promise.all(storing.get(document) ?? [])
  }

  async function compact(document: string) {
    const { rows, bytes, snapshotBytes } = await updates.size(document)
    if (rows < compactAfter.rows && bytes < Math.max(compactAfter.bytes, snapshotBytes)) return
    const saved = await updates.load(document)
    if (!saved) return
    await updates.compact(document, saved.lastSeq, await replay(saved), now())
    log.debug({ document, rows, bytes }, 'compacted')
  }

  return {
    stored,
    stop: () => {
      stopping = true
    },
    unstored: () => [...storing.values()].reduce((sum, edits) => sum + edits.size, 0),
    extension: {
      extensionName: 'persistence',
      async onLoadDocument({ document, documentName }) {
        const [saved, claimed] = await Promise.all([updates.load(documentName), updates.owners(documentName)])
        const broken = saved ? applyStored(document, saved) : 0
        if (broken > 0) log.error({ document: documentName, updates: broken }, 'stored updates could be applied in part only')
        owners.set(document, claimed)
        document.on('update', (update: Uint8Array, origin: unknown) => {
          if (isTransactionOrigin(origin) && origin.source === 'connection') return
          claimed.set(document.clientID, serverActor)
          const edits = storing.get(documentName) ?? new Set()
          const edit = store(documentName, update, document.clientID).then(() => {
            edits.delete(edit)
            if (edits.size === 0) storing.delete(documentName)
          })
          storing.set(documentName, edits.add(edit))
        })
      },
      async onStoreDocument({ documentName }) {
        try {
          await stored(documentName)
          if (!stopping) await compact(documentName)
        } catch (error) {
          // Nothing is lost by not compacting: the log has it all. One that the end of the process overtakes is no fault.
          if (!stopping) log.error({ err: error, document: documentName }, 'compaction failed')
        }
      },
      async beforeUnloadDocument({ documentName }) {
        await stored(documentName)
      },
    },
  }
}
