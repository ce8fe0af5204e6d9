import { actorWho, answer, json, workspaceParam } from '../../../answer.ts'
import { filterFrom, numberFrom } from './asked.ts'

const [usually, most] = [50, 200]

/** The record of a workspace, newest first: a page of it, or with `since` what changed in it. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const { activity } = event.locals.services
  const query = event.url.searchParams
  const filter = filterFrom(query)
  const limit = Math.max(1, Math.min(numberFrom(query, 'limit') ?? usually, most))
  const since = numberFrom(query, 'since')
  if (since !== undefined) return json(await activity.news(workspaceId, filter, { since, limit }))
  // Whoever asks for the record finds in it what they did a moment ago.
  await activity.settled()
  return json(await activity.page(workspaceId, filter, { before: numberFrom(query, 'before') ?? null, limit }))
})
