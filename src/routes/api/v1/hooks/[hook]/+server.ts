import { routineLimits } from '#lib/routines/routine.ts'
import { answer, ApiError, bytesOf, json } from '../../answer.ts'

/** A call from outside that sets a routine off. Nobody signs in for it: the body is signed. */
export const POST = answer(async (event) => {
  const header = (name: string) => event.request.headers.get(name) ?? ''
  const called = await event.locals.services.routines.called({
    id: (event.params as { hook?: string }).hook ?? '', timestamp: header('x-missions-timestamp'), signature: header('x-missions-signature'), body: await bytesOf(event, routineLimits.payload),
  })
  if (!called.ok) throw new ApiError(called.status, called.code, called.message)
  return json({}, 202)
})
