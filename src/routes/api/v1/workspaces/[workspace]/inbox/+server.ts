import type { InboxItemId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import { can } from '#lib/board/policy.ts'
import { inboxLists } from '#lib/inbox/item.ts'
import { actorWho, answer, ApiError, body, json, workspaceParam } from '../../../answer.ts'
import { changeField } from './change.ts'

const mostAtOnce = 500

/** What waits on whoever asks. */
export const GET = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const list = inboxLists.find((known) => known === (event.url.searchParams.get('list') ?? 'waiting'))
  if (!list) throw new ApiError(400, 'bad_field', `"list" must be one of ${inboxLists.join(', ')}.`)
  const mayEdit = can(actor, 'edit', { kind: 'mission', workspaceId: actor.workspaceId })
  return json(await event.locals.services.inbox.list({ workspaceId: actor.workspaceId, userId: actor.id, mayEdit }, list, event.url.searchParams.get('before')))
})

/** Changes several items alike. */
export const PATCH = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'read', 'workspace')
  const { items, ...fields } = await body(event)
  if (!Array.isArray(items) || items.length > mostAtOnce || !items.every(isId)) throw new ApiError(400, 'bad_field', `"items" must be a list of at most ${mostAtOnce} ids.`)
  const change = changeField(fields, Date.now())
  return json({ changed: await event.locals.services.inbox.change(actor.workspaceId, actor.id, items as InboxItemId[], change) })
})
