import { answer, ApiError, json, leaseOf, leaseOver } from '../../../answer.ts'

/** Lets go of the run until people have answered what it asked; it comes back by a claim, to whoever takes it then. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const waits = await event.locals.services.runs.wait(runId, attempt)
  if (waits === null) throw leaseOver()
  if (!waits) throw new ApiError(409, 'nothing_asked', 'The run has asked nothing that it could wait for.')
  return json({})
})
