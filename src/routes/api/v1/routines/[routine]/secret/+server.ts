import { answer, body, choiceField, done, json } from '../../../answer.ts'
import { routineAsked } from '../../routine-asked.ts'

/** Makes the secret anew that calls are signed with, and says it this once; the one before is void. */
export const POST = answer(async (event) => {
  const { actor, routine } = await routineAsked(event, 'manage')
  const way = choiceField(await body(event), 'for', ['incoming', 'outgoing'])
  const { secret, routine: after } = done(await event.locals.services.routines.renewSecret(routine.id, way, actor.id))
  return json({ secret, routine: after }, 201)
})
