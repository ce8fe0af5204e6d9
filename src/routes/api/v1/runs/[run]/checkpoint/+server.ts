import { answer, body, json, leaseOf, leaseOver, textField } from '../../../answer.ts'

/** As `longestCheckpoint` says; in JSON a character takes up to six bytes, and hardly ever more than two. */
const longestCheckpoint = 16_000_000
const longestBody = 40 * 1024 * 1024

/** Keeps where the engine would go on. */
export const PUT = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const checkpoint = textField(await body(event, longestBody), 'checkpoint', longestCheckpoint)
  if (!await event.locals.services.runs.keepCheckpoint(runId, attempt, checkpoint)) throw leaseOver()
  return json({})
})
