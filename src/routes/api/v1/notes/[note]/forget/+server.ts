import { answer, done, json } from '../../../answer.ts'
import { noteAsked } from '../note-asked.ts'

/** Takes an accepted note away; its doc is deleted, and can be brought back. */
export const POST = answer(async (event) => {
  const { id, actor } = await noteAsked(event)
  return json({ note: done(await event.locals.services.library.notes.forget(id, actor)).note })
})
