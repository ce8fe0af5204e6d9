import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'

/** The staff, with how each is; with `archived=1` those too that were archived. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'staff')
  return json({ staff: await event.locals.services.staff.list(workspaceId, { archived: event.url.searchParams.get('archived') === '1' }) })
})

export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'staff')
  const { staff } = done(await event.locals.services.staff.create(actor.workspaceId, await body(event), actor.id))
  return json({ staff }, 201)
})
