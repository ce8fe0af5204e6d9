import { browser } from '$app/environment'
import type { PageLoad } from './$types'
import type { Page } from './feed.svelte.ts'
import { askFor, readFilters } from './filters.ts'

/** The first page of the record, so that it is there before any script runs; without it the list asks for itself. */
export const load: PageLoad = async ({ fetch, params, url }) => {
  const filters = readFilters(url.searchParams)
  // Only the browser knows when a day begins for its reader.
  const asks = browser || (filters.from === '' && filters.to === '')
  const response = asks ? await fetch(`/api/v1/workspaces/${params.workspace}/activity?${askFor(filters)}`).catch(() => null) : null
  return { filters, first: response?.ok ? await response.json() as Page : null }
}
