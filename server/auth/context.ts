import type { Transaction } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { LimitName, Limits } from '../limits.ts'
import type { Doer } from '#lib/activity/entry.ts'
import type { Happening } from '../activity/happening.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Refusal } from './refusal.ts'

export type AuthContext = {
  db: Database
  /** For what is only noted and can wait; `db` where it is left out. */
  behind?: Database
  /** The standard ones where it is left out. */
  limits?: Limits
  /** Somebody tried to sign in too often. */
  onThrottled?: (limit: LimitName) => void
  /** Whether browsers reach us over https: their cookies then never travel without it. */
  secureCookies: boolean
  /** Epoch milliseconds. */
  now: () => number
  /** Adds to the record of activity. */
  record?: (happening: Happening) => void
  /** Who does what nobody signed in does. */
  otherwise?: Doer
  /** Somebody's rights in a workspace, or everybody's (`null`), became other or less: whatever they have open must ask again. */
  onAccessChanged: (change: { workspaceId: WorkspaceId; actorId: ActorId | null }) => void | Promise<void>
  /** The people and staff of a workspace, as `directoryEntries` tells them, are not the same any more. */
  onDirectoryChanged: (workspaceId: WorkspaceId) => void | Promise<void>
}

class RolledBack extends Error {
  refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/**
 * Runs `work` in one transaction; a refusal takes back what it wrote. `work` awaits nothing but the database, so that it is over before
 * the event loop turns and the update log commits.
 */
export async function transact<Done extends { ok: true }>(
  db: Database,
  work: (transaction: Transaction<Tables>) => Promise<Done | Refusal>,
): Promise<Done | Refusal> {
  try {
    return await db.transaction().execute(async (transaction) => {
      const outcome = await work(transaction)
      if (!outcome.ok) throw new RolledBack(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal
    throw error
  }
}
