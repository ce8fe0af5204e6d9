import type { InboxItemId, WorkspaceId } from '#lib/board/ids.ts'
import type { InboxChange, InboxList, InboxPage } from '#lib/inbox/item.ts'

const url = (workspace: WorkspaceId) => `/api/v1/workspaces/${workspace}/inbox`

/** `null`: the server cannot be reached, or could not answer. */
export async function readInbox(workspace: WorkspaceId, list: InboxList, before: string | null = null): Promise<InboxPage | null> {
  const response = await fetch(`${url(workspace)}?list=${list}${before ? `&before=${before}` : ''}`).catch(() => null)
  if (!response?.ok) return null
  return await response.json().catch(() => null) as InboxPage | null
}

/** False: nothing was changed. */
export async function changeInbox(workspace: WorkspaceId, items: readonly InboxItemId[], change: InboxChange): Promise<boolean> {
  const response = await fetch(url(workspace), {
    method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items, ...change }),
  }).catch(() => null)
  return response?.ok ?? false
}
