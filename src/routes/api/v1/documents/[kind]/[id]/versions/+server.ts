import { limits } from '#lib/board/limits.ts'
import { answer, ApiError, body, json, textField } from '../../../../answer.ts'
import { textHere } from './text-here.ts'

export const GET = answer(async (event) => {
  const { document } = await textHere(event, 'read')
  return json({ versions: await event.locals.services.versions.list(document) })
})

/** Keeps the text as it is now: under a name, or because another version is about to be put in its place. */
export const POST = answer(async (event) => {
  const { document, workspaceId, actor } = await textHere(event, 'edit')
  const fields = await body(event)
  const name = textField(fields, 'name', limits.name)
  if (fields.kind !== undefined && fields.kind !== 'named' && fields.kind !== 'restore') throw new ApiError(400, 'bad_field', '"kind" must be "named" or "restore".')
  const kept = await event.locals.services.versions.keep({ document, workspaceId, kind: fields.kind ?? 'named', name, by: actor.id })
  if (!kept.ok) throw new ApiError(400, kept.code, kept.message)
  return json(kept.version, 201)
})
