import { answer, ApiError, body, countField, json, leaseOf, leaseOver, textField } from '../../../answer.ts'

const longestModel = 200

/** Adds what the run used since the last time, and answers with all of it and whether a bound is reached. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const fields = await body(event)
  const { micros = null } = fields
  if (micros !== null && !(typeof micros === 'number' && micros >= 0)) throw new ApiError(400, 'bad_field', '"micros" must be a number of at least 0, or null.')
  const used = await event.locals.services.runs.reportUsage(runId, attempt, {
    model: textField(fields, 'model', longestModel), turns: countField(fields, 'turns', 0), inputTokens: countField(fields, 'inputTokens', 0), outputTokens: countField(fields, 'outputTokens', 0),
    micros: micros === null ? null : Math.round(micros),
  })
  if (!used) throw leaseOver()
  return json(used)
})
