import { answer, body, done, json, textField } from '../../answer.ts'
import { collectionAsked } from './collection-asked.ts'

const longestName = 1_000

/** `{"name"}` renames it. */
export const PATCH = answer(async (event) => {
  const { id, actor } = await collectionAsked(event)
  return json({ collection: done(await event.locals.services.library.collections.rename(id, textField(await body(event), 'name', longestName), actor.id)).collection })
})

/** The files in it stay where they are. */
export const DELETE = answer(async (event) => {
  const { id, actor } = await collectionAsked(event)
  await event.locals.services.library.collections.remove(id, actor.id)
  return json({})
})
