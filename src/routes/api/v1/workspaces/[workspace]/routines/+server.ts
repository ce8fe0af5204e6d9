import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'

/** The routines, each with what it did last. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'routine')
  return json({ routines: await event.locals.services.routines.list(workspaceId) })
})

export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'routine')
  const { routine } = done(await event.locals.services.routines.create(actor.workspaceId, await body(event), actor.id))
  return json({ routine }, 201)
})
