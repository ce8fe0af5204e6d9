import { clearDocument, IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from 'y-indexeddb'
import type * as Y from 'yjs'
import { Connection, type ConnectionOptions, type KeepCopy, type WaitingRecord } from './connection.ts'
import { UndoneInIndexedDb } from './undone-in-indexeddb.ts'

/** Everything kept on this device carries the person's id: two people may share a browser. */
const prefix = (actorId: string) => `missions/${actorId}/`

/** Other pages have left a copy long before it is deleted. */
const deleteAfterMs = 2_000

/** How often the copy of a document was given up on this device. Each time the next one begins in a database of its own. */
const epochKey = (actorId: string, document: string) => `${prefix(actorId)}epoch/${document}`
const readEpoch = (actorId: string, document: string) => Number(localStorage.getItem(epochKey(actorId, document)) ?? 0) || 0

/** What came from the server is there as well: it is kept together, when what it changes has been drawn. Milliseconds. */
const keepReceivedAfterMs = 500

/**
 * Commits each edit at once. The transactions of y-indexeddb end by themselves, a moment later: where the page goes before that, one in
 * a hundred times what was typed last goes with it.
 */
class LocalStore extends IndexeddbPersistence {
  #unkept: Uint8Array[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(name: string, doc: Y.Doc) {
    super(name, doc)
    doc.off('update', this._storeUpdate)
    doc.on('update', this.#changed)
    addEventListener('pagehide', this.#keep)
  }

  override destroy() {
    this.#keep()
    this.doc.off('update', this.#changed)
    removeEventListener('pagehide', this.#keep)
    return super.destroy()
  }

  #changed = (update: Uint8Array, origin: unknown, _: Y.Doc, { local }: Y.Transaction) => {
    if (!this.db || origin === this) return
    this.#unkept.push(update)
    if (local) this.#keep()
    else this.#timer ??= setTimeout(this.#keep, keepReceivedAfterMs)
  }

  #keep = () => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.db || this.#unkept.length === 0) return
    const transaction = this.db.transaction('updates', 'readwrite')
    for (const update of this.#unkept) transaction.objectStore('updates').add(update)
    transaction.commit()
    this._dbsize += this.#unkept.length
    this.#unkept = []
    if (this._dbsize < PREFERRED_TRIM_SIZE) return
    clearTimeout(this._storeTimeoutId)
    this._storeTimeoutId = setTimeout(() => void storeState(this, false), this._storeTimeout)
  }
}

function keepInIndexedDb(actorId: string): KeepCopy {
  return (document, doc, discarded) => {
    const epoch = readEpoch(actorId, document)
    const id = epoch === 0 ? document : `${document}@${epoch}`
    const name = prefix(actorId) + id
    const store = new LocalStore(name, doc)
    let marked = false

    const heed = ({ key }: StorageEvent) => {
      if (key !== epochKey(actorId, document) || readEpoch(actorId, document) <= epoch) return
      removeEventListener('storage', heed)
      discarded()
    }
    addEventListener('storage', heed)
    const close = () => {
      removeEventListener('storage', heed)
      return store.destroy()
    }

    const read = store.whenSynced.then(async () => {
      marked = (await store.get('synced')) === 1
      return { synced: marked }
    })
    return {
      id,
      // A browser that keeps nothing works with what the server has.
      loaded: Promise.race([read, new Promise<{ synced: boolean }>((resolve) => store._db.catch(() => resolve({ synced: false })))]),
      markSynced() {
        if (marked) return
        marked = true
        void store.set('synced', 1).catch(() => {})
      },
      close,
      discard() {
        if (readEpoch(actorId, document) === epoch) localStorage.setItem(epochKey(actorId, document), String(epoch + 1))
        void close().catch(() => {})
        setTimeout(() => void clearDocument(name).catch(() => {}), deleteAfterMs)
      },
    }
  }
}

/** Deletes copies that were given up by pages that closed before they could. */
async function sweepCopies(actorId: string) {
  for (const { name } of await indexedDB.databases?.() ?? []) {
    const [, document, epoch = '0'] = name?.startsWith(prefix(actorId)) ? /^(.+?)(?:@(\d+))?$/.exec(name.slice(prefix(actorId).length)) ?? [] : []
    if (name && document?.includes('/') && Number(epoch) < readEpoch(actorId, document)) await clearDocument(name)
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

/** What a person lost on this device. */
export const undoneOn = (actorId: string) => new UndoneInIndexedDb(`${prefix(actorId)}undone`)

/** The page's connection: documents are kept in IndexedDB, and the browser's word on the network is heeded. */
export class BrowserConnection extends Connection {
  readonly undone: UndoneInIndexedDb
  #heed = () => this.setOnline(navigator.onLine)

  constructor(actorId: string, titleOf: ConnectionOptions['titleOf']) {
    const undone = undoneOn(actorId)
    super({
      url: `${location.origin.replace(/^http/, 'ws')}/sync`,
      keep: keepInIndexedDb(actorId),
      waiting: waitingInLocalStorage(actorId),
      undone,
      titleOf,
    })
    this.undone = undone
    void sweepCopies(actorId).catch(() => {})
    addEventListener('online', this.#heed)
    addEventListener('offline', this.#heed)
    if (!navigator.onLine) this.setOnline(false)
  }

  override async destroy() {
    removeEventListener('online', this.#heed)
    removeEventListener('offline', this.#heed)
    await super.destroy()
    this.undone.destroy()
  }
}

/** Deletes everything of a person from this device; called when they sign out. */
export async function forgetDevice(actorId: string) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix(actorId))) localStorage.removeItem(key)
  const databases = await indexedDB.databases?.() ?? []
  for (const { name } of databases) if (name?.startsWith(prefix(actorId))) indexedDB.deleteDatabase(name)
}
