import { parentPort } from 'node:worker_threads'
import { runBehindOthers } from '../behind-others.ts'
import { insightJob, type InsightJob } from './insight-job.ts'
import type { InsightReply } from './insight-thread.ts'

runBehindOthers()

function answerTo(job: InsightJob): InsightReply {
  try {
    return { ok: true, value: insightJob(job) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (job: InsightJob) => parentPort?.postMessage(answerTo(job)))
