import { workerData } from 'node:worker_threads'
import { doJobs } from '../work-thread.ts'
import { insightJobs } from './insight-job.ts'

const { file } = workerData as { file: string }

doJobs(insightJobs(file))
