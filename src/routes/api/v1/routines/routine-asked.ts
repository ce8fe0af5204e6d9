import type { RequestEvent } from '@sveltejs/kit'
import { isId, type RoutineId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { Routine } from '#lib/routines/routine.ts'
import { actorWho, notFound } from '../answer.ts'

/** The routine that a request is about, and who asks, who may do this with it. */
export async function routineAsked(event: RequestEvent, action: 'read' | 'edit' | 'manage'): Promise<{ actor: Actor; routine: Routine }> {
  const { routine: id } = event.params as { routine?: string }
  if (!isId(id)) throw notFound()
  const found = await event.locals.services.routines.find(id as RoutineId)
  const actor = await actorWho(event, found?.workspaceId, action, 'routine')
  if (!found) throw notFound()
  return { actor, routine: found.routine }
}
