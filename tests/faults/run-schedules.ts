import { useFaultySockets } from './faulty-socket.ts'
import { runSchedule, type Failure, type Outcome } from './run-schedule.ts'
import { drawSchedule, type FaultKind } from './schedule.ts'
import { unreliableServer } from './unreliable-server.ts'

export type Totals = ReturnType<typeof noTotals>
export type Failed = { seed: number; beside: number[]; failures: Failure[] }

export const noTotals = () => ({
  schedules: 0, kills: 0, stops: 0, fullDisks: 0, crashes: 0, dropped: 0, duplicated: 0, delayed: 0, reordered: 0,
  edits: 0, acknowledged: 0, lost: 0, divergences: 0, failed: 0,
})

export function add(totals: Totals, more: Partial<Totals>) {
  for (const [name, count] of Object.entries(more)) if (name in totals) totals[name as keyof Totals] += count
}

/** Runs the schedules of these seeds against one server, several at once; `tell` hears of each that ended. */
export async function runSchedules({ seeds, atOnce, without, tell = () => {} }: {
  seeds: readonly number[]
  atOnce: number
  without: ReadonlySet<FaultKind>
  tell?: (outcome: Outcome) => void
}): Promise<{ totals: Totals; failed: Failed[] }> {
  useFaultySockets()
  const unreliable = await unreliableServer()
  const totals = noTotals()
  const failed: Failed[] = []
  const left = [...seeds]
  const running = new Set<number>()

  async function work() {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      running.add(seed)
      const beside = [...running].filter((other) => other !== seed)
      const outcome = await runSchedule(drawSchedule(seed, without), unreliable)
      running.delete(seed)
      const diverged = outcome.failures.some(({ kind }) => kind === 'divergence' || kind === 'stuck')
      add(totals, { ...outcome as Partial<Totals>, schedules: 1, divergences: diverged ? 1 : 0, failed: outcome.failures.length > 0 ? 1 : 0 })
      if (outcome.failures.length > 0) failed.push({ seed, beside: [...new Set([...beside, ...running])], failures: outcome.failures })
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  add(totals, unreliable.counts)
  for (const what of unreliable.troubles) failed.push({ seed: seeds[0] ?? 0, beside: [], failures: [{ kind: 'broken', what }] })
  await unreliable.end()
  return { totals, failed }
}
