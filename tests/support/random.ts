import { seeded } from '../../bench/seeded.ts'

export type Random = ReturnType<typeof randomFrom>

/** Choices that are the same for the same seed. */
export function randomFrom(seed: number) {
  const next = seeded(seed)
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    /** A whole number from 0 to `end - 1`. */
    below,
    chance: (probability: number) => next() < probability,
    pick: <T>(values: readonly T[]): T => values[below(values.length)]!,
  }
}

/** The seed that a variable of the environment asks for, else a new one; a test prints it, so that a failure can be had again. */
export const seedOf = (variable: string): number => Number(process.env[variable] ?? Date.now() % 1_000_000)
