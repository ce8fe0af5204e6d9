import { isMissing } from './cell.ts'
import type { Column, TableProfile } from './table-profile.ts'

export type Group = { name: string; rows: number; mean: number }

/** The groups of a measure, and which share of its variance the groups explain (0 to 1, eta squared). */
export type Grouping = { by: Column; measure: Column; groups: Group[]; explained: number; rows: number }

/** Groups with no number are left out; the order is that of first appearance, or of the numbers where groups are numbers. */
export function groupBy(profile: TableProfile, by: Column, measure: Column): Grouping {
  const tallies = new Map<string, { rows: number; sum: number }>()
  let rows = 0
  let sum = 0
  let squares = 0
  for (const [index, { cells }] of profile.sample.entries()) {
    const name = cells[by.index] ?? ''
    const value = measure.values[index] ?? NaN
    if (isMissing(name) || Number.isNaN(value)) continue
    const tally = tallies.get(name) ?? { rows: 0, sum: 0 }
    tally.rows += 1
    tally.sum += value
    tallies.set(name, tally)
    rows += 1
    sum += value
    squares += value * value
  }
  const groups = [...tallies].map(([name, tally]) => ({ name, rows: tally.rows, mean: tally.sum / tally.rows }))
  if (by.type === 'number') groups.sort((a, b) => Number(a.name) - Number(b.name))
  const all = sum / rows
  const total = squares - rows * all * all
  const between = groups.reduce((part, group) => part + group.rows * (group.mean - all) ** 2, 0)
  return { by, measure, groups, explained: total > 0 ? Math.min(1, between / total) : 0, rows }
}

/** Pearson's r over the rows that have both numbers, and how many those are. */
export function correlation(a: Column, b: Column): { r: number; rows: number } {
  let rows = 0
  let [meanA, meanB, varA, varB, shared] = [0, 0, 0, 0, 0]
  for (const [index, x] of a.values.entries()) {
    const y = b.values[index] ?? NaN
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    rows += 1
    const offA = x - meanA
    const offB = y - meanB
    meanA += offA / rows
    meanB += offB / rows
    varA += offA * (x - meanA)
    varB += offB * (y - meanB)
    shared += offA * (y - meanB)
  }
  return { r: varA > 0 && varB > 0 ? shared / Math.sqrt(varA * varB) : 0, rows }
}
