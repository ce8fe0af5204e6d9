import { answer, done, json } from '../../../answer.ts'
import { routineAsked } from '../../routine-asked.ts'

/** Runs it now, beside what sets it off otherwise. */
export const POST = answer(async (event) => {
  const { actor, routine } = await routineAsked(event, 'edit')
  done(await event.locals.services.routines.runNow(routine.id, actor.id))
  return json({}, 202)
})
