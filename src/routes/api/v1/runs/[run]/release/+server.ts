import { answer, json, leaseOf, leaseOver } from '../../../answer.ts'

/** A worker that stops gives its run back: another takes it up at once, and no worker counts as lost. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  if (!await event.locals.services.runs.release(runId, attempt)) throw leaseOver()
  return json({})
})
