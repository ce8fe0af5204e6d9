import { doJobs } from '../../work-thread.ts'
import { sideJobs, type JobRequest } from './side-jobs.ts'

doJobs(({ name, input }: JobRequest) => (sideJobs[name] as (...input: unknown[]) => Promise<unknown>)(...input))
