import { actorWho, answer, json, notFound, runParam } from '../../../answer.ts'

/** What the run changed in docs. */
export const GET = answer(async (event) => {
  const { runs, runEdits } = event.locals.services
  const row = await runs.find(runParam(event))
  await actorWho(event, row?.workspace_id, 'read', 'run')
  if (!row) throw notFound()
  return json({ edits: await runEdits.list(row.id) })
})
