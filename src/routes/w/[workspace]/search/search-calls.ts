import type { WorkspaceId } from '#lib/board/ids.ts'
import type { SearchPage } from '#lib/search/result.ts'
import { timeZone } from '#lib/ui/time-zone.ts'

type Searched = { ok: true; page: SearchPage } | { ok: false; message: string }

const unreachable = 'The server cannot be reached. Searching needs it; what you opened before is still there without.'

/** Asks the server; `signal` gives up. */
export async function search(workspace: WorkspaceId, text: string, from: number, signal: AbortSignal): Promise<Searched> {
  const zone = timeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const query = new URLSearchParams({ q: text, zone, from: String(from) })
  const response = await fetch(`/api/v1/workspaces/${workspace}/search?${query}`, { signal }).catch(() => null)
  if (!response) return { ok: false, message: unreachable }
  const body = await response.json().catch(() => null) as (SearchPage & { error?: { message?: string } }) | null
  return response.ok && body ? { ok: true, page: body } : { ok: false, message: body?.error?.message ?? 'The server could not answer. Try again in a while.' }
}
