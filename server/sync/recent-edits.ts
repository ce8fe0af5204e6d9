import { sql } from 'kysely'
import * as Y from 'yjs'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import { applyInTurns } from '../store/slices.ts'
import type { StoreThread } from '../store/store-thread.ts'
import { changesIn, type Change } from './accepted.ts'

/** Whatever follows an edit has begun long before so much time has passed. */
export const recentMs = 60_000

/** An edit as the log has it, just after it was applied to `document`. `actor`: '' for the server. */
type RecentEdit = { document: Y.Doc; changes: readonly Change[]; actor: string; at: number }

/** Reads a document's edits one by one, and after them the document as it is now. */
type RecentReader = { edit(edit: RecentEdit): void; end(document: Y.Doc): Promise<void> }
/** What goes by edits; `null` where none of this document is for it. `what` it is that failed, for the log. */
export type RecentFollower = { what: string; read(name: DocumentName, workspaceId: WorkspaceId): Promise<RecentReader | null> }

const kinds = ['board', 'mission', 'doc'] as const

/** The documents that were edited in the last minute that the log of edits knows, and from when on. */
async function recentlyEdited(db: Database): Promise<{ documents: string[]; since: number }> {
  const { rows: heads } = await sql<{ doc: string; at: number }>`
    select updates.doc, updates.at from (select doc, max(seq) as seq from updates where ${sql.join(kinds.map((kind) => sql`(doc >= ${`${kind}/`} and doc < ${`${kind}0`})`), sql` or `)} group by doc) as head
    join updates on updates.doc = head.doc and updates.seq = head.seq`.execute(db)
  const since = heads.reduce((newest, { at }) => Math.max(newest, at), 0) - recentMs
  return { documents: heads.filter(({ at }) => at >= since).map(({ doc }) => doc), since }
}

/** Goes through a document's edits from `since` on, as they were accepted; resolves with the document as it is now. */
async function replayEdits(db: Database, readSnapshot: StoreThread['readSnapshot'], doc: string, since: number, each: (edit: RecentEdit) => void): Promise<Y.Doc> {
  // First, since a compaction would take them into the snapshot.
  const updates = await db.selectFrom('updates').select(['seq', 'data', 'actor', 'at']).where('doc', '=', doc).orderBy('seq').execute()
  const snapshot = await readSnapshot(doc)
  const document = new Y.Doc()
  let changes: readonly Change[] | null = null
  await applyInTurns(document, snapshot?.slices ?? [])
  const later = updates.filter(({ seq }) => seq > (snapshot?.uptoSeq ?? -1))
  await applyInTurns(document, later.map(({ data }) => data), (apply, at) => {
    const isRecent = later[at]!.at >= since
    if (isRecent) document.once('afterTransaction', (transaction: Y.Transaction) => { changes = changesIn(transaction) })
    apply()
    if (isRecent) each({ document, changes: changes ?? [], actor: later[at]!.actor, at: later[at]!.at })
    changes = null
  })
  return document
}

/**
 * At a start: the log alone has all that was acknowledged, and a crash may have come before what follows an edit. Each document that was edited
 * just before is gone through once, with everybody who cares for it; who followed what already is for them to find out.
 */
export async function followRecentEdits({ db, log, readSnapshot, workspaceOf, followers }: {
  db: Database; log: Log; readSnapshot: StoreThread['readSnapshot']; workspaceOf: (document: DocumentName) => Promise<WorkspaceId | null>; followers: readonly RecentFollower[]
}) {
  const { documents, since } = await recentlyEdited(db)
  for (const doc of documents) {
    const readers = new Set<{ reader: RecentReader; what: string }>()
    // What one of them cannot do is no reason for the others.
    const failed = (what: string) => (error: unknown) => {
      log.error({ err: error, document: doc }, what)
      return null
    }
    try {
      const name = parseDocumentName(doc)
      const workspaceId = name && await workspaceOf(name)
      if (!name || !workspaceId) continue
      for (const { what, read } of followers) {
        const reader = await read(name, workspaceId).catch(failed(what))
        if (reader) readers.add({ reader, what })
      }
      if (readers.size === 0) continue
      const document = await replayEdits(db, readSnapshot, doc, since, (edit) => {
        for (const each of readers) {
          try {
            each.reader.edit(edit)
          } catch (error) {
            readers.delete(each)
            failed(each.what)(error)
          }
        }
      })
      for (const { reader, what } of readers) await reader.end(document).catch(failed(what))
      document.destroy()
    } catch (error) {
      failed('what was edited just before the start is not followed')(error)
    }
  }
}
