import { limits } from '#lib/board/limits.ts'
import { answer, ApiError, body, json, leaseOf, textField } from '../../../answer.ts'

/** Ends a run: `{state: "succeeded", summary}` sends its mission to Review, `{state: "failed", reason}` says why not. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const fields = await body(event)
  if (fields.state !== 'succeeded' && fields.state !== 'failed') throw new ApiError(400, 'bad_field', '"state" must be "succeeded" or "failed".')
  const ended = await event.locals.services.runs.finish(runId, attempt, fields.state === 'succeeded'
    ? { state: 'succeeded', summary: textField(fields, 'summary', limits.note) }
    : { state: 'failed', reason: textField(fields, 'reason', limits.note) || 'The worker gave no reason.' })
  if (!ended) throw new ApiError(410, 'lease_over', 'The lease of this run is over.')
  return json({})
})
