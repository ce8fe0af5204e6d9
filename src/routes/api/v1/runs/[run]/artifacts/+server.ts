import { answer, json, leaseOf, notFound } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

/** The body is the artifact, as it is; `?name=` says what it is called. */
export const POST = answer(async (event) => {
  const { actor, runId } = await leaseOf(event)
  const row = await event.locals.services.runs.find(runId)
  if (!row) throw notFound()
  return json(await storeUpload(event, { workspaceId: actor.workspaceId, owner: { kind: 'mission', id: row.mission_id }, kind: 'artifact', by: actor.id, runId, mayStill: () => leaseOf(event) }), 201)
})
