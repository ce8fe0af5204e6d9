import { waitBounds, type Bucket, type Figure, type Insight } from '#lib/insight/insight.ts'
import { columnNames, verdictNames, waitNames } from '#lib/insight/figures.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value)).toLocaleString('en')

/** How long something took, in the largest unit that fits: `under a minute`, `40 min`, `3.5 h`, `12 days`. */
export function spell(ms: number): string {
  if (ms < minute) return 'under a minute'
  if (ms < hour) return `${rounded(ms / minute)} min`
  if (ms < 2 * day) return `${rounded(ms / hour)} h`
  return `${rounded(ms / day)} days`
}

/** `23 Nov`, `Mon 23`, `Nov 2026`: what stands under a bar. */
export function bucketLabel({ key }: Bucket, unit: Insight['unit'], locale?: string): string {
  const form: Intl.DateTimeFormatOptions = unit === 'day' ? { weekday: 'short', day: 'numeric' } : unit === 'week' ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' }
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' }).format(Date.parse(`${key}T00:00:00Z`))
}

/** `the week of 23 November`, `23 November`, `November 2026`: the same within a sentence. */
export function bucketWords(key: string, unit: Insight['unit'], locale?: string): string {
  const at = Date.parse(`${key}T00:00:00Z`)
  const form = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at)
  return unit === 'month' ? form({ month: 'long', year: 'numeric' }) : `${unit === 'week' ? 'the week of ' : ''}${form({ day: 'numeric', month: 'long' })}`
}

export const ageNames: readonly string[] = ['Less than a day', ...waitBounds.slice(0, -1).map((days, at) => `${days} to ${waitBounds[at + 1]} days`), `More than ${waitBounds.at(-1)} days`]

/** What a list of missions is called. `nameOf`: of a staff member or a project. */
export function figureTitle(figure: Figure, unit: Insight['unit'], nameOf: (of: 'staff' | 'project', id: string) => string): string {
  const during = (bucket: string) => (bucket ? `, ${unit === 'week' ? 'in ' : ''}${bucketWords(bucket, unit)}` : '')
  switch (figure.of) {
    case 'done': return `Done${during(figure.bucket)}`
    case 'column': return `Time in ${columnNames[figure.status]}`
    case 'runs': return `Runs${figure.verdict ? `: ${verdictNames[figure.verdict].toLowerCase()}` : ''}${during(figure.bucket)}`
    case 'staff': return `Runs of ${nameOf('staff', figure.id)}`
    case 'project': return figure.id ? `Runs in ${nameOf('project', figure.id)}` : 'Runs in no project'
    case 'cost': return 'Runs at work'
    case 'waiting': return (figure.kind ? `Waiting: ${waitNames[figure.kind].toLowerCase()}` : 'Waiting now') + (figure.age === null ? '' : `, ${ageNames[figure.age]?.toLowerCase()}`)
  }
}
