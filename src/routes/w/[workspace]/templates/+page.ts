import type { WorkspaceId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { listTemplates } from './template-calls.ts'

/** The list, so that it is there before any script runs; without it the page asks for itself. */
export const load: PageLoad = async ({ fetch, params }) => {
  const listed = await listTemplates(params.workspace as WorkspaceId, true, { fetch })
  return { listed: listed.ok ? listed.value : null }
}
