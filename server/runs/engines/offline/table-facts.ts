import { askedFor, type Interest } from './interest.ts'
import { counted, listed } from '#lib/wording.ts'
import { spokenDate, spokenNumber, spokenShare } from '../../look/numbers.ts'
import { correlation, groupBy } from './table-groups.ts'
import { dateSpan, type Column, type TableProfile } from './table-profile.ts'
import { isOrdinal, type Roles } from './table-roles.ts'
import { steadiness, timeSeries } from './time-series.ts'

/** Something a table shows, as a sentence, with the columns it was computed from. Scores compare across tables: about 0 to 2. */
export type Fact = {
  text: string
  kind: 'trend' | 'groups' | 'correlation' | 'extremes' | 'share' | 'missing' | 'constant'
  columns: string[]
  score: number
}

const mostPairs = 60

/** What stands out, most notable first. */
export async function factsOf(profile: TableProfile, roles: Roles, interest: Interest, breathe: () => Promise<void>): Promise<Fact[]> {
  const facts: Fact[] = []
  const wanted = (columns: readonly Column[]) => columns.toSorted((a, b) => interest.of(b.name) - interest.of(a.name))
  const measures = wanted(roles.measures).slice(0, 12)
  const say = (kind: Fact['kind'], columns: Column[], worth: number, text: string | null) => {
    if (text === null) return
    const names = columns.map((column) => column.name)
    facts.push({ kind, text, columns: names, score: worth + askedFor(names, interest) })
  }
  for (const measure of measures) {
    await breathe()
    for (const date of roles.dates.slice(0, 2)) {
      const { worth, text } = trend(profile, date, measure)
      say('trend', [date, measure], worth, text)
    }
    if (isOrdinal(measure)) continue
    const named = roles.label && profile.complete ? roles.label : null
    say('extremes', named ? [measure, named] : [measure], named ? 0.6 : 0.25, extremes(profile, measure, named))
  }
  for (const [by, measure] of pairs(wanted(roles.groups), measures)) {
    if (by === measure || (isOrdinal(measure) && interest.of(measure.name) === 0)) continue
    await breathe()
    const { worth, text } = differences(profile, by, measure)
    say('groups', [by, measure], worth, text)
  }
  for (const [index, a] of measures.entries()) {
    for (const b of measures.slice(index + 1)) {
      await breathe()
      const { r, rows } = correlation(a, b)
      if (Math.abs(r) >= 0.5 && Math.abs(r) < 0.9999 && rows >= 10) say('correlation', [a, b], Math.abs(r) * 0.8, together(a, b, r, rows))
    }
  }
  for (const group of wanted(roles.groups)) if (!isOrdinal(group)) say('share', [group], 0.3, share(profile, group))
  for (const column of profile.columns) {
    if (column.type === 'empty') say('missing', [column], 0.5, `${column.name} is empty in every row.`)
    else if (column.tally.missing >= Math.max(1, profile.rows * 0.01))
      say('missing', [column], 0.2 + (column.tally.missing / profile.rows) * 0.5, missing(profile, column))
    if (column.tally.values.size === 1 && !column.tally.overflow && profile.rows > 1 && column.tally.missing === 0) {
      say('constant', [column], 0.15, `${column.name} is ${[...column.tally.values.keys()][0]} in every row.`)
    }
  }
  return facts.sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
}

function* pairs(groups: readonly Column[], measures: readonly Column[]): Generator<[Column, Column]> {
  let count = 0
  for (const measure of measures) for (const group of groups) if ((count += 1) <= mostPairs) yield [group, measure]
}

/** Percentages only between numbers of the same sign, where they mean something. */
function change(from: number, to: number): string {
  if (from <= 0 || to < 0) return `a change of ${spokenNumber(to - from)}`
  if (from === to) return 'no change'
  const times = to / from
  if (times >= 3) return `${spokenNumber(Number(times.toPrecision(2)))} times as much`
  return `${spokenShare(Math.abs(to - from), from)} ${to > from ? 'more' : 'less'}`
}

function trend(profile: TableProfile, date: Column, measure: Column): { worth: number; text: string | null } {
  const series = timeSeries(profile, date, measure)
  const [first, last] = [series.points[0], series.points.at(-1)]
  if (!first || !last || series.points.length < 3) return { worth: 0, text: null }
  const low = series.points.reduce((a, b) => (b.value < a.value ? b : a))
  const high = series.points.reduce((a, b) => (b.value > a.value ? b : a))
  const subject =
    series.how === 'row' ? measure.name : `The ${series.how} of ${measure.name} per ${series.period === 'time' ? 'moment' : series.period}`
  const stand = (point: typeof first) => `${spokenNumber(point.value)} (${point.label}${series.how === 'row' ? `, row ${point.row}` : ''})`
  const text = `${subject} went from ${stand(first)} to ${stand(last)}, ${change(first.value, last.value)}; its lowest was ${stand(low)}, its highest ${stand(high)}.`
  return { worth: 0.5 + steadiness(series.points) * 0.5, text }
}

