import { count, createStores, del, getAll, openDB, put, transact } from 'lib0/indexeddb'
import { addUndone, UndoneChanges, UndoneInMemory, type UndoneChange } from './undone-changes.ts'

const store = 'changes'
/** A database that another page deletes at this moment may not open before that page is closed. */
const longestMs = 3_000

/** Undone changes in a database of this browser; in memory where it has none, or will not write to it. */
export class UndoneInIndexedDb extends UndoneChanges {
  readonly #name: string
  #memory = new UndoneInMemory()
  /** Other pages of this browser. */
  #others: BroadcastChannel | null

  constructor(name: string) {
    super()
    this.#name = name
    this.#others = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
    this.#others?.addEventListener('message', () => this.emit('change', []))
  }

  async list() {
    const kept = await this.#within('readonly', readAll).catch(() => [])
    return [...await this.#memory.list(), ...kept].sort((a, b) => b.at - a.at)
  }

  async count() {
    return await this.#memory.count() + await this.#within('readonly', (changes) => count(changes)).catch(() => 0)
  }

  async keep(change: UndoneChange) {
    const before = await this.#within('readwrite', async (changes) => {
      const kept = await readAll(changes)
      const all = addUndone(kept, change)
      for (const { id } of kept) if (!all.some((each) => each.id === id)) await del(changes, id)
      // The types of lib0 know no objects, which the browser stores as they are.
      await put(changes, all.find(({ id }) => id === change.id) as never, change.id)
      return kept.find(({ id }) => id === change.id) ?? null
    }).catch(() => this.#memory.keep(change))
    this.#told()
    return before
  }

  async delete(id: string) {
    await this.#memory.delete(id)
    await this.#within('readwrite', (changes) => del(changes, id)).catch(() => {})
    this.#told()
  }

  override destroy() {
    this.#others?.close()
    this.#others = null
    super.destroy()
  }

  #told() {
    this.emit('change', [])
    this.#others?.postMessage(null)
  }

  /** Opened for each use, so that signing out can delete it. */
  async #within<T>(access: 'readonly' | 'readwrite', use: (changes: IDBObjectStore) => Promise<T>): Promise<T> {
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`${this.#name} does not open.`)), longestMs))
    const database = await Promise.race([openDB(this.#name, (created) => createStores(created, [[store]])), late])
    try {
      return await use(transact(database, [store], access)[0]!)
    } finally {
      database.close()
    }
  }
}

const readAll = (changes: IDBObjectStore) => getAll(changes) as Promise<UndoneChange[]>
