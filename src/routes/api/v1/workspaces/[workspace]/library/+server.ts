import { actorWho, answer, ApiError, countAsked, json, workspaceParam } from '../../../answer.ts'
import { libraryFilterFrom } from './asked.ts'

const [usually, most] = [100, 500]

/** The files of a workspace, those with the newest version first: a page of those that the filter lets through. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'file')
  const { files } = event.locals.services.library
  const query = event.url.searchParams
  const given = query.get('after')
  const after = given === null ? null : files.readCursor(given)
  if (given !== null && !after) throw new ApiError(400, 'bad_field', '"after" must be the "next" of a page.', 'after')
  const limit = Math.max(1, Math.min(countAsked(event, 'limit') ?? usually, most))
  return json(await files.page(workspaceId, libraryFilterFrom(query), { after, limit }))
})
