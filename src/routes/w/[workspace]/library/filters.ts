import { fileGroups, reviewedStates, type FileGroup, type ReviewedState } from '#lib/library/library.ts'
import { dayIn, idIn, inAddress, inQuestion, oneOf } from '../filters-in-address.ts'

/** What a reader wants to see, as it stands in the address; empty is everything. `from` and `to` are calendar days, both included. */
export type Filters = {
  name: string; kind: 'attachment' | 'artifact' | ''; type: FileGroup | ''; project: string; mission: string; by: string; reviewed: ReviewedState | ''; from: string; to: string
  /** `pinned`, or the id of a collection. */
  shelf: string
}

export const noFilters: Filters = { name: '', kind: '', type: '', project: '', mission: '', by: '', reviewed: '', from: '', to: '', shelf: '' }

/** The shelf is a place to look, not a filter. */
export const isFiltered = ({ shelf: _, ...filters }: Filters) => Object.values(filters).some((value) => value !== '')

/** From the address of the page; what makes no sense there is left out. */
export const readFilters = (query: URLSearchParams): Filters => ({
  name: (query.get('name') ?? '').slice(0, 200), kind: oneOf(query, 'kind', ['attachment', 'artifact']), type: oneOf(query, 'type', fileGroups), project: idIn(query, 'project'), mission: idIn(query, 'mission'),
  by: idIn(query, 'by'), reviewed: oneOf(query, 'reviewed', reviewedStates), from: dayIn(query, 'from'), to: dayIn(query, 'to'), shelf: idIn(query, 'shelf'),
})

export const writeFilters = (filters: Filters) => inAddress(filters)

export function askFor({ shelf, ...filters }: Filters): URLSearchParams {
  const query = inQuestion(filters)
  if (shelf === 'pinned') query.set('pinned', '1')
  else if (shelf) query.set('collection', shelf)
  return query
}
