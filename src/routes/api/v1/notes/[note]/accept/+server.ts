import { answer, body, done, json, textField } from '../../../answer.ts'
import { noteAsked } from '../note-asked.ts'

const longestText = 20_000

/** Makes a doc of it that the staff member is given from now on; `{"text"}` in other words. */
export const POST = answer(async (event) => {
  const { id, actor } = await noteAsked(event)
  return json({ note: done(await event.locals.services.library.notes.accept(id, actor, textField(await body(event), 'text', longestText))).note })
})
