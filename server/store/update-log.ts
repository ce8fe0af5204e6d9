/** A document's state as stored: the snapshot, if any, then the updates after it, in order. */
export type StoredDocument = { snapshot: Uint8Array | null; updates: Uint8Array[]; lastSeq: number }

export type Append = {
  doc: string
  data: Uint8Array
  actor: string
  at: number
  /** Yjs client ids that this update is the first to use; they belong to `actor` from now on. */
  claims: readonly number[]
  /** Does not wait for others of this turn: what the server itself wrote is sent to clients when the turn ends. */
  atOnce?: boolean
}

export type LogSize = { rows: number; bytes: number; snapshotBytes: number }

/**
 * What the gate stores. An implementation passes `update-log.contract.ts`.
 * `append` resolves when the update is on disk; updates of one tick share a commit, in the order of their calls.
 */
export interface UpdateLog {
  append(append: Append): Promise<void>
  /** Everything appended before the call, or `null` for a document that was never written. */
  load(doc: string): Promise<StoredDocument | null>
  /** Who owns these client ids: only claimed ones are in the answer. */
  owners(doc: string): Promise<Map<number, string>>
  size(doc: string): Promise<LogSize>
  /** Puts `state` in the place of all updates up to and with `uptoSeq`, in one transaction. */
  compact(doc: string, uptoSeq: number, state: Uint8Array, at: number): Promise<void>
  documents(): Promise<string[]>
}
