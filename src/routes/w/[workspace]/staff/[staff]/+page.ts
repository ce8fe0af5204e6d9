import type { ActorId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { readStaff } from '../staff-calls.ts'

/** The staff member, so that it is there before any script runs; without it the page asks for itself. */
export const load: PageLoad = async ({ fetch, params }) => {
  const read = await readStaff(params.staff as ActorId, { fetch })
  return { known: read.ok ? read.value : null }
}
