import type { RoutineId } from '#lib/board/ids.ts'
import type { PageLoad } from './$types'
import { readRoutine } from '../routine-calls.ts'

/** The routine, so that it is there before any script runs; without it the page asks for itself. */
export const load: PageLoad = async ({ fetch, params }) => {
  const read = await readRoutine(params.routine as RoutineId, { fetch })
  return { known: read.ok ? read.value : null }
}
