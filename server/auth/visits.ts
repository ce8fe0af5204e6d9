import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { AuthContext } from './context.ts'
import { hashSecret } from './secrets.ts'

/** Nobody needs to know it more exactly, and it is written down so often at most. */
const exactToMs = 60_000
const mostRemembered = 10_000

/** Remembers when a thing was last written down, so that it is written once a minute and not at every request. */
function onceAMinute(now: () => number) {
  const written = new Map<string, number>()
  return (key: string): boolean => {
    const at = now()
    if (at - (written.get(key) ?? -Infinity) < exactToMs) return false
    if (written.size >= mostRemembered) written.clear()
    written.set(key, at)
    return true
  }
}

/** Where a request comes from, as its sender tells it. */
export type Device = { userAgent: string | null; address: string | null }

const longestUserAgent = 400

export function visits({ db: first, behind: db = first, now }: AuthContext) {
  const isDue = onceAMinute(now)
  return {
    /** Somebody did something in a workspace. */
    async visited(workspaceId: WorkspaceId, userId: ActorId): Promise<void> {
      if (!isDue(`${workspaceId} ${userId}`)) return
      await db.insertInto('member_visits').values({ workspace_id: workspaceId, user_id: userId, at: now() })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ at: now() })).execute()
    },

    /** A session was used, from there. */
    async sessionUsed(sessionId: string, { userAgent, address }: Device): Promise<void> {
      const storedId = hashSecret(sessionId)
      if (!isDue(storedId)) return
      await db.updateTable('sessions').set({ last_seen_at: now(), user_agent: userAgent?.slice(0, longestUserAgent) ?? null, address })
        .where('id', '=', storedId).execute()
    },
  }
}
