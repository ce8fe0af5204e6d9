import { workOnRuns } from './agent-worker.ts'
import { ourVersion } from './our-version.ts'

/** What the server tells its embedded worker, as its first message. */
export type ChildTask = { url: string; token: string; name: string; concurrency: number; idleMs: number; silentMs: number }
/** What the worker tells the server, for its log. */
export type ChildReport = { message: string; details: Record<string, unknown> }

const drain = new AbortController()
// The server is gone, or wants us to go.
process.once('disconnect', () => drain.abort())
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => drain.abort())

const task = await new Promise<ChildTask>((resolve) => process.once('message', (message) => resolve(message as ChildTask)))
await workOnRuns({
  ...task,
  version: ourVersion,
  ownKey: { apiKey: null, baseUrl: null },
  drain: drain.signal,
  // The server goes within seconds, and its runs with it: the next start takes them up.
  drainMs: 0,
  report: (message, details = {}) => process.send?.({ message, details } satisfies ChildReport),
})
process.exit(0)
