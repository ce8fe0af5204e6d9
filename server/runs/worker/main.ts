import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { readModelSilence, readOwnKey } from '../../config.ts'
import { workOnRuns } from './agent-worker.ts'
import { ourVersion } from './our-version.ts'

const usage = `Usage: npm run worker -- --url http://localhost:3000 --token mis_… [--name "Worker 1"] [--concurrency 4]

Where the server gives no key away, runs with a model use OPENAI_API_KEY (and OPENAI_BASE_URL) of this environment.`

const { values } = parseArgs({ options: { url: { type: 'string' }, token: { type: 'string' }, name: { type: 'string' }, concurrency: { type: 'string', default: '1' } } })
const concurrency = Number(values.concurrency)
if (!values.url || !values.token || !URL.canParse(values.url) || !Number.isInteger(concurrency) || concurrency < 1 || concurrency > 100) {
  console.error(usage)
  process.exit(1)
}

/** The first signal lets runs come to their end; the second gives them back at once. */
const [drain, stop] = [new AbortController(), new AbortController()]
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => (drain.signal.aborted ? stop : drain).abort())

console.log(`Working for ${values.url}, on up to ${concurrency} ${concurrency === 1 ? 'run' : 'runs'} at once. Stop with Ctrl-C.`)
await workOnRuns({
  url: new URL(values.url).origin,
  token: values.token,
  name: values.name ?? `${hostname()} ${process.pid}`,
  version: ourVersion,
  concurrency,
  ownKey: readOwnKey(process.env),
  silentMs: readModelSilence(process.env) * 1_000,
  drain: drain.signal,
  drainMs: 30_000,
  stop: stop.signal,
  idleMs: null,
  report: (message, details) => console.log(message, details ? JSON.stringify(details) : ''),
})
console.log('Stopped.')
process.exit(0)
