import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'

export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'board')
  return json({ projects: await event.locals.services.projects.lastChanges(workspaceId) })
})
