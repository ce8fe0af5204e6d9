import { isId, type ActorId } from '#lib/board/ids.ts'
import { actorWho, answer, ApiError, countAsked, json, workspaceParam } from '../../../answer.ts'

/** The runs of a workspace, newest first. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'run')
  const { runs } = event.locals.services
  const { searchParams } = event.url
  const [state, staff, before] = [searchParams.get('state'), searchParams.get('staff'), countAsked(event, 'before')]
  if (state !== null && state !== 'active' && state !== 'ended') throw new ApiError(400, 'bad_field', '"state" must be active or ended.')
  if (staff !== null && !isId(staff)) throw new ApiError(400, 'bad_field', '"staff" must be the id of a staff member.')
  const listed = await runs.list({ workspaceId, ...state && { state }, ...staff && { staffId: staff as ActorId }, ...before !== null && { before } })
  return json({ runs: listed, stoppedAt: await runs.stoppedAt(workspaceId) })
})
