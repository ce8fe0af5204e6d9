import { actorWho, answer, ApiError, json, notFound, runParam } from '../../../answer.ts'

export const POST = answer(async (event) => {
  const { runs } = event.locals.services
  const row = await runs.find(runParam(event))
  const actor = await actorWho(event, row?.workspace_id, 'start run', 'run')
  if (!row) throw notFound()
  const started = await runs.retry(row.id, actor.id)
  if (!started.ok) throw new ApiError(409, started.code, started.message)
  return json({ run: { id: started.runId } }, 201)
})
