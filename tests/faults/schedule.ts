import { randomFrom, type Random } from '../support/random.ts'
import type { Weather } from './network.ts'

/** Faults that can be left out by name. */
export const faultKinds = [
  'drop', 'duplicate', 'delay', 'reorder', 'cut', 'half-open', 'reset', 'offline', 'crash', 'kill', 'stop', 'full-disk',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** What happens at a step; `who` is the place of a participant. */
export type Event =
  | { kind: 'edits'; who: number; count: number }
  | { kind: 'pause'; ms: number }
  /** Until what this one wrote is acknowledged, if that can be soon. */
  | { kind: 'breath'; who: number }
  | { kind: 'weather'; who: number; weather: Weather }
  | { kind: 'cut'; who: number }
  | { kind: 'mend'; who: number; how: 'resumes' | 'resets' }
  | { kind: 'half-open'; who: number; unaware: 'server' | 'client' }
  | { kind: 'reset'; who: number }
  | { kind: 'offline'; who: number; documents: number }
  | { kind: 'online'; who: number }
  | { kind: 'crash'; who: number }
  | { kind: 'new page'; who: number }
  | { kind: 'kill' }
  | { kind: 'stop' }
  | { kind: 'full disk'; ms: number; entirely: boolean }

export type Schedule = { seed: number; participants: number; events: Event[]; /** Who learns from the system that the network is back. */ told: boolean[] }

/** The same schedule for the same seed and the same faults. */
export function drawSchedule(seed: number, without: ReadonlySet<FaultKind> = new Set()): Schedule {
  const random = randomFrom(seed)
  const participants = 2 + random.below(3)
  const steps = 30 + random.below(60)
  const due: Event[][] = Array.from({ length: steps }, () => [])
  const later = (step: number, event: Event) => due[Math.min(step, steps - 1)]?.push(event)

  for (let who = 0; who < participants; who++) {
    if (random.chance(0.7)) later(0, { kind: 'weather', who, weather: drawWeather(random, without) })
  }
  for (let step = 0; step < steps; step++) {
    const who = random.below(participants)
    later(step, { kind: 'edits', who, count: 1 + random.below(4) })
    if (random.chance(0.3)) later(step, { kind: 'pause', ms: random.below(12) })
    else if (random.chance(0.4)) later(step, { kind: 'breath', who })
    if (!random.chance(0.2)) continue
    const end = step + 2 + random.below(15)
    const faults: Record<string, () => void> = {
      weather: () => {
        later(step, { kind: 'weather', who, weather: drawWeather(random, without) })
        later(end, { kind: 'weather', who, weather: { drop: 0, duplicate: 0, delay: 0, reorder: 0 } })
      },
      cut: () => {
        later(step, { kind: 'cut', who })
        later(end, { kind: 'mend', who, how: random.chance(0.5) ? 'resumes' : 'resets' })
      },
      'half-open': () => {
        later(step, { kind: 'half-open', who, unaware: random.pick(['server', 'client']) })
        later(end, { kind: 'mend', who, how: 'resets' })
      },
      reset: () => later(step, { kind: 'reset', who }),
      offline: () => {
        later(step, { kind: 'offline', who, documents: random.chance(0.2) ? 5 + random.below(25) : 0 })
        later(end, { kind: 'online', who })
      },
      crash: () => {
        later(step, { kind: 'crash', who })
        later(end, { kind: 'new page', who })
      },
    }
    for (const kind of Object.keys(faults)) if (without.has(kind as FaultKind)) delete faults[kind]
    const kinds = Object.keys(faults)
    if (kinds.length > 0) faults[random.chance(0.4) && 'weather' in faults ? 'weather' : random.pick(kinds)]?.()
  }

  // At most one of each: every schedule that runs on the same server shares them.
  const once = (kind: FaultKind, chance: number, event: () => Event) => {
    const step = 5 + random.below(steps - 5)
    if (random.chance(chance) && !without.has(kind)) later(step, event())
  }
  once('kill', 0.25, () => ({ kind: 'kill' }))
  once('stop', 0.08, () => ({ kind: 'stop' }))
  once('full-disk', 0.12, () => ({ kind: 'full disk', ms: 50 + random.below(600), entirely: random.chance(0.5) }))
  return { seed, participants, events: due.flat(), told: Array.from({ length: participants }, () => random.chance(0.5)) }
}

function drawWeather(random: Random, without: ReadonlySet<FaultKind>): Weather {
  const rate = (kind: FaultKind, most: number) => {
    const drawn = random.chance(0.6) ? random.next() * most : 0
    return without.has(kind) ? 0 : drawn
  }
  return { drop: rate('drop', 0.15), duplicate: rate('duplicate', 0.6), delay: rate('delay', 0.6), reorder: rate('reorder', 0.4) }
}
