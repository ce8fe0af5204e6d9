import { answer, json } from '../../../answer.ts'
import { staffAsked } from '../../staff-asked.ts'

/** What it would remember, and what it remembers. */
export const GET = answer(async (event) => {
  const { staff } = await staffAsked(event, 'read')
  return json({ notes: await event.locals.services.library.notes.of(staff.id) })
})
