import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MissionId } from '#lib/board/ids.ts'
import { readRuns } from '#lib/board/mission-document.ts'
import type { InboxPage } from '#lib/inbox/item.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { eventually, type Somebody } from '../support/harbour.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
beforeAll(async () => {
  desk = await runDesk()
})
afterAll(() => desk.here.end())
afterEach(() => desk.clear())

async function asking(request: Parameters<ReturnType<ReturnType<RunDesk['worker']>['holding']>['ask']>[0] = {}) {
  const missionId = await desk.mission()
  const runId = await desk.started(missionId)
  const claim = await desk.claimed()
  const holder = desk.worker().holding(claim)
  const { status, body: { ask } } = await holder.ask(request)
  expect(status).toBe(200)
  return { missionId, runId, claim, holder, ask }
}
const inbox = async (somebody: Somebody, missionId: MissionId) =>
  (await desk.here.api<InboxPage>(somebody, 'GET', `/workspaces/${desk.here.workspaceId}/inbox`)).body.items.filter(({ mission }) => mission?.id === missionId)

describe('[RUN6] a question', () => {
  test('is waited for without a worker, answered by a person, and read by whoever takes the run up', async () => {
    const { missionId, runId, claim, holder, ask } = await asking({ question: 'Which year?', choices: ['2025', '2026'] })
    expect(ask).toMatchObject({ runId, kind: 'question', choices: ['2025', '2026'], answeredAt: null })
    expect(await holder.checkpoint('as far as here')).toBe(200)
    const record = desk.here.connect(desk.lease(claim), runDocument(runId))
    await record.synced()
    expect(await holder.wait()).toBe(200)
    await record.until('closed', () => record.closes().includes('access:changed'))
    expect([await holder.heartbeat(), await holder.succeed('All the same')]).toEqual([410, 410])
    expect(await desk.row(runId)).toMatchObject({ state: 'waiting', code: 'question', reason: 'Which year?', losses: 0 })
    await desk.cardUntil(missionId, 'the card to say what is asked', ({ run }) => run?.state === 'waiting' && run.ask === ask.id && run.line === 'Which year?')
    const mission = desk.here.connect(desk.member, missionDocument(missionId))
    await mission.until('telling of the question', () => readRuns(mission.document)[0]?.asks === 1)
    expect(await desk.worker().claim(0), 'nobody works on it meanwhile').toBeNull()

    const answered = await desk.answer(ask, { answer: '2026' })
    expect(answered.body.ask).toMatchObject({ answer: '2026', answeredBy: desk.member.id, verdict: null })
    const again = await desk.claimed()
    expect(again).toMatchObject({ runId, attempt: 2, resume: { checkpoint: 'as far as here', asks: [{ id: ask.id, answer: '2026' }] } })
    expect(await desk.row(runId)).toMatchObject({ state: 'running', code: '', losses: 0 })
    await desk.cardUntil(missionId, 'the card to run', ({ run }) => run?.state === 'running' && run.ask === null)
    expect(await desk.worker().holding(again).succeed('For 2026')).toBe(200)
  })

  test('outlives the server', async () => {
    const { runId, holder, ask } = await asking()
    await holder.wait()
    await desk.here.server.kill()
    await desk.here.server.restart()
    expect((await desk.answer(ask, { answer: '2026' })).status).toBe(200)
    expect(await desk.claimed(5)).toMatchObject({ runId, attempt: 2, resume: { asks: [{ answer: '2026' }] } })
  }, 30_000)

  test('counts its first answer: who comes second is told the first', async () => {
    const { holder, ask } = await asking()
    await holder.wait()
    const answers = await Promise.all([desk.answer(ask, { answer: 'One' }), desk.answer(ask, { answer: 'Two' }, desk.here.owner)])
    const [first, second] = answers.sort((a, b) => a.status - b.status)
    expect([first!.status, second!.status]).toEqual([200, 409])
    expect(second!.body).toMatchObject({ error: { code: 'answered' }, ask: { answer: first!.body.ask.answer } })
    const { resume } = await desk.claimed()
    expect(resume?.asks.map(({ answer }) => answer)).toEqual([first!.body.ask.answer])
  })

  test('that was answered before the worker let go does not wait', async () => {
    const { holder, ask } = await asking()
    expect((await desk.answer(ask, { answer: 'At once' })).status).toBe(200)
    expect(await holder.wait()).toBe(200)
    expect(await desk.claimed()).toMatchObject({ attempt: 2, resume: { asks: [{ answer: 'At once' }] } })
  })

  test('asked again with the same key is the same, and several are waited for together', async () => {
    const { runId, holder, ask } = await asking({ key: 'a' })
    expect((await holder.ask({ key: 'a', question: 'Which year, please?' })).body.ask).toEqual(ask)
    const { body: { ask: other } } = await holder.ask({ key: 'b', question: 'And which month?' })
    await holder.wait()
    await desk.answer(ask, { answer: '2026' })
    expect(await desk.worker().claim(0)).toBeNull()
    expect(await desk.row(runId)).toMatchObject({ state: 'waiting', reason: 'And which month?' })
    await desk.answer(other, { answer: 'May' })
    expect((await desk.claimed()).resume?.asks.map(({ answer }) => answer)).toEqual(['2026', 'May'])
  })

  test('needs words, members, and a run that still waits', async () => {
    const { runId, holder, ask } = await asking()
    await holder.wait()
    expect((await desk.answer(ask, { answer: ' ' })).status).toBe(400)
    expect((await desk.answer(ask, { answer: 'Mine' }, desk.viewer)).status).toBe(403)
    expect((await desk.answer(ask, { answer: 'Mine' }, desk.staff)).status).toBe(403)
    const { owner: stranger } = await desk.here.workspace('Elsewhere')
    expect((await desk.answer(ask, { answer: 'Mine' }, stranger)).status).toBe(404)
    await desk.here.api(desk.member, 'POST', `/runs/${runId}/cancel`)
    const late = await desk.answer(ask, { answer: 'Too late' })
    expect([late.status, late.body.error.code]).toEqual([409, 'finished'])
    const { runId: other, holder: silent } = await asking()
    expect(await silent.wait()).toBe(200)
    expect((await desk.here.api<{ asks: unknown[] }>(desk.viewer, 'GET', `/runs/${other}`)).body.asks).toHaveLength(1)
  })

  test('waits in the inbox of whoever is responsible, and settles with the answer', async () => {
    const missionId = await desk.mission()
    await desk.start(missionId, desk.here.owner)
    const holder = desk.worker().holding(await desk.claimed())
    const { body: { ask } } = await holder.ask({ question: 'Which year?' })
    await holder.wait()
    await eventually('the question to wait', async () => (await inbox(desk.here.owner, missionId)).some(({ kind }) => kind === 'question'))
    expect(await inbox(desk.here.owner, missionId)).toMatchObject([{ kind: 'question', words: 'Which year?', by: { id: desk.analyst }, settledAt: null }])
    await desk.answer(ask, { answer: '2026' })
    await eventually('the item to settle', async () => (await inbox(desk.here.owner, missionId)).every(({ settledAt }) => settledAt !== null))
    expect((await inbox(desk.here.owner, missionId))[0]?.settledWhy).toBe('Mia answered.')
  })

  test('cannot be waited for when nothing was asked', async () => {
    await desk.started(await desk.mission())
    expect(await desk.worker().holding(await desk.claimed()).wait()).toBe(409)
  })
})

