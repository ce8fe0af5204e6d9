import { z } from 'zod'
import type { ActorId, CommentId, MissionId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { addComment } from '#lib/board/mission-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { newId } from '../../new-id.ts'
import { untilAborted } from '../until-aborted.ts'
import { defineTool, said } from './tool.ts'

/** Writes over the worker's own socket, so that the server knows it for a comment of the staff member, and no rule is passed by. */
export const comment = ({ connection, missionId, staffId }: { connection: Connection; missionId: MissionId; staffId: ActorId }) => defineTool({
  name: 'comment',
  told: 'Writes a comment on the mission, in your own name, for the people who follow it. Your summary and files are seen anyway: comment only what should be said beside them.',
  args: z.object({ text: z.string().min(1).max(limits.comment).describe('Markdown') }),
  async carryOut({ text }, { signal }) {
    const document = connection.open(missionDocument(missionId))
    try {
      await untilAborted(document.whenReady(), signal)
      addComment(document.doc, { id: newId<CommentId>(), by: staffId, body: text }, Date.now())
      await untilAborted(document.whenAcknowledged(), signal)
    } finally {
      connection.close(document)
    }
    return said('The comment is on the mission.')
  },
})
