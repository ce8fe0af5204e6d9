import { setTimeout as pause } from 'node:timers/promises'
import { author, visit, type Door } from './clients/author.ts'
import { overRounds, type Figure } from './figures.ts'
import { faults } from './faults/faults.ts'
import { inTurns, type Part } from './part.ts'
import { ours, stock, type Target } from './peers/target.ts'

// What becomes of edits while the store fails: somebody writes all the time, somebody writes and leaves, and a visitor comes and
// goes. After the repair the one who left comes again with what is on their device. Then the process dies, as at a power cut,
// and what is on disk is compared with what anybody saw acknowledged. Stock has the same faults at its own file.

const shortSeconds = 15
const longSeconds = 60
const writeEveryMs = 250
/** Stock stores this long after an edit; it gets the time before it is killed. */
const debounceMs = 2_000
const recoverWithinMs = 30_000

type Kind = keyof typeof faults
type Side = 'ours' | 'stock'
const start: Record<Side, () => Promise<Target>> = { ours: () => ours({ WORKER: 'off' }), stock: () => stock() }

type Outage = { lost: number; acknowledgedMeanwhile: number; recoveredMs: number; visits: number; shown: number }
type Ending = { exitMs: number; code: number | null; lost: number }

const missing = (names: string[], seen: Set<string> | null) => names.filter((name) => !seen?.has(name)).length

/** `begin` a fault, let `meanwhile` happen, and repair it, whatever happens. */
async function withFault<T>(kind: Kind, target: Target, meanwhile: (repair: () => Promise<void>) => Promise<T>): Promise<T> {
  const repair = await faults[kind](target)
  try {
    return await meanwhile(repair)
  } finally {
    await repair()
  }
}

async function outage(kind: Kind, side: Side, seconds: number): Promise<Outage> {
  const target = await start[side]()
  const door: Door = target
  const [stays, leaves] = [author(door, 'stays'), author(door, 'leaves')]
  try {
    for (const one of [stays, leaves]) {
      await one.come()
      for (let number = 0; number < 20; number += 1) one.write()
      await one.settled(10_000)
    }
    await pause(debounceMs + 1_000)
    let visits = 0
    let shown = 0
    const { before, recoveredMs } = await withFault(kind, target, async (repair) => {
      const end = Date.now() + seconds * 1000
      const before = stays.acknowledged().length + leaves.acknowledged().length
      const visitor = async () => {
        while (Date.now() < end) {
          visits += 1
          if (await visit(door, 1_500)) shown += 1
          await pause(1_000)
        }
      }
      const writing = async () => {
        for (let number = 0; Date.now() < end; number += 1) {
          stays.write()
          if (Date.now() < end - (seconds * 1000) / 2) leaves.write()
          else leaves.leave()
          await pause(writeEveryMs)
        }
      }
      await Promise.all([visitor(), writing()])
      await repair()
      const repaired = performance.now()
      const recovered = Promise.all([
        stays.settled(recoverWithinMs),
        leaves.come().then(() => leaves.settled(recoverWithinMs)),
      ]).then(async () => {
        const everything = [...stays.made(), ...leaves.made()]
        while (missing(everything, await visit(door, 5_000)) > 0) if (performance.now() - repaired > recoverWithinMs) throw new Error('A visitor does not see everything')
      })
      return { before, recoveredMs: await recovered.then(() => performance.now() - repaired, () => Infinity) }
    })
    const acknowledged = [...stays.acknowledged(), ...leaves.acknowledged()]
    stays.leave()
    leaves.leave()
    await pause(debounceMs + 1_000)
    await target.kill()
    await target.restart()
    return { lost: missing(acknowledged, await visit(door, 10_000)), acknowledgedMeanwhile: acknowledged.length - before, recoveredMs, visits, shown }
  } finally {
    stays.leave()
    leaves.leave()
    await target.end()
  }
}

