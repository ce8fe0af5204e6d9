import type { RequestEvent } from '@sveltejs/kit'
import { isId, type ActorId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { Staff } from '#lib/board/staff.ts'
import { actorWho, notFound } from '../answer.ts'

/** The staff member that a request is about, and who asks, who may do this with it. */
export async function staffAsked(event: RequestEvent, action: 'read' | 'edit'): Promise<{ actor: Actor; staff: Staff }> {
  const { staff: id } = event.params as { staff?: string }
  if (!isId(id)) throw notFound()
  const found = await event.locals.services.staff.find(id as ActorId)
  const actor = await actorWho(event, found?.workspaceId, action, 'staff')
  if (!found) throw notFound()
  return { actor, staff: found.staff }
}
