import { setTimeout as pause } from 'node:timers/promises'
import type { calls as Crowd } from './clients/crowd.ts'
import type { calls as Editors } from './clients/editors.ts'
import { player } from './clients/player.ts'
import { overRounds, median, percentile, type Figure } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, stock, type Target } from './peers/target.ts'
import { processorTime } from './process-cost.ts'

// How long until an edit is on the other screens, and what it costs the server: ours, which acknowledges what is on disk,
// against the stock server, which acknowledges what is in memory. They take turns, so that whatever else the machine
// does hits both. Server and clients are processes of their own.

const missions = 200
const editors = 5
/** A server that has run for a minute: before, both interpret half of what they do, and that is what would be measured. */
const warmUp = { edits: 3_000, perSecond: 300 }

type Load = {
  clients: number
  perSecond: number
  seconds: number
  /** Ours against stock, at most. */
  p50: number
  p99?: number
}
const loads: Load[] = [
  { clients: 20, perSecond: 50, seconds: 10, p50: 1.15 },
  { clients: 100, perSecond: 50, seconds: 10, p50: 1.15 },
  { clients: 100, perSecond: 200, seconds: 10, p50: 1.15, p99: 1.15 },
]

type Round = { propagation: number[]; acknowledged: number[]; missing: number; processorMsPerEdit: number }

const start: Record<'ours' | 'stock', () => Promise<Target>> = { ours: () => ours(), stock: () => stock() }

async function round(side: 'ours' | 'stock', { clients, perSecond, seconds }: Load, seed: number): Promise<Round> {
  const target = await start[side]()
  const active = player<typeof Editors>('./editors.ts')
  const crowd = player<typeof Crowd>('./crowd.ts')
  const door = { wsUrl: target.wsUrl, name: target.document, token: target.token }
  const edits = perSecond * seconds
  try {
    // A server sends to its clients in the order they came: some editors come first, the others last.
    await active.ask('connect', { ...door, count: 2 })
    await active.ask('fill', { missions, by: target.actor })
    await crowd.ask('connect', { ...door, count: clients - editors })
    await active.ask('connect', { ...door, count: editors - 2 })
    await active.ask('edit', { ...warmUp, seed: seed + 1_000 })
    await pause(3_000)
    const before = processorTime(target.pid)
    const { propagation, acknowledged, missing } = await active.ask('edit', { edits, perSecond, seed })
    return { propagation, acknowledged, missing, processorMsPerEdit: (processorTime(target.pid) - before) / edits }
  } finally {
    active.end()
    crowd.end()
    await target.end()
  }
}

export const propagation: Part = async ({ rounds, tell }) => {
  const figures: Figure[] = []
  for (const load of loads) {
    const what = `${load.clients} clients, ${load.perSecond} edits/s`
    const done = await inTurns({
      rounds, sides: ['ours', 'stock'] as const,
      measure: async (side, number) => {
        const one = await round(side, load, number)
        tell(`${what}, round ${number} of ${rounds}, ${side}: p50 ${median(one.propagation).toFixed(2)} ms, p99 ${percentile(one.propagation, 0.99).toFixed(2)} ms, ${one.processorMsPerEdit.toFixed(2)} ms CPU`)
        return one
      },
    })
    const both = (measured: string, value: (round: Round) => number) => (['ours', 'stock'] as const).map((side) =>
      overRounds(`${what}: ${measured}, ${side === 'ours' ? 'ours' : 'stock'}`, 'ms', done.map((pair) => value(pair[side]))))
    const against = (measured: string, value: (round: Round) => number, atMost?: number) =>
      overRounds(`${what}: ours against stock, ${measured}`, '×', done.map((pair) => value(pair.ours) / value(pair.stock)), { atMost })
    const p50 = (round: Round) => median(round.propagation)
    const p99 = (round: Round) => percentile(round.propagation, 0.99)
    figures.push(
      ...both('edit seen elsewhere, p50', p50),
      against('p50', p50, load.p50),
      ...both('edit seen elsewhere, p99', p99),
      against('p99', p99, load.p99),
      ...both('acknowledged, p50', (round) => median(round.acknowledged)),
      ...both('server CPU per edit', (round) => round.processorMsPerEdit),
      { name: `${what}: edits that did not arrive, ours`, unit: 'count', measured: done.reduce((sum, { ours }) => sum + ours.missing, 0), atMost: 0 },
    )
  }
  return figures
}
