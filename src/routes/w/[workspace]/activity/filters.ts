import { activityGroups, type ActivityGroup } from '#lib/activity/entry.ts'
import { isId } from '#lib/board/ids.ts'
import { timeZone } from '#lib/ui/time-zone.ts'
import { beginOf } from '#lib/calendar/begin-of.ts'

/** What a reader wants to see, as it stands in the address; empty is everything. `from` and `to` are calendar days, both included. */
export type Filters = { actor: string; kind: ActivityGroup | ''; project: string; from: string; to: string }

export const noFilters: Filters = { actor: '', kind: '', project: '', from: '', to: '' }

export const isFiltered = (filters: Filters) => Object.values(filters).some((value) => value !== '')

const idIn = (query: URLSearchParams, name: string) => {
  const value = query.get(name)
  return isId(value) ? value : ''
}
const dayIn = (query: URLSearchParams, name: string) => {
  const value = query.get(name) ?? ''
  return beginOf(value) ? value : ''
}

/** From the address of the page; what makes no sense there is left out. */
export const readFilters = (query: URLSearchParams): Filters => ({
  actor: idIn(query, 'actor'),
  kind: activityGroups.find((group) => group === query.get('kind')) ?? '',
  project: idIn(query, 'project'),
  from: dayIn(query, 'from'),
  to: dayIn(query, 'to'),
})

/** For the address of the page: `?kind=run&from=2026-03-01`, or nothing. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''))
  return query.size > 0 ? `?${query}` : ''
}

/** For the API, which wants moments where the page has days of the reader. */
export function askFor({ from, to, ...rest }: Filters, further: Readonly<Record<string, string>> = {}): URLSearchParams {
  const query = new URLSearchParams({ ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '')), ...further })
  const [begin, end] = [beginOf(from, timeZone()), beginOf(to, timeZone(), 1)]
  if (begin) query.set('from', begin.toISOString())
  if (end) query.set('to', end.toISOString())
  return query
}
