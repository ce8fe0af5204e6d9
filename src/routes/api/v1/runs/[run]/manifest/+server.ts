import { answer, body, json, leaseOf } from '../../../answer.ts'

/** Keeps what the run read. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const { sources } = await body(event)
  await event.locals.services.runs.keepManifest(runId, attempt, JSON.stringify({ sources: Array.isArray(sources) ? sources : [] }))
  return json({})
})
