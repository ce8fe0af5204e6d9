import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'

/** The hosts whose pages staff may fetch. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  return json({ hosts: await event.locals.services.engineTasks.fetchAllowed(workspaceId) })
})

export const PUT = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  const { hosts } = await body(event)
  return json({ hosts: done(await event.locals.services.fetchAllowed.set(actor.workspaceId, hosts, actor.id)).hosts })
})