/** An operator ends the server while its store fails. */
async function ending(kind: Kind, side: Side): Promise<Ending> {
  const target = await start[side]()
  const door: Door = target
  const writer = author(door, 'writes')
  try {
    await writer.come()
    for (let number = 0; number < 20; number += 1) writer.write()
    await writer.settled(10_000)
    await pause(debounceMs + 1_000)
    const { exitMs, code } = await withFault(kind, target, async () => {
      for (let number = 0; number < 8; number += 1) {
        writer.write()
        await pause(writeEveryMs)
      }
      const asked = performance.now()
      const timer = setTimeout(() => void target.kill(), 15_000)
      const code = await target.stop()
      clearTimeout(timer)
      return { exitMs: performance.now() - asked, code }
    })
    const acknowledged = writer.acknowledged()
    writer.leave()
    await target.restart()
    return { exitMs, code, lost: missing(acknowledged, await visit(door, 10_000)) }
  } finally {
    writer.leave()
    await target.end()
  }
}

export const failingStore: Part = async ({ rounds, long, tell }) => {
  const seconds = long ? longSeconds : shortSeconds
  const figures: Figure[] = []
  const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
  const names: Record<Kind, string> = { locked: 'database locked', full: 'disk full' }
  for (const kind of Object.keys(faults) as Kind[]) {
    const done = await inTurns({
      rounds, sides: ['ours', 'stock'] as const,
      measure: async (side, number) => {
        const one = { outage: await outage(kind, side, seconds), ending: await ending(kind, side) }
        const { outage: { lost, recoveredMs, acknowledgedMeanwhile, visits, shown } } = one
        tell(`${names[kind]} for ${seconds} s, round ${number} of ${rounds}, ${side}: ${lost} lost, ${acknowledgedMeanwhile} acknowledged meanwhile, ` +
          `recovered ${(recoveredMs / 1000).toFixed(2)} s after; ${shown} of ${visits} visits shown; SIGTERM: ${one.ending.code} after ${(one.ending.exitMs / 1000).toFixed(1)} s, ${one.ending.lost} lost`)
        return one
      },
    })
    const what = `${names[kind]} for ${seconds} s`
    const ofOurs = <T>(value: (round: { outage: Outage; ending: Ending }) => T) => done.map(({ ours }) => value(ours))
    const ofStock = <T>(value: (round: { outage: Outage; ending: Ending }) => T) => done.map(({ stock }) => value(stock))
    figures.push(
      { name: `${what}: acknowledged edits lost, ours`, unit: 'count', measured: total(ofOurs(({ outage }) => outage.lost)), atMost: 0, note: `${total(ofOurs(({ outage }) => outage.acknowledgedMeanwhile))} acknowledged in that time and after` },
      { name: `${what}: acknowledged edits lost, stock`, unit: 'count', measured: total(ofStock(({ outage }) => outage.lost)) },
      overRounds(`${what}: from repair to all acknowledged, ours`, 's', ofOurs(({ outage }) => outage.recoveredMs / 1000), { atMost: 2 }),
      overRounds(`${what}: from repair to all acknowledged, stock`, 's', ofStock(({ outage }) => outage.recoveredMs / 1000), { note: 'in memory' }),
      overRounds(`${what}: visits that saw the board, ours`, '%', ofOurs(({ outage }) => (outage.shown / outage.visits) * 100)),
      overRounds(`${names[kind]}: SIGTERM to exit, ours`, 's', ofOurs(({ ending }) => ending.exitMs / 1000), { atMost: 5 }),
      { name: `${names[kind]}: exits that say all is well, ours`, unit: 'count', measured: ofOurs(({ ending }) => ending.code).filter((code) => code === 0).length, atMost: 0 },
      { name: `${names[kind]}: acknowledged edits lost by SIGTERM, ours`, unit: 'count', measured: total(ofOurs(({ ending }) => ending.lost)), atMost: 0 },
      { name: `${names[kind]}: acknowledged edits lost by SIGTERM, stock`, unit: 'count', measured: total(ofStock(({ ending }) => ending.lost)) },
    )
  }
  return figures
}
