import type { RequestEvent } from '@sveltejs/kit'
import { isId, type NoteId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { actorWho, notFound } from '../../answer.ts'

/** The note that a request is about, and who asks, who may decide about what staff remember. */
export async function noteAsked(event: RequestEvent): Promise<{ id: NoteId; actor: Actor }> {
  const { note: id } = event.params as { note?: string }
  if (!isId(id)) throw notFound()
  return { id: id as NoteId, actor: await actorWho(event, await event.locals.services.library.notes.workspaceOf(id as NoteId), 'edit', 'staff') }
}
