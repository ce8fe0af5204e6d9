import { actorIn, answer, json, workspaceParam } from '../../answer.ts'

/** What one has seen of the comments in a workspace. */
export const GET = answer(async (event) => {
  const actor = await actorIn(event, workspaceParam(event))
  return json(await event.locals.services.readMarks.list(actor.workspaceId, actor.id))
})
