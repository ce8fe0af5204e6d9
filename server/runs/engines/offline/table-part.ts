import { chartPlans, pickPlans, type ChartPlan } from './chart-plan.ts'
import { isAbout, namesColumn, partNamed, type Guidance, type Subject } from './guidance.ts'
import { interestOf } from './interest.ts'
import { counted } from '#lib/wording.ts'
import { spokenNumber } from '../../look/numbers.ts'
import { isDropped, quotesOf, type Dropped, type Quote } from './quotes.ts'
import { readSentences } from './rank-sentences.ts'
import type { Reading } from './reading.ts'
import type { Place } from './sources.ts'
import { factsOf, type Fact } from './table-facts.ts'
import type { SideThread } from '../../beside/side-thread.ts'
import { rolesOf } from './table-roles.ts'
import { interestIn, termsOf, termsOfName } from './words.ts'

type TableReading = Extract<Reading, { kind: 'table' }>
export type Chart = { name: string; plan: ChartPlan; svg: string }
export type TermedFact = Fact & { terms: ReadonlySet<string>; place: Place }

/** A table under the run's guidance. `answered` says which chart was drawn for which request. */
export type TablePart = TableReading & {
  leftOut: string[]
  facts: TermedFact[]
  remarks: Quote[]
  charts: Chart[]
  answered: Map<Subject, string>
}

const chartsByLength = { short: 1, normal: 2, long: 4 } as const
const mostRemarkRows = 2000

export async function tablePart(
  reading: TableReading,
  guidance: Guidance,
  dropped: Dropped,
  nameChart: (file: string) => string,
  beside: SideThread,
  breathe: () => Promise<void>,
): Promise<TablePart> {
  const { profile, file } = reading
  const leftOut = profile.columns.flatMap(({ name }) => (guidance.leaveOut.some((subject) => namesColumn(subject, name)) ? [name] : []))
  const roles = rolesOf(profile, (name) => leftOut.includes(name))
  const interest = interestOf(guidance)
  const sampled = profile.complete ? null : profile.sample.length
  const facts = (await factsOf(profile, roles, interest, breathe))
    .flatMap((fact): TermedFact[] => {
      const terms = new Set([...termsOf(fact.text), ...fact.columns.flatMap(termsOfName)])
      if (fact.columns.some((name) => leftOut.includes(name)) || isDropped(terms, guidance, dropped)) return []
      const asked = guidance.focus.some((subject) => isAbout(terms, subject)) ? 1 : 0
      const whole = /^(extremes|missing|share|constant)$/.test(fact.kind)
      const place: Place = {
        of: 'columns',
        file,
        columns: fact.columns,
        from: profile.firstRow,
        to: profile.lastRow,
        sampled: whole ? null : sampled,
      }
      return [{ ...fact, score: fact.score + asked, terms, place }]
    })
    .sort((a, b) => b.score - a.score)

  const remarks = await remarksOf(reading, leftOut, guidance, dropped, breathe)
  const basis = `${file}, ${profile.complete ? counted(profile.rows, 'row') : `a sample of ${spokenNumber(profile.sample.length)} of ${spokenNumber(profile.rows)} rows`}`
  const noCharts = guidance.leaveOut.some((subject) => partNamed(subject) === 'charts')
  const plans = noCharts ? [] : await chartPlans(profile, roles, interest, basis, breathe)
  const requested = guidance.charts.map((subject) => ({ subject, plan: planFor(subject, plans) }))
  const first = [...new Set(requested.flatMap(({ plan }) => (plan ? [plan] : [])))]
  const unnamed = guidance.charts.filter(({ about }) => about === '').length
  const rest = pickPlans(
    plans.filter((plan) => !first.includes(plan)),
    Math.max(0, chartsByLength[guidance.length] + unnamed - first.length),
  )
  const charts: Chart[] = []
  for (const plan of [...first, ...rest]) {
    await breathe()
    charts.push({ name: nameChart(file), plan, svg: await beside.run('drawChart', plan) })
  }
  const answered = new Map(
    requested.flatMap(({ subject, plan }) => {
      const chart = charts.find((candidate) => candidate.plan === plan)
      return chart ? [[subject, chart.name] as const] : []
    }),
  )
  return { ...reading, leftOut, facts, remarks, charts, answered }
}

const kinds: [RegExp, ChartPlan['kind']][] = [
  [/histogram|distribution|spread/i, 'histogram'],
  [/\bline|over time|trend/i, 'line'],
  [/scatter|against/i, 'scatter'],
  [/\bbars?\b/i, 'bars'],
]

/** The plan whose columns are all named in the request, as many of them as can be, and of the kind it names. */
function planFor(subject: Subject, plans: readonly ChartPlan[]): ChartPlan | null {
  const named = plans.filter(
    (plan) =>
      plan.columns.length > 0
      && plan.columns.every((column) => interestIn(column, new Map(termsOfName(subject.about).map((term) => [term, 1]))) > 0),
  )
  const kind = kinds.find(([pattern]) => pattern.test(subject.said))?.[1]
  const worth = (plan: ChartPlan) => plan.columns.length * 2 + (plan.kind === kind ? 5 : 0) + plan.score * 0.01
  return named.toSorted((a, b) => worth(b) - worth(a))[0] ?? null
}

/** Sentences in the cells of columns that hold text. */
async function remarksOf(
  { profile, file }: TableReading,
  leftOut: readonly string[],
  guidance: Guidance,
  dropped: Dropped,
  breathe: () => Promise<void>,
): Promise<Quote[]> {
  const columns = profile.columns.filter(
    ({ type, name, tally }) => type === 'text' && !leftOut.includes(name) && tally.words > (tally.cells - tally.missing) * 5,
  )
  const cells = columns.flatMap((column) =>
    profile.sample.slice(0, mostRemarkRows).map(({ row, cells }) => ({ row, column: column.name, text: cells[column.index] ?? '' })),
  )
  if (cells.length === 0) return []
  const sentences = await readSentences(cells, breathe)
  return quotesOf(
    sentences,
    (index) => {
      const cell = cells[index]
      return { of: 'cell', file, row: cell?.row ?? 0, column: cell?.column ?? '' }
    },
    guidance,
    dropped,
    breathe,
  )
}
