import { Worker } from 'node:worker_threads'

/** `at`: epoch milliseconds. */
export type Chore = { kind: 'compact'; doc: string; at: number } | { kind: 'checkpoint' }
export type ChoreDone = { error: string | null }

const idleMs = 10_000

export type StoreThread = {
  /** Does one chore after the other; rejects with what went wrong, and the next one goes on. */
  do(chore: Chore): Promise<void>
  close(): Promise<void>
}

/**
 * What would hold up the event loop for longer than a few milliseconds: to replay a large document into its snapshot and write that,
 * and to copy the write-ahead log into the database. It is done in a thread with a connection of its own, which comes with the work
 * and leaves when there has been none for a while.
 */
export function storeThread(file: string): StoreThread {
  let thread: Worker | null = null
  let last: Promise<void> = Promise.resolve()
  let closed = false
  let idle: NodeJS.Timeout | undefined

  const end = async () => {
    const ending = thread
    thread = null
    await ending?.terminate()
  }

  async function ask(chore: Chore) {
    if (closed) return
    clearTimeout(idle)
    thread ??= new Worker(new URL('./store-thread-main.ts', import.meta.url), { workerData: { file } })
    const asked = thread
    // While it works it keeps nobody from ending; what it was at is begun again at the next start.
    asked.unref()
    try {
      const { error } = await new Promise<ChoreDone>((resolve, reject) => {
        asked.removeAllListeners()
        asked.once('message', resolve)
        asked.once('error', reject)
        asked.once('exit', () => reject(new Error('the thread ended')))
        asked.postMessage(chore)
      })
      if (error !== null) throw new Error(error)
    } catch (error) {
      if (thread === asked) await end()
      throw error
    } finally {
      idle = setTimeout(() => void end(), idleMs)
      idle.unref()
    }
  }

  return {
    do(chore) {
      const done = last.then(() => ask(chore))
      last = done.catch(() => {})
      return done
    },
    async close() {
      closed = true
      clearTimeout(idle)
      await end()
    },
  }
}
