import { createHash } from 'node:crypto'
import { readComment } from '#lib/board/comments.ts'
import type { CommentId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { escapeMarkdown, markdownLink } from '#lib/editor/escape-markdown.ts'
import type { Proposals } from '../coo/proposals.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import { documentOf, type ProposeFromComment } from '../runs/mentions.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'

const longestTitle = 90

/** The same comment asks the same staff member for the same mission, however often it is found. */
const idOf = (commentId: CommentId, staffId: string) => createHash('sha256').update(`${commentId} ${staffId}`).digest('hex').slice(0, 24) as MissionId

/** Who is mentioned is whom the mission is for: the title says the rest. */
function titleOf(body: string): string {
  const words = withoutMarks(body.replace(/\[@[^\]]*\]\(missions:\/\/[^)]*\)/g, ' ')).replace(/\s+/g, ' ').replace(/^[\s,:;–-]+|^(please|pls)[\s,]+/gi, '').trim()
  const [sentence = ''] = words.split(/(?<=[.!?…])\s/)
  const short = sentence.length > longestTitle ? `${sentence.slice(0, longestTitle).replace(/\s+\S*$/, '')} …` : sentence.replace(/[.]$/, '')
  return short.charAt(0).toLocaleUpperCase() + short.slice(1)
}

/** Puts the mission that a comment on a doc asks of a staff member before people: its words, what they are about, and where they stand. */
export const createProposeFromComment = ({ db, documents, proposals }: { db: Database; documents: Documents; proposals: Pick<Proposals, 'propose'> }): ProposeFromComment =>
  async ({ workspaceId, place, commentId }, staffId) => {
    const id = idOf(commentId, staffId)
    const known = await db.selectFrom('proposals').select('id').where('id', '=', id).executeTakeFirst()
    const comment = await documents.read(documentOf(place), (doc) => readComment(doc, commentId))
    if (known || !comment) return null
    const doc = await db.selectFrom('docs').select(['title', 'project_id']).where('id', '=', place.id as DocId).executeTakeFirst()
    const project = doc ? null : await db.selectFrom('projects').select(['id', 'name']).where('id', '=', place.id as ProjectId).executeTakeFirst()
    const named = doc ? doc.title || 'Untitled' : `The brief of ${project?.name ?? 'the project'}`
    const where = doc ? markdownLink(named, referenceUrl({ kind: 'doc', id: place.id as DocId })) : escapeMarkdown(named)
    const title = titleOf(comment.body) || `Look at “${named}”`
    const description = [comment.body, ...comment.quote ? [`About these words in ${where}:`, comment.quote.text.replace(/^/gm, '> ')] : [`Asked in a comment on ${where}.`]].join('\n\n')
    await proposals.propose(workspaceId, [{
      id, title, description, by: staffId, origin: { kind: 'doc', docId: place.id, commentId },
      projectId: doc?.project_id ?? project?.id ?? null, assigneeId: staffId, autoRun: true, ...doc ? { context: [referenceUrl({ kind: 'doc', id: place.id as DocId })] } : {},
    }], { kind: 'staff' })
    return { title }
  }
