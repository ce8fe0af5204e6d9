import { actorWho, answer, fileParam, json, notFound } from '../../../answer.ts'

/** Where the file is used, and what each of its versions came from. */
export const GET = answer(async (event) => {
  const { files, library } = event.locals.services
  const file = await files.find(fileParam(event))
  await actorWho(event, file?.workspaceId, 'read', 'file')
  if (!file) throw notFound()
  return json(await library.usesOf(file))
})
