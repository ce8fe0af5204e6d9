import type { RequestEvent } from '@sveltejs/kit'
import { isId } from '#lib/board/ids.ts'
import type { Action } from '#lib/board/policy.ts'
import { actorWho, notFound } from '../answer.ts'

/** The server of tools that a request is about, and who asks, who may do this. */
export async function serverAsked(event: RequestEvent, action: Action, kind: 'workspace' | 'staff') {
  const { server: id } = event.params as { server?: string }
  const row = isId(id) ? await event.locals.services.mcpServers.find(id) : undefined
  const actor = await actorWho(event, row?.workspace_id, action, kind)
  if (!row) throw notFound()
  return { actor, row }
}
