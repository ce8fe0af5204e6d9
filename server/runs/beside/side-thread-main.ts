import { parentPort } from 'node:worker_threads'
import { sideJobs, type JobReply, type JobRequest } from './side-jobs.ts'

parentPort?.on('message', ({ id, name, input }: JobRequest) => {
  const job = sideJobs[name] as (...input: unknown[]) => Promise<unknown>
  const reply = (message: JobReply) => parentPort?.postMessage(message)
  job(...input).then(
    (value) => reply({ id, ok: true, value }),
    (error: unknown) => reply({ id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})
