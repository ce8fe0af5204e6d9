import { askedFor, type Interest } from './interest.ts'
import { frequent } from './table-facts.ts'
import { correlation, groupBy, type Grouping } from './table-groups.ts'
import { middle, type Column, type TableProfile } from './table-profile.ts'
import { isOrdinal, type Roles } from './table-roles.ts'
import { splitOf, steadiness, timeSeries, type Point } from './time-series.ts'
import { seeded } from './seeded.ts'
import { spokenNumber } from '../../look/numbers.ts'

/** A picture to draw: what it shows in words, and its data. `columns` are what it was made from. */
export type ChartPlan = { title: string; subtitle: string; columns: string[]; score: number } & (
  | { kind: 'line'; x: string; y: string; series: { name: string; points: { at: number; value: number }[] }[] }
  | { kind: 'bars'; x: string; y: string; upright: boolean; bars: { name: string; value: number }[] }
  | { kind: 'histogram'; x: string; y: string; from: number; step: number; counts: number[] }
  | { kind: 'scatter'; x: string; y: string; points: [number, number][] }
)

const mostBars = 15
const mostDots = 1500

/** Charts worth drawing, best first, with at least one wherever the table has a row. `basis` says what the numbers come from. */
export async function chartPlans(
  profile: TableProfile,
  roles: Roles,
  interest: Interest,
  basis: string,
  breathe: () => Promise<void>,
): Promise<ChartPlan[]> {
  const plans: ChartPlan[] = []
  const wanted = (columns: readonly Column[]) => columns.toSorted((a, b) => interest.of(b.name) - interest.of(a.name))
  const measures = wanted(roles.measures).slice(0, 8)
  const add = (columns: Column[], worth: number, plan: Plain<ChartPlan> | null) => {
    const names = columns.map((column) => column.name)
    if (plan) plans.push({ ...plan, columns: names, score: worth + askedFor(names, interest) })
  }
  for (const measure of measures) {
    for (const date of roles.dates.slice(0, 2)) {
      await breathe()
      const split = splitOf(profile, date, roles.groups)
      const steady = steadiness(timeSeries(profile, date, measure).points)
      add(split ? [date, measure, split] : [date, measure], 0.8 + steady * 0.5, line(profile, date, measure, split, basis))
    }
    await breathe()
    if (!isOrdinal(measure)) add([measure], 0.45, histogram(measure, basis))
    for (const by of wanted(roles.groups).slice(0, 6)) {
      if (by === measure || (isOrdinal(measure) && !isOrdinal(by))) continue
      await breathe()
      const grouping = groupBy(profile, by, measure)
      add([by, measure], 0.5 + Math.min(0.5, grouping.explained), groupBars(grouping, basis))
    }
  }
  for (const [index, x] of measures.entries()) {
    for (const y of measures.slice(index + 1)) {
      await breathe()
      const { r, rows } = correlation(x, y)
      if (Math.abs(r) >= 0.4 && rows >= 10) add([x, y], Math.abs(r) * 0.8, scatter(x, y, basis))
    }
  }
  for (const column of wanted(roles.groups)) {
    const times = [...column.tally.values.values()].map((value) => value.times)
    if (Math.max(...times) > Math.min(...times)) add([column], 0.2, countBars(column, basis))
  }
  if (plans.length === 0 && profile.rows > 0) add(profile.columns, 0, filledBars(profile, basis))
  return plans.sort((a, b) => b.score - a.score || (a.title < b.title ? -1 : 1))
}

/** What each kind of plan has besides its score and columns. */
type Plain<T> = T extends unknown ? Omit<T, 'score' | 'columns'> : never

/** The best plans, one of each kind before a second of any, and none twice. */
export function pickPlans(plans: readonly ChartPlan[], count: number): ChartPlan[] {
  const chosen: ChartPlan[] = []
  for (let round = 1; chosen.length < count && round <= 4; round += 1) {
    for (const plan of plans) {
      if (chosen.length === count) break
      if (!chosen.includes(plan) && chosen.filter((other) => other.kind === plan.kind).length < round) chosen.push(plan)
    }
  }
  return chosen
}

function line(profile: TableProfile, date: Column, measure: Column, split: Column | null, basis: string): Plain<ChartPlan> | null {
  if (split) {
    const names = frequent(split)
      .map(({ name }) => name)
      .sort()
    const series = names.map((name) => ({
      name,
      points: timeSeries(profile, date, measure, (cells) => cells[split.index] === name).points,
    }))
    if (series.some(({ points }) => points.length < 2)) return null
    return {
      kind: 'line',
      title: `${measure.name} by ${date.name} and ${split.name}`,
      subtitle: basis,
      x: date.name,
      y: measure.name,
      series,
    }
  }
  const { points, period, how } = timeSeries(profile, date, measure)
  if (points.length < 3) return null
  const y = how === 'row' ? measure.name : `${how === 'sum' ? 'Sum' : 'Mean'} of ${measure.name}`
  const per = how === 'row' ? `by ${date.name}` : `per ${period === 'time' ? 'moment' : period}`
  return {
    kind: 'line',
    title: `${y} ${per}`,
    subtitle: basis,
    x: date.name,
    y,
    series: [{ name: y, points: points.map(({ at, value }: Point) => ({ at, value })) }],
  }
}

