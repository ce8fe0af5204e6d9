import { answer, ApiError, body, done, json } from '../../../answer.ts'
import { staffAsked } from '../../staff-asked.ts'

export const POST = answer(async (event) => {
  const { actor, staff } = await staffAsked(event, 'edit')
  const { paused } = await body(event)
  if (typeof paused !== 'boolean') throw new ApiError(400, 'bad_field', '"paused" must be true or false.')
  return json({ staff: done(await event.locals.services.staff.pause(staff.id, paused, actor.id)).staff })
})
