import type { calls as Audience } from './clients/audience.ts'
import { player } from './clients/player.ts'
import { median, overRounds, percentile, type Figure } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, stock, withMission, type Target } from './peers/target.ts'
import { peakDuring } from './process-cost.ts'

// One reader stops reading (a laptop that sleeps, a network that is gone) while 200 MB go to everybody. What the server keeps for
// it is the difference to the same broadcast without it; the others should not notice.

const letters = 64_000
const megabytes = 200
const perSecond = 80
const updates = Math.round((megabytes * 1e6) / letters)
const writers = 4
const readers = 10

const sides = ['ours, all read', 'ours, one stalled', 'stock, all read', 'stock, one stalled'] as const
type Side = typeof sides[number]

async function round(side: Side) {
  const isOurs = side.startsWith('ours')
  const withStalled = side.endsWith('stalled')
  const target: Target = isOurs ? await ours({ WORKER: 'off' }) : await stock()
  const audience = player<typeof Audience>('./audience.ts')
  try {
    const door = { wsUrl: target.wsUrl, name: isOurs ? await withMission(target) : 'mission/measured', token: target.token }
    await audience.ask('join', { door, writers, readers, withStalled })
    await audience.ask('broadcast', { updates: 160, letters, perSecond })
    const { before, peak, result } = await peakDuring(target.pid, () => audience.ask('broadcast', { updates, letters, perSecond }))
    const again = withStalled ? await audience.ask('readAgain', { door }) : null
    return { before, peak, p50: median(result.propagation), p99: percentile(result.propagation, 0.99), missing: result.missing + result.unacknowledged, seconds: result.seconds, again }
  } finally {
    audience.end()
    await target.end()
  }
}

export const stalledReader: Part = async ({ rounds, tell }) => {
  const done = await inTurns({
    rounds, sides,
    measure: async (side, number) => {
      const one = await round(side)
      const back = one.again ? `; back in step after ${(one.again.ms / 1000).toFixed(2)} s, ${one.again.same ? 'the same' : 'NOT the same'}${one.again.sentAway === null ? '' : `, was sent away (${one.again.sentAway})`}` : ''
      tell(`round ${number} of ${rounds}, ${side}: ${one.before.toFixed(0)} MB, at most ${one.peak.toFixed(0)} MB; p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(2)} ms in ${one.seconds.toFixed(0)} s${back}`)
      return one
    },
  })
  const note = `${megabytes} MB to ${readers} readers, ${letters / 1000} kB at a time`
  const pair = (who: 'ours' | 'stock'): Figure[] => {
    const [read, stalled] = [`${who}, all read`, `${who}, one stalled`] as const
    const target = <T>(value: T) => who === 'ours' ? value : undefined
    return [
      overRounds(`most memory, ${read}`, 'MB', done.map((all) => all[read].peak), { note }),
      overRounds(`most memory, ${stalled}`, 'MB', done.map((all) => all[stalled].peak)),
      overRounds(`kept for the stalled one, ${who}`, 'MB', done.map((all) => all[stalled].peak - all[read].peak), { atMost: target(16) }),
      overRounds(`seen by the others, p99, ${read}`, 'ms', done.map((all) => all[read].p99)),
      overRounds(`seen by the others, p99, ${stalled}`, 'ms', done.map((all) => all[stalled].p99)),
      overRounds(`the others' p99 against all read, ${who}`, '×', done.map((all) => all[stalled].p99 / all[read].p99), { atMost: target(1.2) }),
      { name: `rounds in which the stalled one came to another state, ${who}`, unit: 'count', measured: done.filter((all) => all[stalled].again?.same !== true).length, atMost: target(0) },
      { name: `texts that did not arrive or were not acknowledged, ${who}`, unit: 'count', measured: done.reduce((sum, all) => sum + all[read].missing + all[stalled].missing, 0), atMost: target(0) },
    ]
  }
  return [...pair('ours'), ...pair('stock')]
}
