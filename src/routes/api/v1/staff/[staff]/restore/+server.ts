import { answer, done, json } from '../../../answer.ts'
import { staffAsked } from '../../staff-asked.ts'

export const POST = answer(async (event) => {
  const { actor, staff } = await staffAsked(event, 'edit')
  return json({ staff: done(await event.locals.services.staff.restore(staff.id, actor.id)).staff })
})
