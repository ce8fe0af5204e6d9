import { OfflineEngine } from '../engines/offline/offline-engine.ts'
import { workOnRuns } from './agent-worker.ts'

/** What the server tells its embedded worker, as its first message. */
export type ChildTask = { url: string; token: string; name: string; idleMs: number }
/** What the worker tells the server, for its log. */
export type ChildReport = { message: string; details: Record<string, unknown> }

const stop = new AbortController()
// The server is gone, or wants us to go.
process.once('disconnect', () => stop.abort())
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())

const task = await new Promise<ChildTask>((resolve) => process.once('message', (message) => resolve(message as ChildTask)))
await workOnRuns({
  ...task,
  engine: (claim) => new OfflineEngine(claim.watched ? {} : { pace: 0 }),
  signal: stop.signal,
  report: (message, details = {}) => process.send?.({ message, details } satisfies ChildReport),
})
process.exit(0)
