import { randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Log } from '../log.ts'
import type { ThreadData } from './worker/thread.ts'

/** What rows say of runs that the embedded worker holds. */
export const embeddedWorkerName = 'embedded'

/** An idle worker gives its memory back; a new one is there within a second. */
const idleMs = 30_000
const restartMs = 5_000

export type EmbeddedWorker = {
  /** The secret by which the embedded worker is known; it takes runs of every workspace, and lives as long as the process. */
  token: string
  /** Sees to it that somebody works on the queue. */
  wake(): void
  stop(): Promise<void>
}

/** The agent worker inside the server's process, in a thread of its own, so that reading a large PDF holds up nobody. */
export function createEmbeddedWorker(url: () => string, log: Log): EmbeddedWorker {
  const token = `embedded_${randomBytes(32).toString('base64url')}`
  let thread: Worker | null = null
  let stopped = false
  let wanted = false

  function wake() {
    if (stopped) return
    wanted = true
    if (thread) return
    wanted = false
    const workerData: ThreadData = { url: url(), token, name: embeddedWorkerName, idleMs }
    const started = thread = new Worker(new URL('./worker/thread.ts', import.meta.url), { workerData })
    started.on('message', ({ message, ...details }: { message: string }) => log.info(details, message))
    let failed = false
    started.on('error', (error) => {
      failed = true
      log.error({ err: error }, 'embedded worker failed, starting another soon')
    })
    started.on('exit', () => {
      thread = null
      if (failed) setTimeout(wake, restartMs).unref()
      // Work may have come while it was leaving.
      else if (wanted) wake()
    })
  }

  return {
    token,
    wake,
    async stop() {
      stopped = true
      const last = thread
      if (!last) return
      const gone = new Promise((resolve) => last.once('exit', resolve))
      last.postMessage('stop')
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 1_000))])
      await last.terminate()
    },
  }
}
