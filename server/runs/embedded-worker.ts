import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Log } from '../log.ts'
import type { ChildReport, ChildTask } from './worker/child.ts'

/** What rows say of runs that the embedded worker holds. */
export const embeddedWorkerName = 'embedded'

/** An idle worker gives its memory back; a new one is there within a second. */
const idleMs = 15_000
const restartMs = 5_000
const stopMs = 1_000

export type EmbeddedWorker = {
  /** The secret by which the embedded worker is known; it takes runs of every workspace, and lives as long as the process. */
  token: string
  /** Sees to it that somebody works on the queue. */
  wake(): void
  stop(): Promise<void>
}

/**
 * The agent worker that the server brings along, in a process of its own: reading a large PDF holds up nobody, and the
 * memory it took is free again when it leaves. In a thread the memory stayed with the server.
 */
export function createEmbeddedWorker(url: () => string, { concurrency, silentMs, env, log }: { concurrency: number; silentMs: number; env: Readonly<NodeJS.ProcessEnv>; log: Log }): EmbeddedWorker {
  const token = `embedded_${randomBytes(32).toString('base64url')}`
  let child: ChildProcess | null = null
  let stopped = false
  let wanted = false

  function wake() {
    if (stopped) return
    wanted = true
    if (child) return
    wanted = false
    const started = child = fork(new URL('./worker/child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env })
    let words = ''
    started.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk).slice(-4_000)
    })
    started.on('message', (report) => {
      const { message, details } = report as ChildReport
      log.info(details, message)
    })
    started.once('error', (error) => log.error({ err: error }, 'embedded worker did not start'))
    started.once('exit', (code, signal) => {
      child = null
      if (stopped) return
      if (code !== 0) {
        log.error({ code, signal, stderr: words }, 'embedded worker ended, starting another soon')
        setTimeout(wake, restartMs).unref()
      } else if (wanted) wake()
    })
    started.send({ url: url(), token, name: embeddedWorkerName, concurrency, idleMs, silentMs } satisfies ChildTask)
  }

  return {
    token,
    wake,
    async stop() {
      stopped = true
      const last = child
      if (!last) return
      const gone = new Promise((resolve) => last.once('exit', resolve))
      last.kill('SIGTERM')
      const timer = setTimeout(() => last.kill('SIGKILL'), stopMs)
      await gone
      clearTimeout(timer)
    },
  }
}
