import type { Selectable } from 'kysely'
import type { ActorId, InboxItemId, WorkspaceId } from '#lib/board/ids.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Reason } from './reason.ts'

export type Settled = Selectable<Tables['inbox']>

type Kept = {
  workspaceId: WorkspaceId
  /** All there are in these sources now. */
  reasons: readonly Reason[]
  source: (reason: Reason) => string
  sources: readonly string[]
  /** A sentence for a person: why the reason of this item is gone. */
  why: (gone: Settled) => Promise<string>
}

const nameOf = ({ userId, reason }: Pick<Reason, 'userId' | 'reason'>) => `${userId} ${reason}`

/**
 * Makes the items of some sources what the reasons are: new ones come in, those whose reason is gone settle, and one whose reason
 * is back waits again. What a person did with an item stays as long as its reason does.
 */
export function createKeepReasons({ db, now, changed }: { db: Database; now: () => number; changed: (workspaceId: WorkspaceId, userId: ActorId) => void }) {
  return async ({ workspaceId, reasons, source, sources, why }: Kept) => {
    const rows = await db.selectFrom('inbox').selectAll().where('workspace_id', '=', workspaceId).where('source', 'in', sources).execute()
    const known = new Map(rows.map((row) => [nameOf({ userId: row.user_id, reason: row.reason }), row]))
    const wanted = new Map(reasons.map((reason) => [nameOf(reason), reason]))
    const told = new Set<ActorId>()
    const at = now()

    for (const [name, reason] of wanted) {
      const row = known.get(name)
      const said = { kind: reason.kind, place: reason.place, by_id: reason.by, words: reason.words }
      if (!row) {
        await db.insertInto('inbox').values({
          id: newId<InboxItemId>(), workspace_id: workspaceId, user_id: reason.userId, reason: reason.reason, source: source(reason),
          mission_id: reason.missionId, doc_id: reason.docId, ...said,
          since: at, read_at: null, done_at: null, snoozed_until: null, woken_at: null, settled_at: null, settled_why: '',
        }).onConflict((conflict) => conflict.columns(['workspace_id', 'user_id', 'reason']).doNothing()).execute()
      } else if (row.settled_at !== null) {
        const again = { since: at, read_at: null, done_at: null, snoozed_until: null, woken_at: null, settled_at: null, settled_why: '' }
        await db.updateTable('inbox').set({ ...said, ...again }).where('id', '=', row.id).execute()
      } else if (row.words !== reason.words || row.kind !== reason.kind || row.place !== reason.place) {
        await db.updateTable('inbox').set(said).where('id', '=', row.id).execute()
      } else continue
      told.add(reason.userId)
    }
    for (const [name, row] of known) {
      if (wanted.has(name) || row.settled_at !== null) continue
      await db.updateTable('inbox').set({ settled_at: at, settled_why: await why(row) }).where('id', '=', row.id).execute()
      told.add(row.user_id)
    }
    for (const userId of told) changed(workspaceId, userId)
  }
}

export type KeepReasons = ReturnType<typeof createKeepReasons>

/** A mission or doc that is gone: nothing in it waits. */
export async function settleSource(db: Database, keep: KeepReasons, source: string, why: string) {
  const row = await db.selectFrom('inbox').select('workspace_id').where('source', '=', source).where('settled_at', 'is', null).executeTakeFirst()
  if (row) await keep({ workspaceId: row.workspace_id, reasons: [], source: () => source, sources: [source], why: async () => why })
}
