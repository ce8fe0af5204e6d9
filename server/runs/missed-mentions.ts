import { readComment } from '#lib/board/comments.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import { recentlyEdited, replayEdits } from '../sync/recent-edits.ts'
import type { RunsContext } from './context.ts'
import { mentionsIn, staffIn, type Mention } from './mentions.ts'

type Missed = Mention & { since: number }

/**
 * What people asked of staff in the last minute that the log of edits knows, each with when it was accepted. The log alone has all that was
 * acknowledged; who followed what of it is for the caller to find out.
 */
export async function missedMentions({ db, log, workspaceOf, isPerson }: Pick<RunsContext, 'db' | 'log' | 'workspaceOf' | 'isPerson'>): Promise<Missed[]> {
  const { documents, since } = await recentlyEdited(db, ['mission', 'doc'])
  const missed: Missed[] = []
  for (const doc of documents) {
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
    const found: Missed[] = []
    const document = await replayEdits(db, doc, since, ({ changes, actor, at }) => {
      const author = { kind: 'person', id: actor as ActorId, workspaceId, runId: null } as const
      found.push(...mentionsIn({ name, author, changes }).map((mention) => ({ ...mention, since: at })))
    })
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
