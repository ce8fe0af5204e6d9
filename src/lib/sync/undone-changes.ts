import { ObservableV2 } from 'lib0/observable'
import * as Y from 'yjs'
import type { RefusalCode } from './close-reasons.ts'

/** What a document lost when the server refused it: kept on this device until its author deletes it or signs out. */
export type UndoneChange = {
  /** Of the copy that was lost. Pages of one device that shared it lose it once. */
  id: string
  document: string
  /** What a person calls the document, where it was known. */
  title: string | null
  /** Epoch milliseconds. */
  at: number
  code: RefusalCode
  message: string
  /** The whole document with the changes, as a Yjs update. */
  content: Uint8Array
}

const newest = 20
const mostBytes = 50 * 1024 * 1024

/** Adds to what is kept, newest first, the same copy only once, and drops the oldest beyond what a device should carry. The newest always stays. */
export function addUndone(kept: readonly UndoneChange[], change: UndoneChange): UndoneChange[] {
  const before = kept.find(({ id }) => id === change.id)
  const added = before ? { ...before, content: Y.mergeUpdates([before.content, change.content]) } : change
  const all = [added, ...kept.filter(({ id }) => id !== change.id)].sort((a, b) => b.at - a.at).slice(0, newest)
  let bytes = 0
  return all.filter(({ content }, index) => (bytes += content.byteLength) <= mostBytes || index === 0)
}

/** Where undone changes are kept; `change` is emitted also for what other pages of this device did. */
export abstract class UndoneChanges extends ObservableV2<{ change: () => void }> {
  /** Newest first. */
  abstract list(): Promise<UndoneChange[]>
  abstract count(): Promise<number>
  /** Answers with what was kept of the same copy before. Never rejects. */
  abstract keep(change: UndoneChange): Promise<UndoneChange | null>
  abstract delete(id: string): Promise<void>

  async find(id: string): Promise<UndoneChange | null> {
    return (await this.list()).find((each) => each.id === id) ?? null
  }
}

/** Until the page goes: for browsers that keep nothing, and tests. */
export class UndoneInMemory extends UndoneChanges {
  #kept: UndoneChange[] = []

  async list() {
    return this.#kept
  }

  async count() {
    return this.#kept.length
  }

  async keep(change: UndoneChange) {
    const before = this.#kept.find(({ id }) => id === change.id) ?? null
    this.#kept = addUndone(this.#kept, change)
    this.emit('change', [])
    return before
  }

  async delete(id: string) {
    this.#kept = this.#kept.filter((each) => each.id !== id)
    this.emit('change', [])
  }
}
