import { workerData } from 'node:worker_threads'
import { runBehindOthers } from '../behind-others.ts'
import { doJobs } from '../work-thread.ts'
import { insightJobs } from './insight-job.ts'

const { file } = workerData as { file: string }

runBehindOthers()
doJobs(insightJobs(file))
