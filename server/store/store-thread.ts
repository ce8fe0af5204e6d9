import type { RunId } from '#lib/board/ids.ts'
import { ThreadClosed, workThread } from '../work-thread.ts'

/** `at`: epoch milliseconds. */
export type Chore = { kind: 'compact'; doc: string; at: number } | { kind: 'checkpoint' } | { kind: 'read snapshot'; doc: string } | { kind: 'read text'; doc: string; root: string } | { kind: 'read verdicts'; doc: string }
/** Of a chore that reads something. */
export type ChoreRead = StoredText | RunVerdict[] | SlicedSnapshot | null

/** A snapshot as updates that are applied in little time each, one after the other; the log goes on after `uptoSeq`. */
export type SlicedSnapshot = { uptoSeq: number; slices: Uint8Array[]; bytes: number }

/** Rich text as it is stored: as Markdown, and as its blocks (JSON, gzip), from which it can be put back whole. `hash`: SHA-256 of that JSON, hex. */
export type StoredText = { markdown: string; content: Uint8Array; hash: string }

/** What the newest review of a run says, of those that were not withdrawn. */
export type RunVerdict = { runId: RunId; verdict: 'approved' | 'changes' }

const idleMs = 10_000
/** What a chore throws away is collected by so much, and not by three times as much; what it needs may be as large as ever. */
const youngestMb = 8

export type StoreThread = {
  /** Does one chore after the other; rejects with what went wrong, and the next one goes on. */
  do(chore: Exclude<Chore, { kind: `read ${string}` }>): Promise<void>
  /** Reads the rich text under this root of a document, as everything that was acknowledged made it. */
  readText(doc: string, root: string): Promise<StoredText>
  /** Reads a document's snapshot, if it has one. */
  readSnapshot(doc: string): Promise<SlicedSnapshot | null>
  /** Reads what the reviews of a mission's document say of its runs. */
  readVerdicts(doc: string): Promise<RunVerdict[]>
  close(): Promise<void>
}

/**
 * What would hold up the event loop for longer than a few milliseconds: to replay a large document into its snapshot and write that,
 * or read its text, and to copy the write-ahead log into the database. It is done in a thread with a connection of its own, which comes with the work
 * and leaves when there has been none for a while.
 */
export function storeThread(file: string): StoreThread {
  const thread = workThread<Chore, ChoreRead>(new URL('./store-thread-main.ts', import.meta.url), { idleMs, workerData: { file }, resourceLimits: { maxYoungGenerationSizeMb: youngestMb } })
  return {
    async do(chore) {
      await thread.do(chore).catch((error: unknown) => {
        // It is done after the next start.
        if (!(error instanceof ThreadClosed)) throw error
      })
    },
    readText: (doc, root) => thread.do({ kind: 'read text', doc, root }) as Promise<StoredText>,
    readSnapshot: (doc) => thread.do({ kind: 'read snapshot', doc }) as Promise<SlicedSnapshot | null>,
    readVerdicts: (doc) => thread.do({ kind: 'read verdicts', doc }) as Promise<RunVerdict[]>,
    close: thread.close,
  }
}
