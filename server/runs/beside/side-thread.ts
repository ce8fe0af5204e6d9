import { workThread } from '../../work-thread.ts'
import type { JobInput, JobName, JobRequest, JobResult } from './side-jobs.ts'

/** A job that did not come to its end: the thread ran out of memory or time, or the job itself failed. */
export class SideJobFailed extends Error {}

const longestMs = 120_000
/** To start a thread and load what it needs takes longer than many a job: it stays for whoever asks next within this time. */
const idleMs = 60_000
/** A hostile file may take this much and no more; little room for young objects keeps a run's memory small. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 }

/**
 * A thread for the jobs that cannot be interrupted: parsing a PDF, drawing a chart, setting a PDF. An abort ends it at once; a hostile file can
 * exhaust this thread and nothing else. Rejects with the signal's reason, or with SideJobFailed.
 */
export function jobThread() {
  const thread = workThread<JobRequest, unknown>(new URL('./side-thread-main.ts', import.meta.url), { idleMs, longestMs, resourceLimits })
  return {
    async run<Name extends JobName>(signal: AbortSignal, name: Name, ...input: JobInput[Name]): Promise<JobResult[Name]> {
      try {
        return await thread.do({ name, input }, signal) as JobResult[Name]
      } catch (error) {
        signal.throwIfAborted()
        throw new SideJobFailed(error instanceof Error ? error.message : String(error))
      }
    },
    close: thread.rest,
  }
}

export type SideThread = {
  run<Name extends JobName>(name: Name, ...input: JobInput[Name]): Promise<JobResult[Name]>
  /** The next job starts it again. */
  close(): Promise<void>
}

/** The thread of a run. */
export function sideThread(signal: AbortSignal): SideThread {
  const { run, close } = jobThread()
  return { run: (name, ...input) => run(signal, name, ...input), close }
}
