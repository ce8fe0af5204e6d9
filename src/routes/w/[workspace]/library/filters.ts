import { isId } from '#lib/board/ids.ts'
import { beginOf } from '#lib/calendar/begin-of.ts'
import { fileGroups, reviewedStates, type FileGroup, type ReviewedState } from '#lib/library/library.ts'
import { timeZone } from '#lib/ui/time-zone.ts'

/** What a reader wants to see, as it stands in the address; empty is everything. `from` and `to` are calendar days, both included. */
export type Filters = {
  name: string; kind: 'attachment' | 'artifact' | ''; type: FileGroup | ''; project: string; mission: string; by: string; reviewed: ReviewedState | ''; from: string; to: string
  /** `pinned`, or the id of a collection. */
  shelf: string
}

export const noFilters: Filters = { name: '', kind: '', type: '', project: '', mission: '', by: '', reviewed: '', from: '', to: '', shelf: '' }

/** The shelf is a place to look, not a filter. */
export const isFiltered = ({ shelf: _, ...filters }: Filters) => Object.values(filters).some((value) => value !== '')

const oneOf = <Choice extends string>(query: URLSearchParams, name: string, choices: readonly Choice[]): Choice | '' => choices.find((choice) => choice === query.get(name)) ?? ''
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
  name: (query.get('name') ?? '').slice(0, 200), kind: oneOf(query, 'kind', ['attachment', 'artifact']), type: oneOf(query, 'type', fileGroups), project: idIn(query, 'project'), mission: idIn(query, 'mission'),
  by: idIn(query, 'by'), reviewed: oneOf(query, 'reviewed', reviewedStates), from: dayIn(query, 'from'), to: dayIn(query, 'to'), shelf: idIn(query, 'shelf'),
})

/** For the address of the page: `?kind=artifact&from=2026-03-01`, or nothing. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''))
  return query.size > 0 ? `?${query}` : ''
}

/** For the API, which wants moments where the page has days of the reader. */
export function askFor({ from, to, shelf, ...rest }: Filters): URLSearchParams {
  const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== ''))
  const [begin, end] = [beginOf(from, timeZone()), beginOf(to, timeZone(), 1)]
  if (begin) query.set('from', begin.toISOString())
  if (end) query.set('to', end.toISOString())
  if (shelf === 'pinned') query.set('pinned', '1')
  else if (shelf) query.set('collection', shelf)
  return query
}
