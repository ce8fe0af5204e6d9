import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import { createMission, ownEdit } from '#lib/board/edits.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { resolveUpdate } from '../resolve-update.ts'
import { boardRules } from './board.ts'

const workspaceId = 'w1' as WorkspaceId
const person = (id: string): Actor => ({ kind: 'person', id: id as ActorId, name: id, workspaceId, role: 'member' })
const staff: Actor = { kind: 'staff', id: 's1' as ActorId, name: 'Analyst', workspaceId, lease: null }
const mission = 'm1' as MissionId

/** A board with one mission by Ann, on the server and at a client of hers that can undo. */
function board() {
  const client = new Y.Doc()
  const history = new Y.UndoManager([missionsOf(client)], { trackedOrigins: new Set([ownEdit]) })
  createMission(client, { id: mission, title: 'Plan the fair' }, person('ann').id, 1)
  const server = new Y.Doc()
  Y.applyUpdate(server, Y.encodeStateAsUpdate(client))
  const judge = (actor: Actor, edit: () => void) => {
    edit()
    return boardRules(actor, server, resolveUpdate(server, Y.encodeStateAsUpdate(client, Y.encodeStateVector(server))).ops)
  }
  return { client, history, judge }
}

test('a person may take back a mission they made, which deletes it field by field', () => {
  const { history, judge } = board()
  expect(judge(person('ann'), () => history.undo())).toBeNull()
})

test('a person may delete a mission that somebody else made', () => {
  const { client, judge } = board()
  expect(judge(person('ben'), () => missionsOf(client).delete(mission))).toBeNull()
})

test('staff delete no mission', () => {
  const { client, judge } = board()
  expect(judge(staff, () => missionsOf(client).delete(mission))?.code).toBe('not_allowed')
})

test('who made a mission is not deleted from it', () => {
  const { client, judge } = board()
  expect(judge(person('ann'), () => missionsOf(client).get(mission)?.delete('createdBy'))?.code).toBe('forged_author')
})
