import { Worker } from 'node:worker_threads'
import type { JobInput, JobName, JobReply, JobResult } from './side-jobs.ts'

/** A job that did not come to its end: the thread ran out of memory or time, or the job itself failed. */
export class SideJobFailed extends Error {}

const longestJob = 120_000
/** A hostile file may take this much and no more; little room for young objects keeps a run's memory small. */
const heap = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 }

export interface SideThread {
  run<Name extends JobName>(name: Name, ...input: JobInput[Name]): Promise<JobResult[Name]>
  close(): Promise<void>
}

/**
 * A thread for the jobs that cannot be interrupted: parsing a PDF, drawing a chart, setting a PDF. An abort ends the thread, and so
 * the job, at once, whatever it is at; a hostile file can exhaust this thread and nothing else. It starts with its first job, and
 * again after a failure. Rejects with the signal's reason, or with SideJobFailed.
 */
export function sideThread(signal: AbortSignal): SideThread {
  let worker: Worker | null = null
  let fail: ((reason: unknown) => void) | null = null
  let next = 0

  const end = async () => {
    const ended = worker
    worker = null
    await ended?.terminate()
  }
  const start = () => {
    const started = new Worker(new URL('./side-thread-main.ts', import.meta.url), { resourceLimits: heap })
    const lost = (error: Error) => {
      if (worker !== started) return
      worker = null
      fail?.(new SideJobFailed(error.message))
    }
    started.on('error', lost)
    started.on('exit', () => lost(new Error('its thread ended')))
    return started
  }
  return {
    async run<Name extends JobName>(name: Name, ...input: JobInput[Name]): Promise<JobResult[Name]> {
      signal.throwIfAborted()
      const thread = (worker ??= start())
      const id = (next += 1)
      return await new Promise<JobResult[Name]>((resolve, reject) => {
        const settle = () => {
          clearTimeout(timer)
          thread.off('message', answer)
          signal.removeEventListener('abort', abort)
          fail = null
        }
        const answer = (reply: JobReply) => {
          if (reply.id !== id) return
          settle()
          if (reply.ok) resolve(reply.value as JobResult[Name])
          else reject(new SideJobFailed(reply.message))
        }
        fail = (reason) => {
          settle()
          reject(reason)
        }
        const stop = (reason: unknown) => {
          fail?.(reason)
          void end()
        }
        const abort = () => stop(signal.reason)
        const timer = setTimeout(() => stop(new SideJobFailed('it took too long')), longestJob)
        signal.addEventListener('abort', abort, { once: true })
        thread.on('message', answer)
        thread.postMessage({ id, name, input })
      })
    },
    close: end,
  }
}
