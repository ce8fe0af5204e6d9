import { answer, json } from '../../../answer.ts'
import { staffAsked } from '../../staff-asked.ts'

/** Every version of its instructions, newest first. */
export const GET = answer(async (event) => {
  const { staff } = await staffAsked(event, 'read')
  return json({ versions: await event.locals.services.staff.instructionsOf(staff.id) })
})
