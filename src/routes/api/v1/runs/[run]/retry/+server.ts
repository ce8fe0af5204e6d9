import { limits } from '#lib/board/limits.ts'
import { actorWho, answer, ApiError, body, json, notFound, runParam, textField } from '../../../answer.ts'

/** Runs again, beside the old run: with the words that it had, and `note`, what is different now. */
export const POST = answer(async (event) => {
  const { runs } = event.locals.services
  const row = await runs.find(runParam(event))
  const actor = await actorWho(event, row?.workspace_id, 'start run', 'run')
  if (!row) throw notFound()
  const started = await runs.retry(row.id, actor.id, textField(await body(event), 'note', limits.note))
  if (!started.ok) throw new ApiError(started.code === 'not_found' ? 404 : 409, started.code, started.message)
  return json({ run: { id: started.runId } }, 201)
})
