import { actorWho, answer, body, fileParam, json, notFound, textField } from '../../answer.ts'
import { fileOf } from '../../upload.ts'

const longestName = 5_000

/** The file with all of its versions. */
export const GET = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event))
  await actorWho(event, file?.workspaceId, 'read', 'file')
  const entry = file && await files.entry(file.id)
  if (!entry) throw notFound()
  return json(entry)
})

/** `{"name"}` renames it. */
export const PATCH = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event))
  const actor = await actorWho(event, file?.workspaceId, 'edit', 'file')
  if (!file) throw notFound()
  return json(fileOf(await files.rename(file, textField(await body(event), 'name', longestName), actor.id)))
})

export const DELETE = answer(async (event) => {
  const { files } = event.locals.services
  const file = await files.find(fileParam(event))
  const actor = await actorWho(event, file?.workspaceId, 'delete', 'file')
  if (!file) throw notFound()
  await files.remove(file, actor.id)
  return new Response(null, { status: 204 })
})
