import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'

/** The workers of a workspace, those of the last day. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'run')
  return json({ workers: await event.locals.services.runs.workersOf(workspaceId) })
})
