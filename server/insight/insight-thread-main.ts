import { doJobs } from '../work-thread.ts'
import { insightJob } from './insight-job.ts'

doJobs(insightJob)
