import type { RequestEvent } from '@sveltejs/kit'
import { isId, type CollectionId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { actorWho, notFound } from '../../answer.ts'

/** The collection that a request is about, and who asks, who may change it. */
export async function collectionAsked(event: RequestEvent): Promise<{ id: CollectionId; actor: Actor }> {
  const { collection: id } = event.params as { collection?: string }
  if (!isId(id)) throw notFound()
  const actor = await actorWho(event, await event.locals.services.library.collections.workspaceOf(id as CollectionId), 'edit', 'file')
  return { id: id as CollectionId, actor }
}
