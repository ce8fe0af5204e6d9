import { actorWho, answer, ApiError, body, done, json, notFound, runParam } from '../../../answer.ts'

/** Takes back what the run changed in docs, one change or all; what people wrote meanwhile stays. */
export const POST = answer(async (event) => {
  const { runs, runEdits } = event.locals.services
  const row = await runs.find(runParam(event))
  const actor = await actorWho(event, row?.workspace_id, 'edit', 'doc')
  if (!row) throw notFound()
  const { n } = await body(event)
  if (n !== undefined && !Number.isInteger(n)) throw new ApiError(400, 'bad_field', '"n" must be the number of a change.')
  const { edits } = done(await runEdits.undo({ runId: row.id, workspaceId: row.workspace_id }, (n as number | undefined) ?? null, actor))
  return json({ edits })
})
