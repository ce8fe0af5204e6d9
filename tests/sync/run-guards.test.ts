import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runDocument } from '#lib/sync/document-names.ts'
import type { ListedRun } from '#lib/staff/answers.ts'
import { eventually } from '../support/harbour.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
beforeAll(async () => {
  desk = await runDesk()
})
afterAll(() => desk.here.end())
const unbounded = { most_turns: 40, most_minutes: 30, most_tokens: 1_000_000, most_micros: null, month_micros: null, month_runs: null, concurrency: 5, paused_at: null, engine: 'external' }
beforeEach(() => desk.staffMember(unbounded))
afterEach(() => desk.clear())

async function running() {
  const missionId = await desk.mission()
  const runId = await desk.started(missionId)
  const claim = await desk.claimed()
  return { missionId, runId, claim, holder: desk.worker().holding(claim) }
}
const ended = (runId: Awaited<ReturnType<typeof running>>['runId']) => eventually('the run to end', async () => (await desk.row(runId)).state === 'failed', 12_000)
const turn = { model: 'small', turns: 1, inputTokens: 100, outputTokens: 20, micros: 1_500 }

describe('[RUN7] what a run uses', () => {
  test('is added up over turns, attempts and waits', async () => {
    const { missionId, runId, holder } = await running()
    expect((await holder.usage(turn)).body).toEqual({ used: { turns: 1, inputTokens: 100, outputTokens: 20, micros: 1_500 }, over: null })
    await holder.usage({ ...turn, micros: null })
    const { body: { ask } } = await holder.ask({})
    await holder.wait()
    await desk.answer(ask, { answer: '2026' })
    const again = await desk.claimed()
    expect(again.used).toMatchObject({ turns: 2, inputTokens: 200, outputTokens: 40, micros: 1_500 })
    await desk.worker().holding(again).usage(turn)
    await desk.worker().holding(again).succeed('Done')
    expect(await desk.row(runId)).toMatchObject({ turns: 3, input_tokens: 300, output_tokens: 60, micros: 3_000, model: 'small' })
    const { body } = await desk.here.api<{ runs: ListedRun[] }>(desk.viewer, 'GET', `/workspaces/${desk.here.workspaceId}/runs?staff=${desk.analyst}`)
    expect(body.runs[0]).toMatchObject({ id: runId, missionId, missionTitle: 'Compare prices', state: 'succeeded', tokens: 360, micros: 3_000, verdict: null })
  })

  test.each([
    ['turns', { most_turns: 2 }, 'It took 2 turns; Analyst may take 2 for a run.'],
    ['tokens', { most_tokens: 240 }, 'It used 240 tokens; Analyst may use 240 for a run.'],
    ['money', { most_micros: 3_000 }, 'It cost $0.00; Analyst may spend $0.00 on a run.'],
  ])('reaches its bound of %s: the worker is told, and one that goes on is stopped', async (code, bound, reason) => {
    await desk.staffMember(bound)
    const { runId, holder } = await running()
    expect((await holder.usage(turn)).body.over).toBeNull()
    expect((await holder.usage(turn)).body.over).toEqual({ code, reason })
    await holder.usage(turn)
    expect(await desk.row(runId)).toMatchObject({ state: 'failed', code })
    expect((await desk.row(runId)).reason).not.toBe('')
    expect(await holder.heartbeat()).toBe(410)
  })

  test('beyond its bound ends by itself when its worker says nothing more', async () => {
    await desk.staffMember({ most_turns: 1 })
    const { runId, holder } = await running()
    await holder.usage(turn)
    const beats = setInterval(() => void holder.heartbeat(), 400)
    await ended(runId).finally(() => clearInterval(beats))
    expect(await desk.row(runId)).toMatchObject({ code: 'turns', reason: 'It took 1 turn; Analyst may take 1 for a run.' })
  }, 20_000)

  test('with its last turn may still be what was asked for', async () => {
    await desk.staffMember({ most_turns: 1 })
    const { runId, holder } = await running()
    expect((await holder.usage(turn)).body.over?.code).toBe('turns')
    expect(await holder.succeed('Just enough')).toBe(200)
    expect(await desk.row(runId)).toMatchObject({ state: 'succeeded', code: '' })
  })

  test('in minutes is ended by the server, however its heart beats', async () => {
    const { runId, claim, holder } = await running()
    const record = desk.here.connect(desk.lease(claim), runDocument(runId))
    await record.synced()
    await desk.here.db.updateTable('runs').set({ claimed_at: Date.now() - 30 * 60_000 - 1 }).where('id', '=', runId).execute()
    await ended(runId)
    await record.until('closed', () => record.closes().includes('access:changed'))
    expect(await desk.row(runId)).toMatchObject({ code: 'minutes', reason: 'It was at work for 30 minutes, the most that Analyst may take for a run.' })
    expect(await holder.heartbeat()).toBe(410)
  })

  test('does not count the time it waits', async () => {
    const { runId, holder } = await running()
    const { body: { ask } } = await holder.ask({})
    await holder.wait()
    await desk.here.db.updateTable('runs').set({ claimed_at: Date.now() - 60 * 60_000 }).where('id', '=', runId).execute()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await desk.answer(ask, { answer: '2026' })
    const { used } = await desk.claimed()
    expect(used.workingMs).toBeLessThan(60_000)
  })

  test('reports of a superseded attempt count for nothing', async () => {
    const { runId, holder } = await running()
    await desk.here.db.updateTable('runs').set({ lease_until: 1 }).where('id', '=', runId).execute()
    expect((await desk.claimed(4)).attempt).toBe(2)
    expect((await holder.usage(turn)).status).toBe(410)
    expect(await desk.row(runId)).toMatchObject({ turns: 0, losses: 1 })
  })
})

