import type { calls as Writers } from './clients/writers.ts'
import { player } from './clients/player.ts'
import { overRounds, median, percentile } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, stock, type Target } from './peers/target.ts'
import { processorTime } from './process-cost.ts'

// What it costs the writer that an edit is on disk before it is acknowledged: from the edit to its own acknowledgement. Stock
// acknowledges what is in memory.

const writers = 10
const perSecond = 200
const seconds = 20

const sides = ['stock', 'process', 'power'] as const
type Side = typeof sides[number]
const start: Record<Side, () => Promise<Target>> = {
  stock: () => stock(),
  process: () => ours({ DURABILITY: 'process' }),
  power: () => ours({ DURABILITY: 'power' }),
}

async function round(side: Side, seed: number) {
  const target = await start[side]()
  const crew = player<typeof Writers>('./writers.ts')
  try {
    await crew.ask('join', { wsUrl: target.wsUrl, name: target.document, token: target.token, by: target.actor, count: writers })
    await crew.ask('write', { perSecond, seconds: 3, seed: seed + 1_000 })
    const before = processorTime(target.pid)
    const { acknowledged, missing } = await crew.ask('write', { perSecond, seconds, seed })
    const cpu = (processorTime(target.pid) - before) / (perSecond * seconds)
    return { p50: median(acknowledged), p99: percentile(acknowledged, 0.99), missing, cpu }
  } finally {
    crew.end()
    await target.end()
  }
}

export const durability: Part = async ({ rounds, tell }) => {
  const done = await inTurns({
    rounds, sides,
    measure: async (side, number) => {
      const one = await round(side, number)
      tell(`round ${number} of ${rounds}, ${side}: p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(2)} ms, ${one.cpu.toFixed(2)} ms CPU`)
      return one
    },
  })
  const names: Record<Side, string> = { stock: 'stock, in memory', process: 'ours, DURABILITY=process', power: 'ours, DURABILITY=power' }
  const each = (what: string, value: 'p50' | 'p99' | 'cpu') => sides.map((side) => overRounds(`${what}, ${names[side]}`, 'ms', done.map((all) => all[side][value])))
  const against = (side: Side, value: 'p50' | 'p99', atMost?: number) =>
    overRounds(`${names[side]}, against stock, ${value}`, '×', done.map((all) => all[side][value] / all.stock[value]), { atMost })
  return [
    ...each('acknowledged, p50', 'p50'),
    ...each('acknowledged, p99', 'p99'),
    against('process', 'p50'),
    against('process', 'p99', 1.5),
    against('power', 'p50'),
    against('power', 'p99', 3),
    ...each('server CPU per edit', 'cpu'),
    {
      name: 'edits never acknowledged, ours', unit: 'count', atMost: 0, note: `${writers} clients, ${perSecond} edits/s for ${seconds} s`,
      measured: done.reduce((sum, { process, power }) => sum + process.missing + power.missing, 0),
    },
  ]
}
