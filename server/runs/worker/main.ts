import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { OfflineEngine } from '../engines/offline/offline-engine.ts'
import { workOnRuns } from './agent-worker.ts'

const usage = 'Usage: npm run worker -- --url http://localhost:3000 --token mis_…'

const { values } = parseArgs({ options: { url: { type: 'string' }, token: { type: 'string' }, name: { type: 'string' } } })
if (!values.url || !values.token || !URL.canParse(values.url)) {
  console.error(usage)
  process.exit(1)
}

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())

console.log(`Working for ${values.url}. Stop with Ctrl-C.`)
await workOnRuns({
  url: new URL(values.url).origin,
  token: values.token,
  name: values.name ?? `${hostname()} ${process.pid}`,
  engine: (claim) => new OfflineEngine(claim.watched ? {} : { pace: 0 }),
  signal: stop.signal,
  idleMs: null,
  report: (message, details) => console.log(message, details ? JSON.stringify(details) : ''),
})
process.exit(0)
