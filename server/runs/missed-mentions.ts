import { sql } from 'kysely'
import * as Y from 'yjs'
import { readComment } from '#lib/board/comments.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import { changesIn, type Change } from '../sync/accepted.ts'
import type { RunsContext } from './context.ts'
import { mentionsIn, staffIn, type Mention } from './mentions.ts'

/** Whoever is mentioned has begun, or answered, long before so much time has passed. */
const recentMs = 60_000

type Missed = Mention & { since: number }

/**
 * What people asked of staff in the last minute that the log of edits knows, each with when it was accepted. The log alone has all that was
 * acknowledged; who followed what of it is for the caller to find out.
 */
export async function missedMentions({ db, log, workspaceOf, isPerson }: Pick<RunsContext, 'db' | 'log' | 'workspaceOf' | 'isPerson'>): Promise<Missed[]> {
  const { rows: heads } = await sql<{ doc: string; at: number }>`
    select updates.doc, updates.at from (select doc, max(seq) as seq from updates where (doc >= 'mission/' and doc < 'mission0') or (doc >= 'doc/' and doc < 'doc0') group by doc) as head
    join updates on updates.doc = head.doc and updates.seq = head.seq`.execute(db)
  const since = Math.max(0, ...heads.map(({ at }) => at)) - recentMs
  const missed: Missed[] = []
  for (const { doc } of heads.filter(({ at }) => at >= since)) {
    try {
      const name = parseDocumentName(doc)
      const workspaceId = name && await workspaceOf(name)
      if (name && workspaceId) missed.push(...await readRecent(name, doc, workspaceId))
    } catch (error) {
      log.error({ err: error, document: doc }, 'mentions not looked for')
    }
  }
  return missed.sort((a, b) => a.since - b.since)

  async function readRecent(name: DocumentName, doc: string, workspaceId: WorkspaceId): Promise<Missed[]> {
    const snapshot = await db.selectFrom('snapshots').select('data').where('doc', '=', doc).executeTakeFirst()
    const updates = await db.selectFrom('updates').select(['data', 'actor', 'at']).where('doc', '=', doc).orderBy('seq').execute()
    const document = new Y.Doc()
    let changes: readonly Change[] = []
    document.on('afterTransaction', (transaction) => { changes = changesIn(transaction) })
    if (snapshot) Y.applyUpdate(document, snapshot.data)
    const found: Missed[] = []
    for (const { data, actor, at } of updates) {
      changes = []
      Y.applyUpdate(document, data)
      if (at < since) continue
      const author = { kind: 'person', id: actor as ActorId, workspaceId, runId: null } as const
      found.push(...mentionsIn({ name, author, changes }).map((mention) => ({ ...mention, since: at })))
    }
    // What was deleted, or written anew without them, asks nothing any more.
    const standing: Missed[] = []
    for (const mention of found) {
      const asked = staffIn(readComment(document, mention.commentId)?.body)
      const staffIds = mention.staffIds.filter((id) => asked.has(id))
      if (staffIds.length > 0 && await isPerson(workspaceId, mention.by)) standing.push({ ...mention, staffIds })
    }
    return standing
  }
}
