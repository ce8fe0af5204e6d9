import { answer, body, done, json } from '../../answer.ts'
import { routineAsked } from '../routine-asked.ts'

/** A routine, and what it did, newest first. */
export const GET = answer(async (event) => {
  const { routine } = await routineAsked(event, 'read')
  return json({ routine, firings: await event.locals.services.routines.firings(routine.id) })
})

export const PATCH = answer(async (event) => {
  const { actor, routine } = await routineAsked(event, 'edit')
  return json({ routine: done(await event.locals.services.routines.edit(routine.id, await body(event), actor.id)).routine })
})

/** Deletes it: what it made stays. */
export const DELETE = answer(async (event) => {
  const { actor, routine } = await routineAsked(event, 'edit')
  done(await event.locals.services.routines.remove(routine.id, actor.id))
  return json({})
})
