import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BehindPage, Insight } from '#lib/insight/insight.ts'
import type { InsightJob } from './insight-job.ts'

export type InsightReply = { ok: true; value: Insight | BehindPage } | { ok: false; message: string }

/** Whoever looks at figures looks at several: the thread is kept for so long. */
const idleMs = 60_000
const longestMs = 120_000

/** Where figures are counted, one job after the other. It starts with the first, and again after a failure. */
export function insightThread() {
  let thread: Worker | null = null
  let idle: NodeJS.Timeout | undefined

  function end() {
    void thread?.terminate()
    thread = null
  }

  return {
    async run(job: InsightJob): Promise<Insight | BehindPage> {
      clearTimeout(idle)
      if (!thread) {
        thread = new Worker(new URL('./insight-thread-main.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } })
        thread.unref()
      }
      const worker = thread
      const gone = new AbortController()
      const lost = () => gone.abort(new Error('The thread that counts ended.'))
      worker.once('exit', lost)
      try {
        worker.postMessage(job)
        const [reply] = await once(worker, 'message', { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(longestMs)]) }) as [InsightReply]
        if (!reply.ok) throw new Error(reply.message)
        return reply.value
      } catch (error) {
        end()
        throw error
      } finally {
        worker.off('exit', lost)
        idle = setTimeout(end, idleMs)
        idle.unref()
      }
    },
  }
}
