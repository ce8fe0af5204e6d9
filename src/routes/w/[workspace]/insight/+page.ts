import { browser } from '$app/environment'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { readInsight, readLook } from './insight-calls.ts'

/** Only the browser knows whose days count, so the figures are asked for there. */
export const load: PageLoad = async ({ fetch, params, url }) => {
  const look = readLook(url.searchParams)
  const read = browser ? await readInsight(params.workspace as WorkspaceId, look, { fetch }) : null
  return { look, insight: read?.ok ? read.value : null, problem: read && !read.ok ? read.message : null }
}
