import type { RequestEvent } from '@sveltejs/kit'
import { isId, type MissionId } from '#lib/board/ids.ts'
import type { Decided } from '../../../../../../server/coo/proposals.ts'
import { ApiError, notFound } from '../../answer.ts'

export function proposalParam({ params }: RequestEvent): MissionId {
  if (!isId(params.proposal)) throw notFound()
  return params.proposal as MissionId
}

export const proposalPlace = ({ locals }: RequestEvent, id: MissionId) => locals.services.coo.proposals.workspaceOf(id)

/** The proposal as it is now; an error where somebody else was first. */
export function decidedOr(decided: Decided) {
  if (decided.ok) return decided.proposal
  throw new ApiError(decided.code === 'decided' ? 409 : 404, decided.code, decided.message)
}
