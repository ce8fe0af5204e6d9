import { parentPort, Worker, type ResourceLimits } from 'node:worker_threads'

type Answer<Result> = { error: string } | { error: null; result: Result }

export class ThreadClosed extends Error {}

type WorkThread<Job, Result> = {
  /**
   * Does one job after the other; rejects with what went wrong, and the next one goes on. With ThreadClosed once it is closed. An abort
   * ends the thread, and so the job, at once, whatever it is at, and rejects with its reason.
   */
  do(job: Job, signal?: AbortSignal): Promise<Result>
  /** Gives back what the thread took, until the next job. */
  rest(): Promise<void>
  close(): Promise<void>
}

/**
 * What would hold up the event loop is done in a thread, which comes with the work and leaves when there has been none for `idleMs`. It starts again
 * after a failure, and after a job that takes longer than `longestMs`. `main`: its file, which calls `doJobs`.
 */
export function workThread<Job, Result>(main: URL, { idleMs, longestMs = null, ...options }: {
  idleMs: number; longestMs?: number | null; workerData?: unknown; resourceLimits?: ResourceLimits
}): WorkThread<Job, Result> {
  let thread: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  let closed = false
  let idle: NodeJS.Timeout | undefined

  const end = async () => {
    const ending = thread
    thread = null
    await ending?.terminate()
  }

  async function ask(job: Job, signal?: AbortSignal): Promise<Result> {
    if (closed) throw new ThreadClosed('the thread is closed')
    signal?.throwIfAborted()
    clearTimeout(idle)
    thread ??= new Worker(main, options)
    const asked = thread
    // While it works it keeps nobody from ending; what it was at is begun again at the next start.
    asked.unref()
    let late: NodeJS.Timeout | undefined
    let onAbort = () => {}
    try {
      const answer = await new Promise<Answer<Result>>((resolve, reject) => {
        asked.removeAllListeners()
        asked.once('message', resolve)
        asked.once('error', reject)
        asked.once('exit', () => reject(new Error('the thread ended')))
        if (longestMs !== null) late = setTimeout(() => reject(new Error(`not done within ${longestMs / 1000} s`)), longestMs).unref()
        onAbort = () => reject(signal?.reason)
        signal?.addEventListener('abort', onAbort, { once: true })
        asked.postMessage(job)
      })
      if (answer.error !== null) throw new Error(answer.error)
      return answer.result
    } catch (error) {
      if (thread === asked) await end()
      throw error
    } finally {
      clearTimeout(late)
      signal?.removeEventListener('abort', onAbort)
      idle = setTimeout(() => void end(), idleMs)
      idle.unref()
    }
  }

  return {
    do(job, signal) {
      const done = last.then(() => ask(job, signal))
      last = done.catch(() => {})
      return done
    },
    async rest() {
      clearTimeout(idle)
      await end()
    },
    async close() {
      closed = true
      clearTimeout(idle)
      await end()
    },
  }
}

/** The thread's side: answers each job. */
export function doJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>) {
  const answerTo = async (job: Job): Promise<Answer<Result>> => {
    try {
      return { error: null, result: await work(job) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }
  parentPort?.on('message', (job: Job) => void answerTo(job).then((answer) => parentPort?.postMessage(answer)))
}
