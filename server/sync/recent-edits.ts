import { sql } from 'kysely'
import * as Y from 'yjs'
import type { Database } from '../store/database.ts'
import { changesIn, type Change } from './accepted.ts'

/** Whatever follows an edit has begun long before so much time has passed. */
export const recentMs = 60_000

/** An edit as the log has it, just after it was applied to `document`. `actor`: '' for the server. */
export type RecentEdit = { document: Y.Doc; changes: readonly Change[]; actor: string; at: number }

/**
 * The documents of these kinds that were edited in the last minute that the log of edits knows, and from when on. The log alone has all that was
 * acknowledged: what a crash kept from being followed is found there.
 */
export async function recentlyEdited(db: Database, kinds: readonly ('board' | 'mission' | 'doc')[]): Promise<{ documents: string[]; since: number }> {
  const { rows: heads } = await sql<{ doc: string; at: number }>`
    select updates.doc, updates.at from (select doc, max(seq) as seq from updates where ${sql.join(kinds.map((kind) => sql`(doc >= ${`${kind}/`} and doc < ${`${kind}0`})`), sql` or `)} group by doc) as head
    join updates on updates.doc = head.doc and updates.seq = head.seq`.execute(db)
  const since = heads.reduce((newest, { at }) => Math.max(newest, at), 0) - recentMs
  return { documents: heads.filter(({ at }) => at >= since).map(({ doc }) => doc), since }
}

/** Goes through a document's edits from `since` on, as they were accepted; resolves with the document as it is now. */
export async function replayEdits(db: Database, doc: string, since: number, each: (edit: RecentEdit) => void): Promise<Y.Doc> {
  const snapshot = await db.selectFrom('snapshots').select('data').where('doc', '=', doc).executeTakeFirst()
  const updates = await db.selectFrom('updates').select(['data', 'actor', 'at']).where('doc', '=', doc).orderBy('seq').execute()
  const document = new Y.Doc()
  let changes: readonly Change[] | null = null
  if (snapshot) Y.applyUpdate(document, snapshot.data)
  for (const { data, actor, at } of updates) {
    const isRecent = at >= since
    if (isRecent) document.once('afterTransaction', (transaction: Y.Transaction) => { changes = changesIn(transaction) })
    Y.applyUpdate(document, data)
    if (isRecent) each({ document, changes: changes ?? [], actor, at })
    changes = null
  }
  return document
}
