import { readFigure } from '#lib/insight/insight.ts'
import { actorWho, answer, ApiError, json, workspaceParam } from '../../../../answer.ts'
import { insightFrom } from '../asked.ts'

/** The missions behind a figure. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const figure = readFigure(event.url.searchParams.get('show') ?? '')
  if (!figure) throw new ApiError(400, 'bad_field', '"show" must be a figure, such as done, column.review, runs.failed, staff.<id>, cost or waiting.review.', 'show')
  return json(await event.locals.services.insight.behind(workspaceId, insightFrom(event.url.searchParams), figure))
})
