import { actorWho, answer, ApiError, json, workspaceParam } from '../../../answer.ts'

const mostResults = 50

/** Finds what the words and filters in `q` ask for; `zone` is where a day begins, `from` goes on where the page before ended. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const { searchParams } = event.url
  const count = (name: string, standard: number, most: number) => {
    const value = Number(searchParams.get(name) ?? standard)
    if (!Number.isInteger(value) || value < 0 || value > most) throw new ApiError(400, 'bad_field', `"${name}" must be a whole number up to ${most}.`)
    return value
  }
  const found = await event.locals.services.search.find({
    workspaceId: actor.workspaceId, me: actor.id, text: searchParams.get('q') ?? '', zone: searchParams.get('zone') || 'UTC',
    from: count('from', 0, 100_000), limit: count('limit', 20, mostResults),
  })
  if (!found.ok) throw new ApiError(400, found.code, found.message)
  return json(found.page)
})
