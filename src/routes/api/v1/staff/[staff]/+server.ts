import { answer, body, done, json } from '../../answer.ts'
import { staffAsked } from '../staff-asked.ts'

/** A staff member, and how its work went. */
export const GET = answer(async (event) => {
  const { staff } = await staffAsked(event, 'read')
  return json({ staff, record: await event.locals.services.staff.recordOf(staff.id) })
})

export const PATCH = answer(async (event) => {
  const { actor, staff } = await staffAsked(event, 'edit')
  return json({ staff: done(await event.locals.services.staff.edit(staff.id, actor.workspaceId, await body(event), actor.id)).staff })
})

/** Archives it: what it did stays, and it can be restored. */
export const DELETE = answer(async (event) => {
  const { actor, staff } = await staffAsked(event, 'edit')
  return json({ staff: done(await event.locals.services.staff.archive(staff.id, actor.id)).staff })
})
