import { actorWho, answer, fileParam, notFound } from '../../answer.ts'

export const DELETE = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event))
  await actorWho(event, file?.workspaceId, 'delete', 'file')
  if (!file) throw notFound()
  await files.remove(file)
  return new Response(null, { status: 204 })
})