function extremes(profile: TableProfile, measure: Column, label: Column | null): string | null {
  const { min, minRow, minTimes, max, maxRow, maxTimes } = measure.tally
  if (min === max) return null
  const at = (row: number, value: number, times: number) => {
    const cell = label ? profile.sample.find((sampled) => sampled.row === row)?.cells[label.index] : undefined
    return `in row ${spokenNumber(row)}${times > 1 ? ` and ${counted(times - 1, 'other')}` : ''} (${cell ? `${cell}, ` : ''}${spokenNumber(value)})`
  }
  return `${measure.name} is highest ${at(maxRow, max, maxTimes)} and lowest ${at(minRow, min, minTimes)}.`
}

function differences(profile: TableProfile, by: Column, measure: Column): { worth: number; text: string | null } {
  const { groups, explained, rows } = groupBy(profile, by, measure)
  const large = groups.filter((group) => group.rows >= 3)
  if (large.length < 2 || explained < 0.01) return { worth: 0, text: null }
  const high = large.reduce((a, b) => (b.mean > a.mean ? b : a))
  const low = large.reduce((a, b) => (b.mean < a.mean ? b : a))
  const mean = (group: typeof high) => `${spokenNumber(group.mean)} over ${counted(group.rows, 'row')}`
  const small = groups.filter((group) => group.rows < 3).map((group) => group.name)
  const few =
    small.length === 0
      ? ''
      : `; ${small.length > 3 ? counted(small.length, 'group') : listed(small)}, with fewer than 3 rows${small.length > 1 ? ' each' : ''}, left aside`
  const text = `The mean of ${measure.name} is highest where ${by.name} is ${high.name} (${mean(high)}) and lowest where it is ${low.name} (${mean(low)})${few}.`
  return { worth: 0.35 + Math.min(0.6, explained * 1.2) * Math.min(1, rows / 30), text }
}

const spokenR = (r: number) => r.toFixed(Math.abs(r) >= 0.995 ? 3 : 2)

const together = (a: Column, b: Column, r: number, rows: number) =>
  r > 0
    ? `${a.name} and ${b.name} rise together: their correlation is ${spokenR(r)} over ${counted(rows, 'row')}.`
    : `${a.name} falls where ${b.name} rises: their correlation is ${spokenR(r)} over ${counted(rows, 'row')}.`

/** Counts are of all rows, sampled or not. */
export const frequent = (column: Column) =>
  [...column.tally.values]
    .map(([name, value]) => ({ name, times: value.times }))
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))

function share(profile: TableProfile, column: Column): string | null {
  const [first, second] = frequent(column)
  if (!first || !second || first.times === second.times) return null
  return `The most frequent ${column.name} is ${first.name}: ${counted(first.times, 'row')} of ${spokenNumber(profile.rows)} (${spokenShare(first.times, profile.rows)}).`
}

const missing = (profile: TableProfile, column: Column) =>
  `${column.name} is missing in ${counted(column.tally.missing, 'row')} of ${spokenNumber(profile.rows)} (${spokenShare(column.tally.missing, profile.rows)}).`

/** What of a fact's variety to keep: at most `count`, and only two to four of a kind. */
export function notable<T extends Fact>(facts: readonly T[], count: number): T[] {
  const chosen: T[] = []
  const most = count > 8 ? 4 : count > 5 ? 3 : 2
  for (const fact of facts) {
    if (chosen.length === count) break
    if (chosen.filter((other) => other.kind === fact.kind).length >= most) continue
    chosen.push(fact)
  }
  return chosen
}

/** The range of a column's values in words, for the profile's table. */
export function rangeOf(column: Column): { min: string; median: string; mean: string; max: string } {
  const { tally } = column
  if (column.type === 'number') {
    return {
      min: spokenNumber(tally.min),
      median: column.median === null ? '' : spokenNumber(column.median),
      mean: spokenNumber(tally.mean),
      max: spokenNumber(tally.max),
    }
  }
  if (column.type !== 'date') return { min: '', median: '', mean: '', max: '' }
  const { min, max } = dateSpan(column)
  return {
    min: spokenDate(min, column.precision),
    median: column.median === null ? '' : spokenDate(column.median, column.precision),
    mean: '',
    max: spokenDate(max, column.precision),
  }
}
