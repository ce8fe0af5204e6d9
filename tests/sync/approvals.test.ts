import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import { createMission, moveMission, ownEdit } from '#lib/board/edits.ts'
import type { MissionId, ReviewId, RunId } from '#lib/board/ids.ts'
import { addReview, readReviews, reviewsOf } from '#lib/board/review.ts'
import type { Status } from '#lib/board/mission.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedWorker } from '../support/worker.ts'

let here: Harbour
let member: Somebody, staff: Somebody
let ids = 0
let id: MissionId
let board: Client, theirs: Client, mission: Client

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  member = await here.member('member')
  staff = await here.token('staff', 'Analyst')
})
afterAll(() => here.end())

beforeEach(async () => {
  here.leave()
  id = `approval${ids++}` as MissionId
  board = here.connect(here.owner, here.board)
  theirs = here.connect(member, here.board)
  await Promise.all([board.synced(), theirs.synced()])
  createMission(board.document, { id, title: 'Compare prices', assigneeId: staff.id }, here.owner.id, 1)
  await board.acknowledged()
  mission = here.connect(member, missionDocument(id))
  await mission.synced()
})

const reviews = () => readReviews(mission.document)
const move = async (client: Client, to: Status) => {
  await client.until('the mission', () => missionsOf(client.document).has(id))
  moveMission(client.document, id, to, 0)
  await client.acknowledged()
}
const recorded = (count: number) => mission.until(`${count} reviews`, () => reviews().length === count)

async function ran(): Promise<RunId> {
  const started = await here.api<{ run: { id: RunId } }>(here.owner, 'POST', `/missions/${id}/runs`)
  const worker = scriptedWorker(here.server.url, staff.token)
  const holder = worker.holding((await worker.claim(5))!)
  await holder.artifact('digest.md', '# Digest')
  await holder.succeed('Prices rose.')
  await eventually('in review', () => missionsOf(theirs.document).get(id)?.get('status') === 'review')
  return started.body.run.id
}

test('[REVIEW1] whoever moves a mission to Done approves the run and what it made, by whatever client', async () => {
  const runId = await ran()
  await move(theirs, 'done')
  await recorded(1)
  expect(reviews()).toMatchObject([{ by: member.id, verdict: 'approved', byMove: true, runId, withdrawnAt: null, files: [{ name: 'digest.md', version: 1 }] }])
  expect(reviews()[0]!.files[0]!.hash).toMatch(/^[0-9a-f]{64}$/)
})

test('[REVIEW3] undoing the move withdraws the approval, doing it again gives another, and no record goes', async () => {
  const undo = new Y.UndoManager(missionsOf(theirs.document), { trackedOrigins: new Set([ownEdit]), captureTimeout: 0 })
  await move(theirs, 'done')
  await recorded(1)
  undo.undo()
  await mission.until('withdrawn', () => reviews()[0]?.withdrawnAt !== null)
  undo.redo()
  await recorded(2)
  expect(reviews().map(({ by, withdrawnAt }) => [by, withdrawnAt !== null])).toEqual([[member.id, true], [member.id, false]])
})

test('[REVIEW3] who reopens what somebody else approved takes nothing back in their name', async () => {
  await move(theirs, 'done')
  await recorded(1)
  await board.until('done', () => missionsOf(board.document).get(id)?.get('status') === 'done')
  await move(board, 'in_progress')
  await move(board, 'done')
  await recorded(2)
  expect(reviews().map(({ by, withdrawnAt }) => [by, withdrawnAt])).toEqual([[member.id, null], [here.owner.id, null]])
})

test('an approval in words just before the move is the approval of this move', async () => {
  addReview(mission.document, { id: 'words' as ReviewId, by: member.id, verdict: 'approved', note: 'Well done', runId: null }, Date.now())
  await mission.acknowledged()
  await move(theirs, 'done')
  await eventually('followed', async () => (await here.db.selectFrom('approvals').select('review_id').where('mission_id', '=', id).executeTakeFirst())?.review_id === 'words')
  expect(reviews()).toHaveLength(1)
  await move(theirs, 'review')
  await mission.until('withdrawn', () => reviews()[0]?.withdrawnAt !== null)
})

test('what is made in Done is not approved by that', async () => {
  const made = `${id}made` as MissionId
  createMission(theirs.document, { id: made, title: 'Long over', status: 'done' }, member.id, 1)
  await theirs.acknowledged()
  await eventually('followed', async () => (await here.db.selectFrom('approvals').selectAll().where('mission_id', '=', made).executeTakeFirst()) !== undefined)
  const open = here.connect(member, missionDocument(made))
  await open.synced()
  expect(reviewsOf(open.document).size).toBe(0)
})

test('[REVIEW1] a move that was followed in part before a crash is recorded once', async () => {
  await move(theirs, 'done')
  await recorded(1)
  await here.server.kill()
  await here.db.deleteFrom('approvals').where('mission_id', '=', id).execute()
  await here.server.restart()
  await eventually('followed again', async () => {
    await board.synced().catch(() => {})
    return (await here.db.selectFrom('approvals').select('review_id').where('mission_id', '=', id).executeTakeFirst())?.review_id === reviews()[0]?.id
  })
  expect(reviews()).toHaveLength(1)
})
