import { actorWho, answer, body, json, textField } from '../../../answer.ts'
import { limits } from '#lib/board/limits.ts'
import { decidedOr, proposalParam, proposalPlace } from '../proposal-asked.ts'

/** Declines a proposal; `reason` says why. */
export const POST = answer(async (event) => {
  const id = proposalParam(event)
  const workspaceId = await proposalPlace(event, id)
  const actor = await actorWho(event, workspaceId, 'edit', 'proposal')
  const reason = textField(await body(event), 'reason', limits.note)
  return json({ proposal: decidedOr(await event.locals.services.coo.proposals.decline(actor.workspaceId, id, reason, actor)) })
})
