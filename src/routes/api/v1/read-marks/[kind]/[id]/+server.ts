import type { RequestEvent } from '@sveltejs/kit'
import { mostSeen, readMark } from '#lib/board/read-mark.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import { actorIn, answer, ApiError, body, json, notFound } from '../../../answer.ts'

/** Who asks, and of which mission, doc or chat. */
async function asked(event: RequestEvent) {
  const { kind, id } = event.params as { kind: string; id: string }
  const document = parseDocumentName(`${kind}/${id}`)
  if (document?.kind !== 'mission' && document?.kind !== 'doc' && document?.kind !== 'chat') throw notFound()
  return { actor: await actorIn(event, await event.locals.services.sync.workspaceOf(document)), doc: `${document.kind}/${document.id}` }
}

/** What one has seen of the comments of a mission or doc, or of what is said in a chat. */
export const GET = answer(async (event) => {
  const { actor, doc } = await asked(event)
  return json({ mark: await event.locals.services.readMarks.find(actor.id, doc) })
})

/** Adds what was seen on this device to what is known. */
export const PUT = answer(async (event) => {
  const { actor, doc } = await asked(event)
  const mark = readMark(await body(event), 4 * mostSeen)
  if (!mark) throw new ApiError(400, 'bad_field', '"since" must be a time and "seen" a list of at most 200 ids of comments.')
  const { readMarks, sync } = event.locals.services
  const { mark: stored, isNews } = await readMarks.put(actor.workspaceId, actor.id, doc, mark)
  if (isNews) sync.tell(actor.workspaceId, { kind: 'read', document: doc, mark: stored }, ({ id }) => id === actor.id)
  return json({ mark: stored })
})
