import * as Y from 'yjs'
import { Connection, type ConnectionOptions, type Refusal } from '#lib/sync/connection.ts'
import { UndoneInMemory } from '#lib/sync/undone-changes.ts'

type Kept = { id: string; updates: Uint8Array[]; synced: boolean }

/**
 * What a browser keeps on its device, in memory: it outlives connections as a device outlives pages. Every connection that is
 * opened on it is a page; pages share what is kept.
 */
export function device() {
  const copies = new Map<string, Kept>()
  const pages = new Map<string, Set<() => void>>()
  const waiting: Record<string, number> = {}
  let given = 0
  const undone = new UndoneInMemory()
  const kept: Required<Pick<ConnectionOptions, 'keep' | 'waiting' | 'undone'>> = {
    undone,
    keep(name, doc, discarded) {
      const copy = copies.get(name) ?? { id: `${name}@${given}`, updates: [], synced: false }
      copies.set(name, copy)
      const here = pages.get(name) ?? new Set()
      pages.set(name, here.add(discarded))
      const store = (update: Uint8Array, origin: unknown) => {
        if (origin !== copy) copy.updates.push(update)
      }
      doc.on('update', store)
      const close = async () => {
        here.delete(discarded)
        doc.off('update', store)
      }
      return {
        id: copy.id,
        loaded: new Promise<void>((resolve) => setTimeout(resolve, 1)).then(() => {
          for (const update of [...copy.updates]) Y.applyUpdate(doc, update, copy)
          // As IndexedDB does it: what the document had already is kept too.
          copy.updates.push(Y.encodeStateAsUpdate(doc))
          return { synced: copy.synced }
        }),
        markSynced: () => { copy.synced = true },
        close,
        discard() {
          void close()
          if (copies.get(name) !== copy) return
          copies.delete(name)
          given++
          for (const other of here) setTimeout(other, 1)
          here.clear()
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
    undone,
    has: (name: string) => copies.has(name),
    waiting: () => ({ ...waiting }),
  }
}
