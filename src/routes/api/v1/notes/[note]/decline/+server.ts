import { answer, done, json } from '../../../answer.ts'
import { noteAsked } from '../note-asked.ts'

/** It is not proposed again in the same words. */
export const POST = answer(async (event) => {
  const { id, actor } = await noteAsked(event)
  return json({ note: done(await event.locals.services.library.notes.decline(id, actor)).note })
})
