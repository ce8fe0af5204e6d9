import { isId } from '#lib/board/ids.ts'
import { actorWho, answer, json, notFound } from '../../../../../answer.ts'
import { decidedOr, proposalParam, proposalPlace } from '../../../proposal-asked.ts'

/** Takes back what the COO changed in an open proposal; what people wrote since stays. */
export const POST = answer(async (event) => {
  const id = proposalParam(event)
  const { change } = event.params
  if (!isId(change)) throw notFound()
  const actor = await actorWho(event, await proposalPlace(event, id), 'edit', 'proposal')
  return json({ proposal: decidedOr(await event.locals.services.coo.refine.undo(actor.workspaceId, id, change, actor)) })
})
