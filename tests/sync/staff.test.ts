import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDirectory, readMission } from '#lib/board/board-document.ts'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, ReviewId, RunId } from '#lib/board/ids.ts'
import { addReview } from '#lib/board/review.ts'
import { staffLimits, type Staff } from '#lib/board/staff.ts'
import { standardTools } from '#lib/board/tools.ts'
import type { ListedStaff, StaffInstructions, StaffRecord } from '#lib/staff/answers.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { formerRole } from '../../server/auth/directory.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, robot: Somebody
let board: Client

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer, robot] = await Promise.all([here.member('member'), here.member('viewer'), here.token('staff', 'Robot')])
  board = here.connect(member, here.board)
  await board.synced()
})
afterAll(() => here.end())

type Answer = { staff: Staff; error?: { code: string; message: string; field?: string } }
let names = 0
const create = async (fields: Record<string, unknown> = {}, who = member) =>
  here.api<Answer>(who, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: `Writer ${names++}`, engine: 'offline', ...fields })
const patch = (id: ActorId, fields: Record<string, unknown>, who = member) => here.api<Answer>(who, 'PATCH', `/staff/${id}`, fields)
const list = async (query = '') => (await here.api<{ staff: ListedStaff[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/staff${query}`)).body.staff
const one = async (id: ActorId) => (await here.api<{ staff: Staff; record: StaffRecord }>(viewer, 'GET', `/staff/${id}`)).body
const inDirectory = (id: ActorId) => readDirectory(board.document).find((each) => each.id === id)
const happened = async () => (await here.api<{ entries: { kind: string; subject: { id: string; name: string }; details: Record<string, unknown> }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/activity?kind=staff&limit=200`)).body.entries

describe('staff', () => {
  test('a new workspace has one, who needs no key, and may use what stays within the workspace', async () => {
    const [analyst] = await list()
    expect(analyst).toMatchObject({ name: 'Analyst', engine: 'offline', state: 'ready', tools: standardTools, active: 0 })
  })

  test('[STAFF1] somebody new is on the board before the answer is, and can be assigned at once', async () => {
    const made = await create({ name: 'Nora', role: 'Writes', avatar: 'violet', instructions: 'Write briefly.', autonomy: 'notify', concurrency: 2, perMonth: { runs: 5, micros: null } })
    expect(made.status).toBe(201)
    expect(made.body.staff).toMatchObject({ name: 'Nora', role: 'Writes', avatar: 'violet', instructionsVersion: 1, autonomy: 'notify', concurrency: 2, perMonth: { runs: 5, micros: null }, pausedAt: null })
    const { id } = made.body.staff
    await board.until('told of Nora', () => inDirectory(id)?.name === 'Nora')
    expect(inDirectory(id)).toEqual({ id, kind: 'staff', name: 'Nora', role: 'Writes', avatar: 'violet' })
    await patch(id, { name: 'Nora B.', role: 'Edits' })
    await board.until('told of the new name', () => inDirectory(id)?.name === 'Nora B.')
    await eventually('recorded', async () => (await happened()).some(({ kind, subject }) => kind === 'staff.changed' && subject.id === id))
    expect((await happened()).find(({ subject, kind }) => subject.id === id && kind === 'staff.changed')?.details).toEqual({ fields: { name: { from: 'Nora', to: 'Nora B.' }, role: { from: 'Writes', to: 'Edits' } } })
  })

  test('[STAFF2] people of the workspace see them, members change them, and nobody else learns that they are', async () => {
    const { id } = (await create()).body.staff
    const elsewhere = (await here.workspace('Elsewhere')).owner
    for (const who of [viewer, robot]) {
      expect((await here.api(who, 'GET', `/staff/${id}`)).status).toBe(200)
      for (const [method, path] of [['PATCH', ''], ['DELETE', ''], ['POST', '/restore'], ['POST', '/pause']] as const) expect((await here.api(who, method, `/staff/${id}${path}`, { paused: true })).status).toBe(403)
      expect((await create({}, who)).status).toBe(403)
    }
    const foreign = await here.api(elsewhere, 'GET', `/staff/${id}`)
    expect(foreign.status).toBe(404)
    expect((await here.api(elsewhere, 'PATCH', `/staff/${id}`, { name: 'Mine' })).text).toBe(foreign.text)
    expect((await here.api(member, 'GET', '/staff/nobody')).text).toBe(foreign.text)
    expect((await here.api(null, 'GET', `/staff/${id}`)).status).toBe(401)
  })

  test.each([
    ['name', { name: '' }], ['name', { name: ' \n ' }], ['name', { name: 'x'.repeat(staffLimits.name + 1) }], ['name', { name: 'two\nlines' }], ['name', { name: 7 }],
    ['role', { role: 'x'.repeat(staffLimits.role + 1) }], ['instructions', { instructions: 'x'.repeat(staffLimits.instructions + 1) }], ['engine', { engine: 'magic' }],
    ['tools', { tools: ['search', 'rm_rf'] }], ['tools', { tools: ['nowhere/tool'] }], ['tools', { tools: 'search' }], ['tools', { tools: [1] }], ['autonomy', { autonomy: 'god' }],
    ['perRun.turns', { perRun: { turns: 0 } }], ['perRun.turns', { perRun: { turns: staffLimits.turns + 1 } }], ['perRun.minutes', { perRun: { minutes: 1.5 } }],
    ['perRun.tokens', { perRun: { tokens: '9' } }], ['perRun.micros', { perRun: { micros: -1 } }], ['perRun', { perRun: 3 }], ['perRun.hours', { perRun: { hours: 3 } }],
    ['perMonth.runs', { perMonth: { runs: 0 } }], ['concurrency', { concurrency: staffLimits.concurrency + 1 }], ['avatar', { avatar: 'https://example.com/x.png' }], ['createdAt', { createdAt: 3 }], ['constructor', { __proto__: null, constructor: 1 }],
  ])('[STAFF2] %s that cannot be is refused with words that name it, and changes nothing', async (field, fields) => {
    const { id } = (await create()).body.staff
    const before = await one(id)
    const refused = await patch(id, fields)
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ code: 'invalid', field })
    expect(refused.body.error!.message.length).toBeGreaterThan(15)
    expect(await one(id)).toEqual(before)
  })

  test('two of one name cannot be mentioned apart: the second is refused, also of two made at once, and after a restore', async () => {
    const made = await Promise.all([1, 2, 3].map(() => create({ name: 'Echo' })))
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const { id } = made.find(({ status }) => status === 201)!.body.staff
    expect((await create({ name: 'ECHO' })).body.error).toMatchObject({ code: 'name_taken', field: 'name' })
    expect((await patch(id, { name: 'echo' })).status).toBe(200)
    await here.api(member, 'DELETE', `/staff/${id}`)
    const next = (await create({ name: 'Echo' })).body.staff
    expect((await here.api<Answer>(member, 'POST', `/staff/${id}/restore`)).body.error?.code).toBe('name_taken')
    expect((await patch(next.id, { name: 'Echo two' })).status).toBe(200)
    expect((await here.api(member, 'POST', `/staff/${id}/restore`)).status).toBe(200)
  })

  test('[STAFF3] instructions are kept as they were, with who changed them; what changes nothing is no version', async () => {
    const { id } = (await create({ instructions: 'One' })).body.staff
    await patch(id, { instructions: 'Two' }, here.owner)
    await patch(id, { instructions: 'Two', role: 'Other' })
    expect((await patch(id, { instructions: 'Three' })).body.staff).toMatchObject({ instructions: 'Three', instructionsVersion: 3 })
    const { versions } = (await here.api<{ versions: StaffInstructions[] }>(viewer, 'GET', `/staff/${id}/instructions`)).body
    expect(versions.map(({ version, text, by }) => ({ version, text, by }))).toEqual([
      { version: 3, text: 'Three', by: member.id }, { version: 2, text: 'Two', by: here.owner.id }, { version: 1, text: 'One', by: member.id },
    ])
    const [analyst] = await list()
    expect((await here.api<{ versions: StaffInstructions[] }>(viewer, 'GET', `/staff/${analyst!.id}/instructions`)).body.versions).toHaveLength(1)
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => patch(id, { instructions: text })))
    const after = (await here.api<{ versions: StaffInstructions[] }>(viewer, 'GET', `/staff/${id}/instructions`)).body.versions
    expect(after.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect((await one(id)).staff).toMatchObject({ instructionsVersion: 7, instructions: after[0]!.text })
  })

  test('[STAFF1] a pause is seen and recorded once, and ends', async () => {
    const { id } = (await create()).body.staff
    const paused = (await here.api<Answer>(member, 'POST', `/staff/${id}/pause`, { paused: true })).body.staff.pausedAt
    expect(paused).toBeGreaterThan(0)
    expect((await here.api<Answer>(member, 'POST', `/staff/${id}/pause`, { paused: true })).body.staff.pausedAt).toBe(paused)
    expect((await list()).find((each) => each.id === id)?.state).toBe('paused')
    expect((await here.api(member, 'POST', `/staff/${id}/pause`, { paused: 'yes' })).status).toBe(400)
    await here.api(member, 'POST', `/staff/${id}/pause`, { paused: false })
    expect((await list()).find((each) => each.id === id)?.state).toBe('ready')
    await eventually('recorded', async () => (await happened()).some(({ kind, subject }) => kind === 'staff.resumed' && subject.id === id))
    expect((await happened()).filter(({ subject }) => subject.id === id).map(({ kind }) => kind)).toEqual(['staff.resumed', 'staff.paused', 'staff.added'])
  })

  test('[STAFF4] who is archived keeps what is theirs and does nothing any more: what waits is cancelled, a token lets nobody in, until they are restored', async () => {
    const agent = await here.token('staff', 'Old hand')
    const mission = 'archived-work' as MissionId
    createMission(board.document, { id: mission, title: 'Work', assigneeId: agent.id }, member.id, 1)
    await board.acknowledged()
    const started = await here.api<{ run: { id: RunId } }>(member, 'POST', `/missions/${mission}/runs`)
    expect(started.status).toBe(201)
    const runId = started.body.run.id
    expect((await here.api(agent, 'GET', '/me')).status).toBe(200)
    expect((await here.api<Answer>(member, 'DELETE', `/staff/${agent.id}`)).body.staff.archivedAt).toBeGreaterThan(0)
    expect((await here.api<{ run: object }>(member, 'GET', `/runs/${runId}`)).body.run).toMatchObject({ state: 'cancelled', reason: 'Old hand was archived.' })
    expect((await here.api(agent, 'GET', '/me')).status).toBe(401)
    await board.until('told', () => inDirectory(agent.id)?.role === formerRole)
    expect(readMission(board.document, mission)?.assigneeId).toBe(agent.id)
    expect((await list()).some(({ id }) => id === agent.id)).toBe(false)
    expect((await list('?archived=1')).some(({ id }) => id === agent.id)).toBe(true)
    await here.api(member, 'POST', `/staff/${agent.id}/restore`)
    expect((await here.api(agent, 'GET', '/me')).status).toBe(200)
    await board.until('told', () => inDirectory(agent.id)?.role === 'Agent')
  })

  test('[STAFF5] the record counts runs as the queue has them, and what reviews say of each now', async () => {
    const { id } = (await create({ perMonth: { runs: 4 } })).body.staff
    const now = Date.now()
    const mission = 'judged' as MissionId
    createMission(board.document, { id: mission, title: 'Judged', assigneeId: id }, member.id, 1)
    await board.acknowledged()
    const row = (n: number, fields: object) => ({
      id: `judged${n}` as RunId, workspace_id: here.workspaceId, mission_id: mission, staff_id: id, state: 'succeeded' as const, attempt: 1, requested_by: null, note: '',
      created_at: now - 1000 + n, started_at: now - 1000, ended_at: now - 1000 + n * 100, lease_hash: null, lease_until: null, worker: null, summary: `S${n}`, reason: '', manifest: null, ...fields,
    })
    for (const values of [
      row(1, { input_tokens: 10, output_tokens: 5, micros: 100 }), row(2, { input_tokens: 1 }), row(4, { micros: 50, working_ms: 4_000 }), row(5, { state: 'failed', reason: 'no' }), row(6, { state: 'cancelled' }),
      row(7, { created_at: 1000, state: 'cancelled', micros: 1 }),
    ]) await here.db.insertInto('runs').values(values).execute()
    const text = here.connect(member, missionDocument(mission))
    await text.synced()
    const review = (n: number, verdict: 'approved' | 'changes_requested', at: number) =>
      addReview(text.document, { id: `review${at}` as ReviewId, by: member.id, verdict, note: 'x', quotes: [], files: [], runId: `judged${n}` as RunId }, at)
    review(1, 'changes_requested', now)
    review(2, 'changes_requested', now + 1)
    await text.acknowledged()
    expect((await one(id)).record).toMatchObject({
      succeeded: 3, failed: 1, cancelled: 2, approved: 0, changesAsked: 2, ms: 200, tokens: 16, micros: 151, month: { runs: 5, micros: 150 }, active: [],
    })
    review(1, 'approved', now + 2)
    await text.acknowledged()
    const { record } = await one(id)
    expect(record).toMatchObject({ approved: 1, changesAsked: 1 })
    expect(record.ended[0]).toMatchObject({ missionTitle: 'Judged', state: 'cancelled' })
    expect(record.ended.find((run) => run.id === 'judged1')).toMatchObject({ verdict: 'approved', tokens: 15, micros: 100, summary: 'S1' })
    expect(record.ended.find((run) => run.id === 'judged4')?.verdict).toBeNull()
    expect((await list()).find((each) => each.id === id)).toMatchObject({ state: 'over_budget', active: 0 })
    await here.server.restart()
    expect((await one(id)).record).toMatchObject({ approved: 1, changesAsked: 1 })
  })
})
