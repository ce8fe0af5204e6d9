import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'

/** Where the models of staff are; a key itself is never told. For whoever sets up staff. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'edit', 'staff')
  return json({ settings: await event.locals.services.engineSettings.settingsOf(workspaceId) })
})

export const PUT = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  return json({ settings: done(await event.locals.services.engineSettings.set(actor.workspaceId, await body(event), actor.id)).settings })
})
