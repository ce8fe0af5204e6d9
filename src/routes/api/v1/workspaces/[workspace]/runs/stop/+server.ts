import { actorWho, answer, ApiError, body, json, workspaceParam } from '../../../../answer.ts'

/** Stops all work of staff, or allows it again. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'cancel run', 'run')
  const { stopped } = await body(event)
  if (typeof stopped !== 'boolean') throw new ApiError(400, 'bad_field', '"stopped" must be true or false.')
  return json({ stopped, cancelled: await event.locals.services.runs.stopAll(actor.workspaceId, stopped, actor) })
})
