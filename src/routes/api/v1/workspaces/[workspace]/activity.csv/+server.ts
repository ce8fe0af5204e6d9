import { actorWho, answer, workspaceParam } from '../../../answer.ts'
import { filterFrom } from '../activity/asked.ts'

/** The record of a workspace as a table, newest first. */
export const GET = answer(async (event) => {
  const { workspaceId } = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const { activity } = event.locals.services
  const filter = filterFrom(event.url.searchParams)
  await activity.settled()
  return new Response(activity.csv(workspaceId, filter), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="activity-${new Date().toISOString().slice(0, 10)}.csv"`,
      'cache-control': 'no-store',
    },
  })
})
