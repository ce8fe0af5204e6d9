import type { WorkspaceId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { askFor, readFilters } from './filters.ts'
import { listCollections, listFiles } from './library-calls.ts'

/** The first page, so that it is there before any script runs; without it the page asks for itself. */
export const load: PageLoad = async ({ fetch, params, url }) => {
  const workspace = params.workspace as WorkspaceId
  const filters = readFilters(url.searchParams)
  const [first, listed] = await Promise.all([listFiles(workspace, askFor(filters), { fetch }), listCollections(workspace, { fetch })])
  return { filters, first: first.ok ? first.value : null, collections: listed.ok ? listed.value : null }
}
