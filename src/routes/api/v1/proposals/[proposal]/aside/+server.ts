import { actorWho, answer, body, json } from '../../../answer.ts'
import { decidedOr, proposalParam, proposalPlace } from '../proposal-asked.ts'

/** Puts a proposal aside, or takes it up again. */
export const POST = answer(async (event) => {
  const id = proposalParam(event)
  const workspaceId = await proposalPlace(event, id)
  const actor = await actorWho(event, workspaceId, 'edit', 'proposal')
  const { aside } = await body(event)
  return json({ proposal: decidedOr(await event.locals.services.coo.proposals.setAside(actor.workspaceId, id, aside !== false, actor)) })
})
