import { actorWho, answer, ApiError, json } from '../../../answer.ts'
import { decidedOr, proposalParam, proposalPlace } from '../proposal-asked.ts'

/** Moves a proposal onto the board, as the mission of the same id. */
export const POST = answer(async (event) => {
  const id = proposalParam(event)
  const workspaceId = await proposalPlace(event, id)
  const actor = await actorWho(event, workspaceId, 'edit', 'proposal')
  const { approvers } = event.locals.services.coo
  if (!await approvers.mayApprove(actor)) throw new ApiError(403, 'not_allowed', await approvers.refusal(actor.workspaceId))
  const { id: missionId } = decidedOr(await event.locals.services.coo.proposals.approve(actor.workspaceId, id, actor))
  return json({ missionId })
})
