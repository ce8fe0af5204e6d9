import type { RequestEvent } from '@sveltejs/kit'
import { answer, done, fileParam, json, notFound } from '../../../../answer.ts'
import { collectionAsked } from '../../collection-asked.ts'

async function asked(event: RequestEvent) {
  const { id, actor } = await collectionAsked(event)
  const file = await event.locals.services.files.find(fileParam(event))
  if (file?.workspaceId !== actor.workspaceId) throw notFound()
  return { id, actor, file }
}

/** Puts the file into the collection. */
export const PUT = answer(async (event) => {
  const { id, actor, file } = await asked(event)
  done(await event.locals.services.library.collections.put(id, file, actor.id))
  return json({})
})

export const DELETE = answer(async (event) => {
  const { id, actor, file } = await asked(event)
  done(await event.locals.services.library.collections.take(id, file, actor.id))
  return json({})
})
