import { actorWho, answer, body, done, json, textField, workspaceParam } from '../../../answer.ts'

const longestName = 1_000

export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'file')
  return json({ collections: await event.locals.services.library.collections.list(workspaceId) })
})

export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'file')
  const { collection } = done(await event.locals.services.library.collections.create(actor.workspaceId, textField(await body(event), 'name', longestName), actor.id))
  return json({ collection }, 201)
})
