import type { WorkspaceId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { listRoutines } from './routine-calls.ts'

/** The list, so that it is there before any script runs; without it the page asks for itself. */
export const load: PageLoad = async ({ fetch, params }) => {
  const listed = await listRoutines(params.workspace as WorkspaceId, { fetch })
  return { listed: listed.ok ? listed.value : null }
}
