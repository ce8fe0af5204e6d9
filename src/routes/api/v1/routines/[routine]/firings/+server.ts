import { answer, countAsked, json } from '../../../answer.ts'
import { routineAsked } from '../../routine-asked.ts'

/** What it did, newest first; `before` a moment, those before. */
export const GET = answer(async (event) => {
  const { routine } = await routineAsked(event, 'read')
  return json({ firings: await event.locals.services.routines.firings(routine.id, countAsked(event, 'before') ?? undefined) })
})
