import type { RequestEvent } from '@sveltejs/kit'
import { actorWho, answer, fileParam, json, notFound } from '../../../answer.ts'

async function pin(event: RequestEvent, pinned: boolean) {
  const { files, library } = event.locals.services
  const file = await files.find(fileParam(event))
  const actor = await actorWho(event, file?.workspaceId, 'edit', 'file')
  if (!file) throw notFound()
  await library.collections.pin(file, pinned, actor.id)
  return json({})
}

/** Pins it: it is easy to find for everybody. */
export const PUT = answer((event) => pin(event, true))
export const DELETE = answer((event) => pin(event, false))
