import { actorWho, answer, ApiError, body, json, workspaceParam } from '../../../../answer.ts'

/** Stops all work of staff, or allows it again. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'cancel run', 'run')
  const { stopped } = await body(event)
  if (typeof stopped !== 'boolean') throw new ApiError(400, 'bad_field', '"stopped" must be true or false.')
  const { runs, sync } = event.locals.services
  const cancelled = await runs.stopAll(actor.workspaceId, stopped, actor)
  sync.tell(actor.workspaceId, { kind: 'stopped', at: await runs.stoppedAt(actor.workspaceId) })
  return json({ stopped, cancelled })
})
