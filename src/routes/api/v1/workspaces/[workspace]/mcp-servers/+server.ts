import { can } from '#lib/board/policy.ts'
import { actorWho, answer, body, done, json, workspaceParam } from '../../../answer.ts'

/** The servers of tools. How they are started or reached is their owners' business; whoever sets up staff needs their names. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'staff')
  const servers = await event.locals.services.mcpServers.list(actor.workspaceId)
  const isOwner = can(actor, 'manage', { kind: 'workspace', workspaceId: actor.workspaceId })
  return json({ servers: isOwner ? servers : servers.map((server) => ({ ...server, command: '', args: [], url: '', secretNames: [] })) })
})

export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'manage', 'workspace')
  return json({ server: done(await event.locals.services.mcpServers.add(actor.workspaceId, await body(event), actor.id)).server }, 201)
})
