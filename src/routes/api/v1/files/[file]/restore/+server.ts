import { actorWho, answer, fileParam, json, notFound } from '../../../answer.ts'
import { fileOf } from '../../../upload.ts'

/** Brings a deleted file back, with all of its versions. */
export const POST = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event), { deleted: true })
  const actor = await actorWho(event, file?.workspaceId, 'delete', 'file')
  if (!file) throw notFound()
  return json(fileOf(await files.restore(file, actor.id)))
})
