import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission } from '#lib/board/edits.ts'
import { readFacts } from '#lib/board/board-document.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, deleteComment } from '#lib/board/mission-document.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { openStore } from '../../server/store/database.ts'
import { sqliteUpdateLog } from '../../server/store/sqlite-update-log.ts'
import { connect } from '../support/client.ts'
import { startServer } from '../support/server.ts'
import { createToken, createWorkspace } from '../support/workspace.ts'

/** A server with one mission on its board, which is open. */
async function aMission() {
  const server = await startServer()
  const { workspaceId } = await createWorkspace(server.dataDir)
  const { token, actorId } = await createToken(server.dataDir, workspaceId, 'member')
  const missionId = 'counted' as MissionId
  const board = connect(server.wsUrl, boardDocument(workspaceId), { token })
  await board.synced()
  createMission(board.document, { id: missionId, title: 'Counted' }, actorId, 1)
  await board.acknowledged()
  return { server, workspaceId, token, actorId, missionId, board }
}

test('a card counts the comments and attachments of a mission, from the moment the mission is made', async () => {
  const { server, token, actorId, missionId, board } = await aMission()

  const mission = connect(server.wsUrl, missionDocument(missionId), { token })
  await mission.synced()
  addComment(mission.document, { id: 'first' as CommentId, by: actorId, body: 'One' }, 1)
  addComment(mission.document, { id: 'second' as CommentId, by: actorId, body: 'Two' }, 2)
  await expect.poll(() => readFacts(board.document, missionId).comments).toBe(2)
  deleteComment(mission.document, 'second' as CommentId)
  await expect.poll(() => readFacts(board.document, missionId).comments).toBe(1)

  const upload = await fetch(`${server.url}/api/v1/missions/${missionId}/files?name=a.txt`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'words' })
  expect(upload.status).toBe(201)
  await expect.poll(() => readFacts(board.document, missionId)).toMatchObject({ comments: 1, attachments: 1, artifacts: 0 })

  board.end()
  mission.end()
  await server.end()
})

test('a comment that was stored, and not counted before the server died, is counted when its mission is opened', async () => {
  const { server, workspaceId, token, actorId, missionId, board } = await aMission()
  board.end()
  await server.kill()

  const written = new Y.Doc()
  addComment(written, { id: 'unseen' as CommentId, by: actorId, body: 'Stored right before' }, 1)
  const store = await openStore(server.dataDir, 'process')
  await sqliteUpdateLog(store.logConnection).append({ doc: missionDocument(missionId), data: Y.encodeStateAsUpdate(written), actor: actorId, at: 1, claims: [written.clientID] })
  await store.close()
  await server.restart()

  const again = connect(server.wsUrl, boardDocument(workspaceId), { token })
  const mission = connect(server.wsUrl, missionDocument(missionId), { token })
  await mission.synced()
  await expect.poll(() => readFacts(again.document, missionId)).toMatchObject({ comments: 1, lastComment: { id: 'unseen', by: actorId } })
  again.end()
  mission.end()
  await server.end()
})
