import { entryKinds, type EntryKind } from '#lib/board/run-document.ts'
import { actorWho, answer, ApiError, countAsked, json, notFound, runParam } from '../../../answer.ts'

const [standardPage, longestPage, longestQuery] = [200, 1_000, 500]

/** A page of a run's log: the newest entries, or those before, after or around one, and of these what is asked for. */
export const GET = answer(async (event) => {
  const { runs } = event.locals.services
  const row = await runs.find(runParam(event))
  await actorWho(event, row?.workspace_id, 'read', 'run')
  if (!row) throw notFound()
  const { searchParams } = event.url
  // After nothing at all comes everything.
  const after = searchParams.get('after') === '-1' ? -1 : countAsked(event, 'after')
  const [before, around, limit] = [countAsked(event, 'before'), countAsked(event, 'around'), countAsked(event, 'limit') ?? standardPage]
  if ([before, after, around].filter((cursor) => cursor !== null).length > 1) throw new ApiError(400, 'bad_field', 'Ask for entries "before", "after" or "around" one, not for two of these.')
  const words = (searchParams.get('q') ?? '').slice(0, longestQuery).split(/\s+/).filter(Boolean)
  const kinds = (searchParams.get('kind') ?? '').split(',').filter(Boolean)
  if (!kinds.every((kind) => entryKinds.some((known) => known === kind))) throw new ApiError(400, 'bad_field', `"kind" must be of ${entryKinds.join(', ')}, with commas between.`)
  return json(await runs.entries(row.id, {
    ...before !== null && { before }, ...after !== null && { after }, ...around !== null && { around },
    words, kinds: kinds as EntryKind[], limit: Math.max(1, Math.min(limit, longestPage)),
  }))
})
