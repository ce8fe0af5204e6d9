import { answer, ApiError, json, leaseOf } from '../../../answer.ts'

export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  if (!await event.locals.services.runs.heartbeat(runId, attempt)) throw new ApiError(410, 'lease_over', 'The lease of this run is over.')
  return json({})
})
