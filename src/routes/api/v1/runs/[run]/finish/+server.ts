import { limits } from '#lib/board/limits.ts'
import { runCodes } from '#lib/board/run-record.ts'
import { answer, ApiError, body, choiceField, json, leaseOf, textField } from '../../../answer.ts'

/** Ends a run: `{state: "succeeded", summary}` sends its mission to Review, `{state: "failed", reason, code?}` says why not. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const fields = await body(event)
  const state = choiceField(fields, 'state', ['succeeded', 'failed'])
  const ended = await event.locals.services.runs.finish(runId, attempt, state === 'succeeded'
    ? { state, summary: textField(fields, 'summary', limits.note) }
    : { state, reason: textField(fields, 'reason', limits.note) || 'The worker gave no reason.', ...fields.code !== undefined && { code: choiceField(fields, 'code', runCodes) } })
  if (!ended) throw new ApiError(410, 'lease_over', 'The lease of this run is over.')
  return json({})
})
