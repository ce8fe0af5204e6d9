import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ActorId, CommentId, MissionId, RunId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { addComment, readComment } from '#lib/board/comments.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { untilAborted } from '../until-aborted.ts'
import { defineTool, said } from './tool.ts'

/** The same call writes the same comment, also when a worker makes it again for one that was lost before it could say so. */
const idOf = (runId: RunId, call: string) => createHash('sha256').update(`${runId} ${call}`).digest('hex').slice(0, 24) as CommentId

/** Writes over the worker's own socket, so that the server knows it for a comment of the staff member, and no rule is passed by. */
export const comment = ({ connection, runId, missionId, staffId }: { connection: Connection; runId: RunId; missionId: MissionId; staffId: ActorId }) => defineTool({
  name: 'comment',
  told: 'Writes a comment on the mission, in your own name, for the people who follow it. Your summary and files are seen anyway: comment only what should be said beside them.',
  args: z.object({ text: z.string().min(1).max(limits.comment).describe('Markdown') }),
  async carryOut({ text }, { id: call, signal }) {
    const document = connection.open(missionDocument(missionId))
    try {
      await untilAborted(document.whenReady(), signal)
      const id = idOf(runId, call)
      if (!readComment(document.doc, id)) addComment(document.doc, { id, by: staffId, body: text }, Date.now())
      await untilAborted(document.whenAcknowledged(), signal)
    } finally {
      connection.close(document)
    }
    return said('The comment is on the mission.')
  },
})
