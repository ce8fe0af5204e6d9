import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveMission, createMission, createProject, moveMission } from '#lib/board/edits.ts'
import type { MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import { addReview } from '#lib/board/review.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { BehindPage, Insight } from '#lib/insight/insight.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, staff: Somebody
let board: Client

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer, staff] = await Promise.all([here.token('member', 'Mia'), here.token('viewer'), here.token('staff', 'Writer')])
  board = here.connect(member, here.board)
  await board.synced()
})
afterAll(() => here.end())

const path = () => `/workspaces/${here.workspaceId}/insight`
const figures = async (query = '', who = viewer) => (await here.api<Insight>(who, 'GET', `${path()}?zone=Europe/Berlin${query}`)).body
const behind = async (show: string) => (await here.api<BehindPage>(viewer, 'GET', `${path()}/missions?zone=Europe/Berlin&show=${show}`)).body
const written = (id: string, kind: string, count = 1) => eventually(`${kind} of ${id} is in the record`, async () =>
  (await here.db.selectFrom('activity').select('id').where('mission_id', '=', id as MissionId).where('kind', '=', kind as never).execute()).length >= count)

test('[INSIGHT2] an empty workspace has no figures; then they say what was done, how runs ended and what waits', async () => {
  expect(await figures()).toMatchObject({ empty: true, done: { total: 0 }, cost: { runs: 0, micros: null } })

  createProject(board.document, 'spring' as ProjectId, 'Spring', 'green')
  for (const id of ['first', 'second', 'third', 'archived']) createMission(board.document, { id: id as MissionId, title: id, assigneeId: staff.id, projectId: id === 'first' ? 'spring' as ProjectId : null }, member.id, Date.now())
  await board.acknowledged()
  const started = (await here.api<{ run: { id: RunId } }>(member, 'POST', '/missions/first/runs', {})).body.run.id
  await here.api(member, 'POST', `/runs/${started}/cancel`)
  const judged = (await here.api<{ run: { id: RunId } }>(member, 'POST', '/missions/second/runs', {})).body.run.id
  await here.db.updateTable('runs').set({ state: 'succeeded', ended_at: Date.now(), micros: 1_500_000, input_tokens: 10 }).where('id', '=', judged).execute()
  const second = here.connect(member, missionDocument('second' as MissionId))
  await second.synced()
  addReview(second.document, { id: 'changes' as never, by: member.id, verdict: 'changes_requested', note: 'Shorter', runId: judged } as never, Date.now())
  await second.acknowledged()
  moveMission(board.document, 'first' as MissionId, 'done', 0)
  moveMission(board.document, 'third' as MissionId, 'review', 0)
  archiveMission(board.document, 'archived' as MissionId, Date.now())
  await board.acknowledged()
  await Promise.all([written('first', 'mission.moved'), written('third', 'mission.moved'), written('second', 'review.changes_requested')])

  await eventually('the figures have it', async () => (await figures()).runs.totals.changes === 1)
  const insight = await figures()
  expect(insight).toMatchObject({
    empty: false, done: { total: 1, before: 0 }, runs: { totals: { approved: 0, changes: 1, unjudged: 0, failed: 0, cancelled: 1 } },
    cost: { runs: 2, micros: 1_500_000, staff: [{ id: staff.id, runs: 2 }] },
  })
  expect(insight.columns.find(({ status }) => status === 'backlog')!.count).toBeGreaterThanOrEqual(2)
  expect(insight.waiting.find(({ kind }) => kind === 'review')).toMatchObject({ count: 1, ages: [1, 0, 0, 0] })
  expect(await figures('&project=spring')).toMatchObject({ done: { total: 1 }, cost: { runs: 1, micros: null } })
  expect(await figures(`&staff=${member.id}&period=all`)).toMatchObject({ done: { total: 0, before: null }, cost: { runs: 0 } })

  // What left Done again was not done.
  moveMission(board.document, 'first' as MissionId, 'in_progress', 0)
  await eventually('it is not counted any more', async () => (await figures(`&period=7`)).done.total === 0 && (await here.db.selectFrom('missions').select('status').where('id', '=', 'first' as MissionId).executeTakeFirst())?.status === 'in_progress')
})

test('[INSIGHT3] a figure leads to its missions', async () => {
  expect(await behind('waiting.review')).toMatchObject({ total: 1, items: [{ missionId: 'third', title: 'third', status: 'review', kind: 'review', assigneeId: staff.id }] })
  expect((await behind('runs')).items.map(({ missionId, kind }) => [missionId, kind]).sort()).toEqual([['first', 'cancelled'], ['second', 'changes']])
  expect((await behind(`staff.${staff.id}`)).items[0]).toMatchObject({ missionId: 'second', micros: 1_500_000 })
})

test('[INSIGHT4] viewers read them, others learn nothing, and what makes no sense is said', async () => {
  const elsewhere = (await here.workspace('Elsewhere')).owner
  expect((await here.api(elsewhere, 'GET', path())).text).toBe((await here.api(member, 'GET', '/workspaces/nothing/insight')).text)
  expect((await here.api(null, 'GET', path())).status).toBe(401)
  for (const query of ['period=12', 'zone=Mars', 'project=..', 'staff=%3Cb%3E']) expect((await here.api(viewer, 'GET', `${path()}?${query}`)).status).toBe(400)
  expect((await here.api<{ error: { message: string } }>(viewer, 'GET', `${path()}/missions?show=tea`)).body.error.message).toContain('must be a figure')
})
