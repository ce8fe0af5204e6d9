import { actorWho, answer, ApiError, json, notFound, runParam } from '../../../answer.ts'

export const POST = answer(async (event) => {
  const { runs } = event.locals.services
  const row = await runs.find(runParam(event))
  const actor = await actorWho(event, row?.workspace_id, 'cancel run', 'run')
  if (!row) throw notFound()
  if (!await runs.cancel(row.id, `Cancelled by ${actor.name}.`, actor.id)) throw new ApiError(409, 'finished', 'The run has ended already.')
  return json({ run: { id: row.id, state: 'cancelled' } })
})