function groupBars({ by, measure, groups }: Grouping, basis: string): Plain<ChartPlan> | null {
  if (groups.length < 2) return null
  const upright = by.type === 'number'
  const bars = groups.map(({ name, mean }) => ({ name, value: mean }))
  if (!upright) bars.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
  const shown = upright ? bars : bars.slice(0, mostBars)
  const cut = shown.length < bars.length ? ` · the ${shown.length} highest of ${bars.length}` : ''
  return {
    kind: 'bars',
    title: `Mean of ${measure.name} by ${by.name}`,
    subtitle: basis + cut,
    x: by.name,
    y: `mean of ${measure.name}`,
    upright,
    bars: shown,
  }
}

function countBars(column: Column, basis: string): Plain<ChartPlan> {
  const upright = column.type === 'number'
  const bars = frequent(column).map(({ name, times }) => ({ name, value: times }))
  if (upright) bars.sort((a, b) => Number(a.name) - Number(b.name))
  return {
    kind: 'bars',
    title: `Rows by ${column.name}`,
    subtitle: basis,
    x: column.name,
    y: 'rows',
    upright,
    bars: upright ? bars : bars.slice(0, mostBars),
  }
}

const filledBars = (profile: TableProfile, basis: string): Plain<ChartPlan> => ({
  kind: 'bars',
  title: 'Filled cells by column',
  subtitle: basis,
  x: 'column',
  y: 'filled cells',
  upright: false,
  bars: profile.columns.slice(0, mostBars).map(({ name, tally }) => ({ name, value: tally.cells - tally.missing })),
})

/** The round step (1, 2, 2.5 or 5 times a power of ten) that comes nearest to parting the width into the wanted pieces. */
function roundStep(width: number, pieces: number): number {
  const rough = width / pieces
  const power = 10 ** Math.floor(Math.log10(rough))
  const off = (step: number) => Math.abs(Math.log(step / rough))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).reduce((a, b) => (off(b) < off(a) ? b : a))
}

function histogram(measure: Column, basis: string): Plain<ChartPlan> | null {
  const values = measure.values.filter((value) => !Number.isNaN(value)).sort()
  const [low, high] = [values[0], values.at(-1)]
  if (low === undefined || high === undefined || values.length < 8 || low === high) return null
  // Few very large values would squeeze all others into one bar: what lies far outside is counted and named instead.
  const quarter = middle(values.slice(0, values.length >> 1)) ?? low
  const upper = middle(values.slice((values.length + 1) >> 1)) ?? high
  const [from, to] =
    upper > quarter ? [Math.max(low, quarter - 6 * (upper - quarter)), Math.min(high, upper + 6 * (upper - quarter))] : [low, high]
  const pieces = Math.min(24, Math.max(6, Math.ceil(Math.sqrt(values.length))))
  let step = roundStep(to - from, pieces)
  if (measure.tally.whole) step = Math.max(1, Math.round(step))
  const start = Math.floor(from / step) * step
  const counts = new Array<number>(Math.floor((to - start) / step + 1e-9) + 1).fill(0)
  let outside = 0
  for (const value of values) {
    const slot = Math.floor((value - start) / step + 1e-9)
    if (slot >= 0 && slot < counts.length) counts[slot] = (counts[slot] ?? 0) + 1
    else outside += 1
  }
  const aside = outside > 0 ? ` · ${spokenNumber(outside)} far outside not shown` : ''
  return {
    kind: 'histogram',
    title: `How ${measure.name} is spread`,
    subtitle: basis + aside,
    x: measure.name,
    y: 'rows',
    from: start,
    step,
    counts,
  }
}

function scatter(x: Column, y: Column, basis: string): Plain<ChartPlan> {
  const points: [number, number][] = []
  for (const [index, value] of x.values.entries()) {
    const other = y.values[index] ?? NaN
    if (!Number.isNaN(value) && !Number.isNaN(other)) points.push([value, other])
  }
  const random = seeded(points.length)
  const shown = points.length <= mostDots ? points : points.filter(() => random() < mostDots / points.length)
  const cut = shown.length < points.length ? ` · ${spokenNumber(shown.length)} of them drawn` : ''
  return { kind: 'scatter', title: `${y.name} against ${x.name}`, subtitle: basis + cut, x: x.name, y: y.name, points: shown }
}
