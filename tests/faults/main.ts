import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seedOf } from '../support/random.ts'
import type { Outcome } from './run-schedule.ts'
import { add, noTotals, runSchedules, type Failed, type Totals } from './run-schedules.ts'
import { drawSchedule, faultKinds, type FaultKind } from './schedule.ts'
import { canFillDisk } from './unreliable-server.ts'

const help = `npm run test:faults -- [options]

Schedules of faults, each drawn from a seed: messages dropped, repeated, delayed and reordered, networks cut, pages and servers that
die, full disks. After each everything heals; then all clients, one that comes late and the database have to hold the same, and
nothing that a client saw acknowledged may be missing.

  --count N       schedules (1000)
  --seed N        seed of the first one; the others follow. FAULT_SEED does the same
  --servers N     server processes, each with clients in a process of their own (2)
  --at-once N     schedules at once per server (6)
  --without LIST  faults to leave out, of: ${faultKinds.join(', ')}
  --show          print the schedule of the seed, and run nothing
  --kills N       instead: kill the server N times in mid-traffic (tests/sync/kill.test.ts)
  --runs N        instead: N runs over four workers that are killed, frozen and cut off; CHAOS_SEED=<seed> has one again (tests/sync/run-chaos.test.ts)

A failure prints its seed. To have it again: FAULT_SEED=<seed> npm run test:faults -- --count 1
Schedules on one server share its kills: where one alone does not fail again, --seed <first> --count 6 runs its neighbours too.`

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    servers: { type: 'string', default: '2' },
    'at-once': { type: 'string', default: '6' },
    without: { type: 'string', default: '' },
    kills: { type: 'string' },
    runs: { type: 'string' },
    show: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

type Report = { outcome: Outcome } | { totals: Totals; failed: Failed[] }
type Part = { seeds: number[]; atOnce: number; without: FaultKind[] }

const part = process.env.FAULT_PART
if (part) await runPart(JSON.parse(part) as Part)
else process.exit(await start())

async function runPart({ seeds, atOnce, without }: Part) {
  const report = (message: Report) => process.send?.(message)
  report(await runSchedules({ seeds, atOnce, without: new Set(without), tell: (outcome) => report({ outcome }) }))
  process.disconnect?.()
}

async function start(): Promise<number> {
  if (values.help) {
    console.log(help)
    return 0
  }
  if (values.kills) return suite('tests/sync/kill.test.ts', { KILLS: values.kills })
  if (values.runs) return suite('tests/sync/run-chaos.test.ts', { CHAOS_RUNS: values.runs })
  const [count, servers, atOnce] = [number('count'), number('servers'), number('at-once')]
  const first = values.seed ? number('seed') : seedOf('FAULT_SEED')
  const without = values.without.split(',').filter(Boolean) as FaultKind[]
  const unknown = without.find((kind) => !faultKinds.includes(kind))
  if (unknown) throw new Error(`There is no fault "${unknown}"; there are ${faultKinds.join(', ')}.`)
  if (values.show) {
    console.log(JSON.stringify(drawSchedule(first, new Set(without)), null, 1))
    return 0
  }
  if (!canFillDisk) console.log('SKIPPED: full disks, since there is no prlimit here')

  const from = Date.now()
  const seconds = () => Math.round((Date.now() - from) / 100) / 10
  const totals = noTotals()
  const failed: Failed[] = []
  let [done, broken] = [0, 0]
  const seeds = Array.from({ length: count }, (_, index) => first + index)
  console.log(`${count} schedules from seed ${first} on`)
  await Promise.all(Array.from({ length: Math.min(servers, count) }, async (_, place) => {
    const its: Part = { seeds: seeds.filter((_, index) => index % servers === place), atOnce, without }
    const child = fork(join(import.meta.dirname, 'main.ts'), { env: { ...process.env, FAULT_PART: JSON.stringify(its) } })
    let finished = false
    const under = new Set(its.seeds)
    child.on('message', (message) => {
      const report = message as Report
      if ('totals' in report) {
        finished = true
        add(totals, report.totals)
        failed.push(...report.failed)
        return
      }
      const { seed, failures } = report.outcome
      under.delete(seed)
      for (const { kind, what } of failures) console.log(`FAILED ${kind}: ${what}\n  FAULT_SEED=${seed} npm run test:faults -- --count 1${without.length > 0 ? ` --without ${without.join(',')}` : ''}`)
      if (++done % 25 === 0 || done === count) console.log(`${done} of ${count} schedules, ${seconds()} s`)
    })
    const [code, signal] = await once(child, 'exit') as [number | null, NodeJS.Signals | null]
    if (finished) return
    broken++
    console.log(`A process ended before its time (${signal ?? code}), at the seeds ${[...under].slice(0, 2 * atOnce).join(', ')} …`)
  }))
  for (const { seed, beside, failures } of failed) console.log(`seed ${seed}: ${[...new Set(failures.map(({ kind, what }) => kind === 'broken' ? what : kind))].join(', ')}; beside it ran ${beside.join(', ') || 'none'}`)
  console.log(`${Object.entries(totals).map(([name, amount]) => `${name} ${amount}`).join(', ')}, seconds ${seconds()}`)
  return failed.length > 0 || broken > 0 || done < count ? 1 : 0
}

function number(name: 'count' | 'seed' | 'servers' | 'at-once') {
  const value = Number(values[name])
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a number, not "${values[name]}".`)
  return value
}

/** A suite of `npm test` in its long form. */
async function suite(file: string, env: Record<string, string>): Promise<number> {
  const root = join(import.meta.dirname, '../..')
  const vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', file, '--disable-console-intercept'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(vitest, 'exit') as [number | null]
  return code ?? 1
}