describe('an approval', () => {
  const approval = { kind: 'approval' as const, question: 'May I write “digest.md”?', tool: 'write_file', args: '{"name":"digest.md"}' }

  test('says which call, and is given once, for the run, or always', async () => {
    const { runId, holder, ask } = await asking(approval)
    expect(ask).toMatchObject({ kind: 'approval', tool: 'write_file', args: '{"name":"digest.md"}' })
    await holder.wait()
    expect(await desk.row(runId)).toMatchObject({ state: 'waiting', code: 'approval' })
    expect((await desk.answer(ask, { answer: 'Yes' })).status, 'words alone decide nothing').toBe(400)
    expect((await desk.answer(ask, { verdict: 'always' })).body.ask).toMatchObject({ verdict: 'always' })
    expect(await desk.claimed()).toMatchObject({ staff: { alwaysAllowed: ['write_file'] }, resume: { asks: [{ verdict: 'always' }] } })
    await desk.staffMember({ always_allowed: '[]' })
  })

  test('that is declined says why', async () => {
    const { holder, ask } = await asking(approval)
    await holder.wait()
    await desk.answer(ask, { verdict: 'declined', answer: 'Not into this folder' })
    expect(await desk.claimed()).toMatchObject({ staff: { alwaysAllowed: [] }, resume: { asks: [{ verdict: 'declined', answer: 'Not into this folder' }] } })
  })
})
