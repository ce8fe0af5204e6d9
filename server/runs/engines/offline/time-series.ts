import { spokenDate } from '../../look/numbers.ts'
import type { Column, TableProfile } from './table-profile.ts'

export type Point = { at: number; label: string; value: number; rows: number; row: number }

/**
 * A measure along a date. `period` says what a point stands for; where several rows share one, `how` says how they became one
 * number. `row` is the spreadsheet row of a point that stands for a single row.
 */
type Series = {
  date: Column
  measure: Column
  points: Point[]
  period: 'time' | 'day' | 'month' | 'year'
  how: 'row' | 'sum' | 'mean'
}

const adds =
  /(amount|sales|revenue|turnover|cost|expense|spend|count|quantity|qty|units|orders|visits|hours|cases|deaths|volume|sold|paid)/i
const averages = /(rate|price|percent|avg|average|mean|score|ratio|index|share|per[\s_])/i

/** Amounts add up over a month, prices do not. A sample cannot give sums. */
const addsUp = (name: string, profile: TableProfile) => profile.complete && adds.test(name) && !averages.test(name)

const mostPoints = 400
const periods = ['day', 'month', 'year'] as const

/** `keep` says which rows of the sample count. */
export function timeSeries(
  profile: TableProfile,
  date: Column,
  measure: Column,
  keep: (cells: readonly string[]) => boolean = () => true,
): Series {
  const values: { at: number; value: number; row: number }[] = []
  for (const [index, { cells, row }] of profile.sample.entries()) {
    const at = date.values[index] ?? NaN
    const value = measure.values[index] ?? NaN
    if (!Number.isNaN(at) && !Number.isNaN(value) && keep(cells)) values.push({ at, value, row })
  }
  const distinct = new Set(values.map(({ at }) => at)).size
  const exact = date.precision === 'year' ? 'year' : date.precision
  if (distinct === values.length && distinct <= mostPoints) {
    const points = values
      .sort((a, b) => a.at - b.at)
      .map(({ at, value, row }) => ({ at, label: spokenDate(at, exact), value, rows: 1, row }))
    return { date, measure, points, period: exact, how: 'row' }
  }
  const how = addsUp(measure.name, profile) ? 'sum' : 'mean'
  const finest: Series['period'] = date.precision === 'year' ? 'year' : date.precision === 'time' && distinct <= mostPoints ? 'time' : 'day'
  const tried: Series['period'][] = [finest, ...periods.filter((period) => period !== finest && finest !== 'year')]
  for (const period of tried) {
    const points = pointsPer(values, period, how)
    if (points.length <= mostPoints || period === 'year') return { date, measure, points, period, how }
  }
  return { date, measure, points: pointsPer(values, 'year', how), period: 'year', how }
}

function pointsPer(values: readonly { at: number; value: number; row: number }[], period: Series['period'], how: 'sum' | 'mean'): Point[] {
  const points = new Map<string, Point>()
  for (const { at, value, row } of values) {
    const label = spokenDate(at, period)
    const point = points.get(label) ?? { at: startOf(at, period), label, value: 0, rows: 0, row }
    point.value += value
    point.rows += 1
    points.set(label, point)
  }
  const ordered = [...points.values()].sort((a, b) => a.at - b.at)
  return how === 'sum' ? ordered : ordered.map((point) => ({ ...point, value: point.value / point.rows }))
}

function startOf(at: number, period: Series['period']): number {
  const date = new Date(at)
  if (period === 'time') return at
  return Date.UTC(date.getUTCFullYear(), period === 'year' ? 0 : date.getUTCMonth(), period === 'day' ? date.getUTCDate() : 1)
}

/** How steadily a series rises or falls, 0 to 1: the size of the correlation of its values with time. */
export function steadiness(points: readonly Point[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const at = mean(points.map((point) => point.at))
  const value = mean(points.map((point) => point.value))
  let [shared, times, values] = [0, 0, 0]
  for (const point of points) {
    shared += (point.at - at) * (point.value - value)
    times += (point.at - at) ** 2
    values += (point.value - value) ** 2
  }
  return times > 0 && values > 0 ? Math.abs(shared) / Math.sqrt(times * values) : 0
}

/** The category that tells apart rows of the same date, so that each of its 2 to 6 values is a line of its own. */
export function splitOf(profile: TableProfile, date: Column, categories: readonly Column[]): Column | null {
  for (const category of categories) {
    if (category.type !== 'category' || category.tally.values.size > 6) continue
    const pairs = new Set(profile.sample.map(({ cells }) => `${cells[date.index]}\u0000${cells[category.index]}`))
    if (pairs.size >= profile.sample.length * 0.95) return category
  }
  return null
}
