import { activityGroups, type ActivityGroup } from '#lib/activity/entry.ts'
import { dayIn, idIn, inAddress, inQuestion, oneOf } from '../filters-in-address.ts'

/** What a reader wants to see, as it stands in the address; empty is everything. `from` and `to` are calendar days, both included. */
export type Filters = { actor: string; kind: ActivityGroup | ''; project: string; from: string; to: string }

export const noFilters: Filters = { actor: '', kind: '', project: '', from: '', to: '' }

export const isFiltered = (filters: Filters) => Object.values(filters).some((value) => value !== '')

/** From the address of the page; what makes no sense there is left out. */
export const readFilters = (query: URLSearchParams): Filters => ({
  actor: idIn(query, 'actor'),
  kind: oneOf(query, 'kind', activityGroups),
  project: idIn(query, 'project'),
  from: dayIn(query, 'from'),
  to: dayIn(query, 'to'),
})

export const writeFilters = (filters: Filters) => inAddress(filters)

export const askFor = (filters: Filters, further: Readonly<Record<string, string>> = {}) => inQuestion({ ...filters, ...further })
