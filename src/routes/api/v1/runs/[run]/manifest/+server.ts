import { answer, body, json, leaseOf } from '../../../answer.ts'

/** Keeps what the run read, and how much of the room for it that took. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const { sources, budget } = await body(event)
  const { tokens, room } = typeof budget === 'object' && budget !== null ? budget as Record<string, unknown> : {}
  await event.locals.services.runs.keepManifest(runId, attempt, JSON.stringify({
    sources: Array.isArray(sources) ? sources : [],
    ...typeof tokens === 'number' && typeof room === 'number' && { budget: { tokens, room } },
  }))
  return json({})
})
