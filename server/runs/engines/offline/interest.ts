import type { Guidance } from './guidance.ts'
import { interestIn } from './words.ts'

/** What a run's words say about the columns of a table. */
export type Interest = {
  /** How much a column is asked for, from 0 to below 1. */
  of(name: string): number
  /** Whether one sentence of what was asked names all of them: `which day brings the highest tip`. */
  together(names: readonly string[]): boolean
}

/** The weight of a word of the description: a column it names is half as interesting as one could be. */
const usualWeight = 1.2

export function interestOf(guidance: Guidance): Interest {
  const sentences = guidance.sentences.map((terms) => new Map([...terms].map((term) => [term, 1] as const)))
  return {
    of(name) {
      const weight = interestIn(name, guidance.weights)
      return weight / (weight + usualWeight)
    },
    together: (names) => sentences.some((sentence) => names.every((name) => interestIn(name, sentence) > 0)),
  }
}

/** How much columns are asked for as a whole: those named together count for more than any of them alone. */
export function askedFor(names: readonly string[], interest: Interest): number {
  const interests = names.map((name) => interest.of(name))
  const mean = interests.reduce((sum, value) => sum + value, 0) / Math.max(1, names.length)
  if (names.length < 2) return mean
  return mean + Math.min(...interests) + (interest.together(names) ? 0.6 : 0)
}
