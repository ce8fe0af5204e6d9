import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { createMission, renameMission } from '#lib/board/edits.ts'
import { readMission } from '#lib/board/board-document.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import { startServer, type RunningServer } from '../support/server.ts'
import { createToken, createWorkspace } from '../support/workspace.ts'

let server: RunningServer
let board: string
let member: Awaited<ReturnType<typeof createToken>>
let staff: typeof member
const missionId = 'from-y-websocket' as MissionId

beforeAll(async () => {
  server = await startServer()
  const { workspaceId } = await createWorkspace(server.dataDir)
  board = boardDocument(workspaceId)
  member = await createToken(server.dataDir, workspaceId, 'member')
  staff = await createToken(server.dataDir, workspaceId, 'staff', 'Scout')
})
afterAll(() => server.end())

function join(token: string) {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(server.wsUrl, board, doc, { params: { token }, WebSocketPolyfill: WebSocket as never, disableBc: true })
  const closes: string[] = []
  provider.on('connection-close', (event) => closes.push(event?.reason ?? ''))
  return { doc, provider, closes, synced: () => expect.poll(() => provider.synced, { timeout: 10_000 }).toBe(true) }
}

test('a y-websocket client takes part: its edits reach others, and theirs reach it', async () => {
  const other = connect(server.wsUrl, board, { token: member.token })
  const guest = join(member.token)
  await other.synced()
  await guest.synced()

  createMission(guest.doc, { id: missionId, title: 'Hello' }, member.actorId, 1)
  await expect.poll(() => readMission(other.document, missionId)?.title).toBe('Hello')
  renameMission(other.document, missionId, 'Hello back')
  await expect.poll(() => readMission(guest.doc, missionId)?.title).toBe('Hello back')
  guest.provider.destroy()
  other.end()
})

test('its presence is shown under the name of its token', async () => {
  const other = connect(server.wsUrl, board, { token: member.token })
  const guest = join(staff.token)
  await other.synced()
  await guest.synced()
  guest.provider.awareness.setLocalStateField('user', { id: 'somebody', name: 'Somebody else' })
  await expect.poll(() => other.provider.awareness?.getStates().get(guest.doc.clientID)?.user).toMatchObject({ id: staff.actorId, name: 'Scout' })
  guest.provider.destroy()
  other.end()
})

test('what it may not write closes its socket with the reason, and reaches nobody', async () => {
  const other = connect(server.wsUrl, board, { token: member.token })
  const guest = join(staff.token)
  await other.synced()
  await guest.synced()
  guest.doc.getMap<Y.Map<unknown>>('missions').get(missionId)!.set('status', 'done')
  await expect.poll(() => guest.closes).toContainEqual(expect.stringContaining('Staff cannot move a mission to Done'))
  guest.provider.destroy()
  expect(readMission(other.document, missionId)?.status).toBe('backlog')
  other.end()
})

test('a reason that is longer than a close has room for is cut, not lost', async () => {
  const guest = join(member.token)
  await guest.synced()
  guest.doc.getMap<Y.Map<unknown>>('missions').get(missionId)!.set('😀'.repeat(40), 1)
  await expect.poll(() => guest.closes).toContainEqual(expect.stringMatching(/^policy:unknown_field:"😀/))
  guest.provider.destroy()
})

test('a token that is not ours closes its socket', async () => {
  const guest = join('mis_unknown')
  await expect.poll(() => guest.closes).toContainEqual(expect.stringContaining('not-signed-in'))
  guest.provider.destroy()
})
