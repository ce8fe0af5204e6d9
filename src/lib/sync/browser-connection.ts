import { clearDocument, IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'
import { Connection, type LocalCopy, type WaitingRecord } from './connection.ts'

/** Everything kept on this device carries the person's id: two people may share a browser. */
const prefix = (actorId: string) => `missions/${actorId}/`

function keepInIndexedDb(actorId: string) {
  return (document: string, doc: Y.Doc): LocalCopy => {
    const name = prefix(actorId) + document
    const store = new IndexeddbPersistence(name, doc)
    let marked = false
    return {
      loaded: store.whenSynced.then(async () => {
        marked = (await store.get('synced')) === 1
        return { synced: marked }
      }),
      markSynced() {
        if (marked) return
        marked = true
        void store.set('synced', 1)
      },
      close: () => store.destroy(),
      async discard() {
        await store.destroy()
        await clearDocument(name)
      },
    }
  }
}

function waitingInLocalStorage(actorId: string): WaitingRecord {
  const key = `${prefix(actorId)}waiting`
  function read(): Record<string, number> {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
      return typeof value === 'object' && value !== null ? value as Record<string, number> : {}
    } catch {
      return {}
    }
  }
  return {
    read,
    set(document, changes) {
      // Another tab may have written since.
      const { [document]: _, ...others } = read()
      localStorage.setItem(key, JSON.stringify(changes > 0 ? { ...others, [document]: changes } : others))
    },
  }
}

/** The page's connection: documents are kept in IndexedDB, and the browser's word on the network is heeded. */
export class BrowserConnection extends Connection {
  #heed = () => this.setOnline(navigator.onLine)

  constructor(actorId: string) {
    super({
      url: `${location.origin.replace(/^http/, 'ws')}/sync`,
      keep: keepInIndexedDb(actorId),
      waiting: waitingInLocalStorage(actorId),
    })
    addEventListener('online', this.#heed)
    addEventListener('offline', this.#heed)
    if (!navigator.onLine) this.setOnline(false)
  }

  override async destroy() {
    removeEventListener('online', this.#heed)
    removeEventListener('offline', this.#heed)
    await super.destroy()
  }
}

/** Deletes everything of a person from this device; called when they sign out. */
export async function forgetDevice(actorId: string) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix(actorId))) localStorage.removeItem(key)
  const databases = await indexedDB.databases?.() ?? []
  for (const { name } of databases) if (name?.startsWith(prefix(actorId))) indexedDB.deleteDatabase(name)
}
