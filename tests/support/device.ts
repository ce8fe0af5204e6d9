import * as Y from 'yjs'
import { Connection, type ConnectionOptions, type Refusal } from '#lib/sync/connection.ts'

type Kept = { updates: Uint8Array[]; synced: boolean }

/** What a browser keeps on its device, in memory: it outlives connections as a device outlives pages. */
export function device() {
  const copies = new Map<string, Kept>()
  const waiting: Record<string, number> = {}
  const kept: Required<Pick<ConnectionOptions, 'keep' | 'waiting'>> = {
    keep(name, doc) {
      const copy = copies.get(name) ?? { updates: [], synced: false }
      copies.set(name, copy)
      const store = (update: Uint8Array, origin: unknown) => {
        if (origin !== copy) copy.updates.push(update)
      }
      doc.on('update', store)
      const close = async () => doc.off('update', store)
      return {
        loaded: new Promise<void>((resolve) => setTimeout(resolve, 1)).then(() => {
          for (const update of [...copy.updates]) Y.applyUpdate(doc, update, copy)
          return { synced: copy.synced }
        }),
        markSynced: () => { copy.synced = true },
        close,
        async discard() {
          await close()
          copies.delete(name)
        },
      }
    },
    waiting: {
      read: () => ({ ...waiting }),
      set(name, changes) {
        if (changes > 0) waiting[name] = changes
        else delete waiting[name]
      },
    },
  }
  return {
    /** Our own client, as a page makes one; what happened to it is kept in order. */
    open(url: string, token: string) {
      const connection = new Connection({ url, token, ...kept })
      const refusals: Refusal[] = []
      let signedOut = 0
      connection.on('refused', (refusal) => { refusals.push(refusal) })
      connection.on('signed out', () => { signedOut++ })
      return { connection, refusals, signedOut: () => signedOut }
    },
    has: (name: string) => copies.has(name),
    waiting: () => ({ ...waiting }),
  }
}
