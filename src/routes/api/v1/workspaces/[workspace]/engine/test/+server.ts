import { actorWho, answer, body, done, json, workspaceParam } from '../../../../answer.ts'

/** Whether the endpoint answers, with what is given in the place of what is set. */
export const POST = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  return json(done(await event.locals.services.engineSettings.attempt(workspaceId, await body(event))).tried)
})