describe('[RUN8] a staff member’s month', () => {
  test('of money is stopped hard: the run that reaches it, and every further one', async () => {
    const { runId, holder } = await running()
    const spent = await desk.here.db.selectFrom('runs').select((eb) => eb.fn.sum<number>('micros').as('micros')).where('staff_id', '=', desk.analyst).executeTakeFirst()
    await desk.staffMember({ month_micros: Number(spent?.micros ?? 0) + 2_000_000 })
    expect((await holder.usage({ ...turn, micros: 2_500_000 })).body.over).toMatchObject({ code: 'month_money' })
    await holder.usage(turn)
    expect(await desk.row(runId)).toMatchObject({ state: 'failed', code: 'month_money' })
    const refused = await desk.start(await desk.mission())
    expect([refused.status, refused.body.error.code]).toEqual([409, 'month_money'])
    expect(refused.body.error.message).toMatch(/^Analyst has spent \$\d+\.\d\d in \w+; it may spend \$\d+\.\d\d a month\. Raise the bound/)
    // What was spent in other months does not count.
    await desk.here.db.updateTable('runs').set({ created_at: Date.now() - 40 * 86_400_000 }).where('id', '=', runId).execute()
    expect((await desk.start(await desk.mission())).status).toBe(201)
  })

  test('of runs is full: the next is refused with words', async () => {
    const { runId } = await running()
    const { count } = await desk.here.db.selectFrom('runs').select((eb) => eb.fn.countAll<number>().as('count')).where('staff_id', '=', desk.analyst).where('created_at', '>', Date.now() - 86_400_000).executeTakeFirstOrThrow()
    await desk.staffMember({ month_runs: Number(count) })
    const refused = await desk.start(await desk.mission())
    expect([refused.status, refused.body.error.code]).toEqual([409, 'month_runs'])
    expect((await desk.row(runId)).state, 'what runs goes on').toBe('running')
  })
})

describe('who does not start', () => {
  test('a staff member that is paused, and all of them when everything is stopped', async () => {
    await desk.staffMember({ paused_at: 1 })
    const paused = await desk.start(await desk.mission())
    expect([paused.status, paused.body.error]).toEqual([409, { code: 'paused', message: 'Analyst is paused. End the pause on its page before it runs.' }])
    await desk.staffMember({ paused_at: null, archived_at: 1 })
    expect((await desk.start(await desk.mission())).body.error.code).toBe('not_staff')
    await desk.staffMember({ archived_at: null })
  })

  test('one that works with a model when none is set', async () => {
    await desk.staffMember({ engine: 'openai' })
    const refused = await desk.start(await desk.mission())
    expect([refused.status, refused.body.error.code]).toEqual([409, 'no_engine'])
  })

  test('a run that was queued before the pause waits, and says so', async () => {
    const id = await desk.mission()
    await desk.started(id)
    await desk.staffMember({ paused_at: 1 })
    expect(await desk.worker().claim(0)).toBeNull()
    await desk.staffMember({ paused_at: null })
    expect(await desk.worker().claim(0)).not.toBeNull()
  })

  test('more at once than it may: the others wait, and one begins when one ends', async () => {
    await desk.staffMember({ concurrency: 1 })
    const [first, second] = [await desk.mission(), await desk.mission()]
    await desk.started(first)
    const claim = await desk.claimed()
    await desk.started(second)
    await desk.cardUntil(second, 'the card to say what it waits for', ({ run }) => run?.line === 'Waits: Analyst is at work on another mission')
    expect(await desk.worker('other').claim(0)).toBeNull()
    const next = desk.worker('other').claim(5)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const from = Date.now()
    await desk.worker().holding(claim).succeed('First')
    expect(await next).toMatchObject({ missionId: second })
    expect(Date.now() - from).toBeLessThan(1_500)
  })
})

