import { addComment, readComment, readComments } from '#lib/board/comments.ts'
import type { ActorId, CommentId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { newId } from '../new-id.ts'
import type { RunsContext } from './context.ts'

/** `document`: of a mission or a doc. */
export type Speaker = { workspaceId: WorkspaceId; document: string; staffId: ActorId }

/** Staff say by themselves, in comments, what nobody would see otherwise. */
export function createSpeak({ documents, now, staffName }: Pick<RunsContext, 'documents' | 'now' | 'staffName'>) {
  return {
    /** `replyTo`: the comment that is answered; nothing is said to one that is gone. */
    async say({ workspaceId, document, staffId }: Speaker, body: string, replyTo: CommentId | null = null) {
      const name = await staffName(staffId)
      await documents.edit(document, (doc) => {
        const asked = replyTo && readComment(doc, replyTo)
        if (replyTo && !asked) return
        const first = asked && asked.replyTo ? readComment(doc, asked.replyTo) : asked
        const thread = asked && { replyTo: asked.replyTo ?? asked.id, threadAt: first?.createdAt ?? asked.threadAt ?? asked.createdAt }
        addComment(doc, { id: newId<CommentId>(), by: staffId, body, ...thread }, now())
      }, { kind: 'staff', id: staffId, name, workspaceId, runId: null })
    },

    /** Whether a staff member has said something on a mission since then. */
    hasSpoken: (missionId: MissionId, staffId: ActorId, since: number) =>
      documents.read(missionDocument(missionId), (doc) => readComments(doc).some(({ by, createdAt }) => by === staffId && createdAt >= since)),

    /** Whether a staff member has said something in the thread of this comment since then. */
    hasAnswered: ({ document, staffId }: Speaker, commentId: CommentId, since: number) => documents.read(document, (doc) => {
      const thread = readComment(doc, commentId)?.replyTo ?? commentId
      return readComments(doc).some(({ by, replyTo, createdAt }) => by === staffId && replyTo === thread && createdAt >= since)
    }),
  }
}

export type Speak = ReturnType<typeof createSpeak>
