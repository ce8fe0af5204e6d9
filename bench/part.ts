import type { Figure } from './figures.ts'

export type Measuring = {
  rounds: number
  /** Whatever is shortened by default takes its whole time. */
  long: boolean
  /** Says how it goes, while it goes. */
  tell: (line: string) => void
}

/** Something that is measured: it ends by itself and takes its servers, clients and folders with it. */
export type Part = (measuring: Measuring) => Promise<Figure[]>

/**
 * Lets each side have its turn, round by round, so that whatever else the machine does hits all of them; who begins changes with
 * the round.
 */
export async function inTurns<Side extends string, Round>(
  { rounds, sides, measure }: { rounds: number; sides: readonly Side[]; measure: (side: Side, number: number) => Promise<Round> },
): Promise<Record<Side, Round>[]> {
  const done: Record<Side, Round>[] = []
  for (let number = 1; number <= rounds; number += 1) {
    const all: Partial<Record<Side, Round>> = {}
    const first = number % sides.length
    for (const side of [...sides.slice(first), ...sides.slice(0, first)]) all[side] = await measure(side, number)
    done.push(all as Record<Side, Round>)
  }
  return done
}