describe('[RUN9] the button that stops all', () => {
  const stop = (stopped: boolean, somebody = desk.member) => desk.here.api<{ stopped: boolean; cancelled: number }>(somebody, 'POST', `/workspaces/${desk.here.workspaceId}/runs/stop`, { stopped })

  test('ends what runs, waits and is queued within a second, and lets nothing start until it is allowed again', async () => {
    const a = await running()
    const b = await running()
    await b.holder.ask({})
    await b.holder.wait()
    const queued = await desk.started(await desk.mission())
    const record = desk.here.connect(desk.lease(a.claim), runDocument(a.runId))
    await record.synced()
    expect((await stop(true, desk.viewer)).status).toBe(403)
    const from = Date.now()
    expect((await stop(true)).body).toEqual({ stopped: true, cancelled: 3 })
    await record.until('closed', () => record.closes().includes('access:changed'), 1_000)
    expect(Date.now() - from).toBeLessThan(1_000)
    for (const id of [a.runId, b.runId, queued]) expect(await desk.row(id)).toMatchObject({ state: 'cancelled', code: 'stopped', reason: 'Mia stopped all work of staff.' })
    await desk.cardUntil(a.missionId, 'the card to say so', ({ run }) => run?.state === 'cancelled' && run.line === 'Mia stopped all work of staff.')

    const id = await desk.mission()
    expect((await desk.start(id)).body.error.code).toBe('stopped')
    const list = await desk.here.api<{ stoppedAt: number | null }>(desk.viewer, 'GET', `/workspaces/${desk.here.workspaceId}/runs?state=active`)
    expect(list.body).toEqual({ runs: [], stoppedAt: expect.any(Number) as number })
    expect((await stop(false)).body).toEqual({ stopped: false, cancelled: 0 })
    await eventually('both in the record', async () => {
      const said = await desk.here.db.selectFrom('activity').select(['kind', 'actor_id', 'details']).where('kind', 'in', ['workspace.staff_stopped', 'workspace.staff_allowed']).orderBy('id').execute()
      return JSON.stringify(said) === JSON.stringify([
        { kind: 'workspace.staff_stopped', actor_id: desk.member.id, details: '{"ended":3}' }, { kind: 'workspace.staff_allowed', actor_id: desk.member.id, details: '{}' },
      ])
    })
    expect((await desk.start(id)).status).toBe(201)
  })
})

describe('[RUN5] every end has a code', () => {
  test('by a person, by its mission, by its worker, by a lost worker', async () => {
    const cancelled = await running()
    await desk.here.api(desk.member, 'POST', `/runs/${cancelled.runId}/cancel`)
    const failed = await running()
    await failed.holder.fail('No table')
    const refused = await running()
    await refused.holder.finish({ state: 'failed', reason: 'The provider said no', code: 'engine_refused' })
    const lost = await running()
    await desk.here.db.updateTable('runs').set({ lease_until: 1, losses: 2 }).where('id', '=', lost.runId).execute()
    await ended(lost.runId)
    const codes = await Promise.all([cancelled, failed, refused, lost].map(async ({ runId }) => (await desk.row(runId)).code))
    expect(codes).toEqual(['cancelled', 'worker_failed', 'engine_refused', 'worker_lost'])
    expect(await (await running()).holder.finish({ state: 'failed', reason: 'x', code: 'nonsense' })).toBe(400)
  })

  test('a retry keeps the old run, and carries what is different now', async () => {
    const { missionId, runId, holder } = await running()
    await holder.fail('No table')
    const again = await desk.here.api<{ run: { id: typeof runId } }>(desk.member, 'POST', `/runs/${runId}/retry`, { note: 'The table is attached now.' })
    expect(again.status).toBe(201)
    const claim = await desk.claimed()
    expect(claim).toMatchObject({ runId: again.body.run.id, missionId, note: 'The table is attached now.', cause: { kind: 'retry', id: desk.member.id, runId } })
    expect(await desk.row(runId)).toMatchObject({ state: 'failed', reason: 'No table' })
    expect((await desk.row(claim.runId)).retry_of).toBe(runId)
  })
})
