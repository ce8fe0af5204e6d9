import { answer, ApiError, json, leaseOf, notFound } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

const longestCall = 200

/** The body is the artifact, as it is; `?name=` says what it is called, `&call=` which call of a tool makes it: again with the same one, nothing is made twice. */
export const POST = answer(async (event) => {
  const { actor, runId } = await leaseOf(event)
  const call = event.url.searchParams.get('call')
  if (call !== null && call.length > longestCall) throw new ApiError(400, 'bad_field', `"call" has at most ${longestCall} characters.`)
  const row = await event.locals.services.runs.find(runId)
  if (!row) throw notFound()
  return json(await storeUpload(event, { workspaceId: actor.workspaceId, owner: { kind: 'mission', id: row.mission_id }, kind: 'artifact', by: actor.id, runId, call, mayStill: () => leaseOf(event) }), 201)
})
