import { actorWho, answer, ApiError, body, json, workspaceParam } from '../../../answer.ts'

/** Who puts proposals onto the board: `members`, or `owners` alone. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  return json({ approvers: await event.locals.services.coo.approvers.of(workspaceId) })
})

export const PUT = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  const { coo, sync } = event.locals.services
  const chosen = await coo.approvers.set(actor.workspaceId, (await body(event)).approvers, actor.id)
  if (!chosen) throw new ApiError(400, 'bad_field', '"approvers" must be "members" or "owners".')
  sync.tell(actor.workspaceId, { kind: 'approvers', approvers: chosen })
  return json({ approvers: chosen })
})
