import { isId, type InboxItemId } from '#lib/board/ids.ts'
import { actorWho, answer, body, json, notFound, workspaceParam } from '../../../../answer.ts'
import { changeField } from '../change.ts'

/** Read, done, put off: one's own items only. */
export const PATCH = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const { item } = event.params as { item: string }
  if (!isId(item)) throw notFound()
  const change = changeField(await body(event), Date.now())
  if (await event.locals.services.inbox.change(actor.workspaceId, actor.id, [item as InboxItemId], change) === 0) throw notFound()
  return json({})
})
