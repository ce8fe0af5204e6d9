import { Worker } from 'node:worker_threads'
import type { RunId } from '#lib/board/ids.ts'

/** `at`: epoch milliseconds. */
export type Chore = { kind: 'compact'; doc: string; at: number } | { kind: 'checkpoint' } | { kind: 'read text'; doc: string; root: string } | { kind: 'read verdicts'; doc: string }
/** Text or verdicts, of a chore that reads them. */
export type ChoreRead = StoredText | RunVerdict[] | null
export type ChoreDone = { error: string } | { error: null; read: ChoreRead }

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
  let thread: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  let idle: NodeJS.Timeout | undefined

  const end = async () => {
    const ending = thread
    thread = null
    await ending?.terminate()
  }

  async function ask(chore: Chore): Promise<ChoreRead> {
    if (closed) return null
    clearTimeout(idle)
    thread ??= new Worker(new URL('./store-thread-main.ts', import.meta.url), { workerData: { file }, resourceLimits: { maxYoungGenerationSizeMb: youngestMb } })
    const asked = thread
    // While it works it keeps nobody from ending; what it was at is begun again at the next start.
    asked.unref()
    try {
      const done = await new Promise<ChoreDone>((resolve, reject) => {
        asked.removeAllListeners()
        asked.once('message', resolve)
        asked.once('error', reject)
        asked.once('exit', () => reject(new Error('the thread ended')))
        asked.postMessage(chore)
      })
      if (done.error !== null) throw new Error(done.error)
      return done.read
    } catch (error) {
      if (thread === asked) await end()
      throw error
    } finally {
      idle = setTimeout(() => void end(), idleMs)
      idle.unref()
    }
  }

  function inTurn(chore: Chore) {
    const done = last.then(() => ask(chore))
    last = done.catch(() => {})
    return done
  }

  return {
    do: async (chore) => void await inTurn(chore),
    async readText(doc, root) {
      const text = await inTurn({ kind: 'read text', doc, root })
      if (!text || Array.isArray(text)) throw new Error('the thread is closed')
      return text
    },
    async readVerdicts(doc) {
      const verdicts = await inTurn({ kind: 'read verdicts', doc })
      if (!Array.isArray(verdicts)) throw new Error('the thread is closed')
      return verdicts
    },
    async close() {
      closed = true
      clearTimeout(idle)
      await end()
    },
  }
}
