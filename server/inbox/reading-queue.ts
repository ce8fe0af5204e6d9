import type { Log } from '../log.ts'

/** Edits come in bursts: what is typed is read when it pauses, at the latest after so many of these. */
const soonMs = 250
/** Reading may take so much of the time at most: a long text that is being typed is read less often. */
const shareOfTime = 10
const dearMs = soonMs / shareOfTime

/** What is to be read, one after the other: soon, once however often it changed until then, and the dearer it was the last time, the later. */
export function createReadingQueue(log: Log) {
  let work: Promise<void> = Promise.resolve()
  const due = new Map<string, { timer: NodeJS.Timeout; run: () => Promise<void> }>()
  const costs = new Map<string, number>()
  let stopped = false

  const enqueue = (task: () => Promise<void>) => {
    work = work.then(task).catch((error: unknown) => log.error({ err: error }, 'inboxes not brought up to date'))
    return work
  }

  return {
    enqueue,

    schedule(key: string, read: () => Promise<void>, soon = soonMs) {
      if (stopped || due.has(key)) return
      const run = () => {
        due.delete(key)
        return enqueue(async () => {
          const began = performance.now()
          await read()
          const cost = performance.now() - began
          if (cost > dearMs) costs.set(key, cost)
          else costs.delete(key)
        })
      }
      due.set(key, { timer: setTimeout(() => void run(), Math.max(soon, (costs.get(key) ?? 0) * shareOfTime)), run })
    },

    /** Resolves when everything that is due has been read. */
    async settled() {
      for (let last; due.size > 0 || last !== work;) {
        for (const { timer, run } of [...due.values()]) {
          clearTimeout(timer)
          void run()
        }
        await (last = work)
      }
    },

    isStopped: () => stopped,

    /** Takes nothing more. */
    stop() {
      stopped = true
    },
  }
}
