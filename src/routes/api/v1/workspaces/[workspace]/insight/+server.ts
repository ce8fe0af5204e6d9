import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'
import { insightFrom } from './asked.ts'

/** What was done, how long things took, what runs came to and cost, and what waits: of a period, a project, a staff member. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  return json(await event.locals.services.insight.figures(workspaceId, insightFrom(event.url.searchParams)))
})
