import type { ActorId, InboxItemId, WorkspaceId } from '#lib/board/ids.ts'
import type { InboxChange } from '#lib/inbox/item.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { createFollower, type Follower, type FollowerOptions } from './follower.ts'
import { inboxReader } from './read-inbox.ts'

const lookAgainMs = 60_000
/** What settled is kept for so long. */
const keptMs = 90 * 86_400_000

export type Inbox = ReturnType<typeof createInbox>

/** What waits on each person: found in the documents as they change, kept in a table, told live. */
export function createInbox({ db, log, now, tell, ...options }: Omit<FollowerOptions, 'changed'> & {
  db: Database
  log: Log
  now: () => number
  /** The inbox of this person is not what it was. */
  tell: (workspaceId: WorkspaceId, userId: ActorId) => void
}) {
  const follower: Follower = createFollower({ ...options, db, log, now, changed: tell })
  const read = inboxReader({ db, now })
  let alarm: NodeJS.Timeout | undefined

  /** Brings back what was put off until now, unread, and waits for the next. */
  async function wake() {
    clearTimeout(alarm)
    const woken = await db.updateTable('inbox').set((eb) => ({ woken_at: eb.ref('snoozed_until'), snoozed_until: null, read_at: null }))
      .where('snoozed_until', '<=', now()).returning(['workspace_id', 'user_id']).execute()
    for (const [workspaceId, userId] of new Map(woken.map((row) => [`${row.workspace_id} ${row.user_id}`, [row.workspace_id, row.user_id] as const])).values()) tell(workspaceId, userId)
    const next = await db.selectFrom('inbox').select((eb) => eb.fn.min('snoozed_until').as('at')).where('snoozed_until', 'is not', null).executeTakeFirst()
    alarm = setTimeout(sound, Math.min(lookAgainMs, Math.max(0, Number(next?.at ?? Infinity) - now())))
  }
  const sound = () => void wake().catch((error: unknown) => {
    log.error({ err: error }, 'snoozed items not woken')
    alarm = setTimeout(sound, lookAgainMs)
  })
  sound()
  db.deleteFrom('inbox').where('settled_at', '<', now() - keptMs).execute().catch((error: unknown) => log.error({ err: error }, 'old items not removed'))

  return {
    follow: follower,
    ...read,

    /** Changes items of this person; ids of others change nothing. Answers how many are theirs. */
    async change(workspaceId: WorkspaceId, userId: ActorId, ids: readonly InboxItemId[], { read: isRead, done, snoozedUntil }: InboxChange): Promise<number> {
      const at = now()
      const fields = {
        ...isRead === undefined ? {} : { read_at: isRead ? at : null },
        // Who is done with it, or puts it off, has seen it.
        ...done === undefined ? {} : done ? { done_at: at, read_at: at, snoozed_until: null } : { done_at: null },
        ...snoozedUntil === undefined ? {} : snoozedUntil === null ? { snoozed_until: null } : { snoozed_until: snoozedUntil, woken_at: null, read_at: at, done_at: null },
      }
      if (Object.keys(fields).length === 0 || ids.length === 0) return 0
      const rows = await db.updateTable('inbox').set(fields).where('workspace_id', '=', workspaceId).where('user_id', '=', userId)
        .where('id', 'in', ids).returning('id').execute()
      if (rows.length > 0) tell(workspaceId, userId)
      if (typeof snoozedUntil === 'number') sound()
      return rows.length
    },

    async stop() {
      clearTimeout(alarm)
      await follower.stop()
    },
  }
}
