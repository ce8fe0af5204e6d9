import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'

/** Removes the deleted files of a workspace for good, before their time; owners only. */
export const DELETE = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  return json(await event.locals.services.collector.deletedBefore(Date.now(), actor.workspaceId))
})
