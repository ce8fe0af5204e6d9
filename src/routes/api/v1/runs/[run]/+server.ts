import { actorWho, answer, json, notFound, runParam } from '../../answer.ts'

/** A run and what it read. */
export const GET = answer(async (event) => {
  const row = await event.locals.services.runs.find(runParam(event))
  await actorWho(event, row?.workspace_id, 'read', 'run')
  if (!row) throw notFound()
  const { lease_hash: _lease, manifest, ...run } = row
  return json({ run, manifest: manifest ? JSON.parse(manifest) as unknown : null })
})
