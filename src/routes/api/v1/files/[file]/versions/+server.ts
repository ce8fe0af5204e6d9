import { actorWho, answer, fileParam, json, notFound } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

/** The body is the new version, as it is. */
export const POST = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event))
  const mayUpload = () => actorWho(event, file?.workspaceId, 'upload', 'file')
  const actor = await mayUpload()
  if (!file) throw notFound()
  const { workspaceId, owner, kind, id, name } = file
  return json(await storeUpload(event, { workspaceId, owner, kind, fileId: id, by: actor.id, runId: null, mayStill: mayUpload }, name), 201)
})
