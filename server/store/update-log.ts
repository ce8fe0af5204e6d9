/** A document's state as stored: the snapshot, if any, then the updates after it, in order. */
export type StoredDocument = { snapshot: Uint8Array | null; updates: Uint8Array[]; lastSeq: number }

export type Append = {
  doc: string
  data: Uint8Array
  actor: string
  at: number
  /** Yjs client ids that this update is the first to use; they belong to `actor` from now on. */
  claims: readonly number[]
  /** The server's own: it does not wait for others of this turn, since it is sent to clients when the turn ends, and is never turned away. */
  atOnce?: boolean
}

export type LogSize = { rows: number; bytes: number; snapshotBytes: number }

/** What was to be read is not there to be read now: the disk fails, or what lies on it is damaged. */
export class Unreadable extends Error {}
/** What was to be written is not: the log is closed, or too much waits for a store that fails. */
export class NotStored extends Error {}

/**
 * What the gate stores. An implementation passes `update-log.contract.ts`.
 * Updates of one turn of the event loop share a commit, in the order of their calls. A commit that fails for the sake of the disk or
 * of another process is tried again until it succeeds; nothing is acknowledged before.
 */
export interface UpdateLog {
  /** Resolves when the update is on disk. Rejects with NotStored, and with whatever is wrong with this very update. */
  append(append: Append): Promise<void>
  /**
   * Everything appended before the call, or `null` for a document that was never written.
   * Rejects with Unreadable rather than give a part of it.
   * `after`: what came later than this `lastSeq`, for whoever has the rest, and `null` for nothing. Where that is in a snapshot by now it is all there is, and comes with the snapshot.
   */
  load(doc: string, after?: number): Promise<StoredDocument | null>
  /** The snapshot alone; what the log has after it is loaded by its `uptoSeq`. Rejects with Unreadable. */
  snapshot(doc: string): Promise<{ uptoSeq: number; data: Uint8Array } | null>
  /** Who owns these client ids: only claimed ones are in the answer. */
  owners(doc: string): Promise<Map<number, string>>
  size(doc: string): Promise<LogSize>
  /** Puts `state` in the place of all updates up to and with `uptoSeq`, in one transaction. */
  compact(doc: string, uptoSeq: number, state: Uint8Array, at: number): Promise<void>
  documents(): Promise<string[]>
  /** Resolves when everything appended to this document so far is on disk, or was given up. */
  stored(doc: string): Promise<void>
  /** Resolves when everything appended so far, to whatever document, is on disk or was given up: the store works. */
  settled(): Promise<void>
  /** How many updates are not on disk yet. */
  waiting(): number
  /** Writes no more: what waits is given up with NotStored. */
  close(): void
}
