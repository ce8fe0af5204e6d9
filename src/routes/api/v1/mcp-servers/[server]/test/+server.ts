import { can } from '#lib/board/policy.ts'
import { answer, ApiError, json } from '../../../answer.ts'
import { serverAsked } from '../../server-asked.ts'

/** Asks a server for its tools. An owner's word runs it: one that is switched on has that, any other takes an owner. */
export const POST = answer(async (event) => {
  const { actor, row } = await serverAsked(event, 'edit', 'staff')
  if (row.enabled !== 1 && !can(actor, 'manage', { kind: 'workspace', workspaceId: actor.workspaceId })) throw new ApiError(403, 'not_allowed', 'This tool server is switched off. An owner can switch it on.')
  return json(await event.locals.services.mcpServers.attempt(row))
})
