import { parentPort, workerData } from 'node:worker_threads'
import { OfflineEngine } from '../engines/offline/offline-engine.ts'
import { workOnRuns } from './agent-worker.ts'

export type ThreadData = { url: string; token: string; name: string; idleMs: number }

const stop = new AbortController()
parentPort?.once('message', () => stop.abort())
const { url, token, name, idleMs } = workerData as ThreadData
await workOnRuns({
  url, token, name, idleMs,
  engine: (claim) => new OfflineEngine(claim.watched ? {} : { pace: 0 }),
  signal: stop.signal,
  report: (message, details) => parentPort?.postMessage({ message, ...details }),
})
process.exit(0)
