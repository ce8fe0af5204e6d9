import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import type { StaffEngine } from '#lib/board/staff.ts'
import type { WorkerSeen } from '#lib/staff/answers.ts'
import type { Claim, ClaimRequest } from '../../server/runs/protocol.ts'
import { eventually, type Somebody } from '../support/harbour.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
let worker: Somebody
beforeAll(async () => {
  desk = await runDesk({ RUN_LEASE_SECONDS: '2', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_API_KEY: 'sk-secret', OPENAI_MODEL: 'small' })
  worker = await desk.here.token('worker', 'Builder')
})
afterAll(() => desk.here.end())
afterEach(async () => {
  await desk.staffMember({ engine: 'external' })
  await desk.clear()
})

const claim = async ({ token }: Somebody, request: Partial<ClaimRequest> = {}, signal?: AbortSignal): Promise<{ status: number; claim: Claim | null }> => {
  const response = await fetch(`${desk.here.server.url}/api/v1/runs/claim`, {
    method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ worker: 'Builder', wait: 0, id: 'w1', version: '1.2.3', concurrency: 3, ...request }), ...signal && { signal },
  })
  return { status: response.status, claim: response.status === 200 ? await response.json() as Claim : null }
}
const seen = async (somebody: Somebody = desk.viewer) => (await desk.here.api<{ workers: WorkerSeen[] }>(somebody, 'GET', `/workspaces/${desk.here.workspaceId}/workers`)).body.workers
const given = async (engine: StaffEngine, id: ActorId = desk.analyst) => {
  await desk.staffMember({ engine }, id)
  const missionId = await desk.mission({ assigneeId: id })
  await desk.started(missionId)
}

describe('[RUN12] a worker’s token', () => {
  test('takes runs of the workspace with the key they need, and nothing of an agent’s own', async () => {
    await given('openai')
    expect((await claim(worker)).claim?.engine).toEqual({ kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-secret', model: 'small', prices: {} })
    await desk.clear()
    await given('offline')
    expect((await claim(worker)).claim?.engine).toEqual({ kind: 'offline' })
    await desk.clear()
    await given('external')
    expect((await claim(worker)).status).toBe(204)
  })

  test('opens nothing else: no document, no API, and it is nobody on the board', async () => {
    expect((await desk.here.api(worker, 'GET', `/workspaces/${desk.here.workspaceId}/board`)).status).toBe(401)
    await expect(desk.here.connect(worker, desk.here.board).synced()).rejects.toThrow('auth:')
    const board = await desk.openBoard()
    expect([...board.document.getMap('directory').keys()]).not.toContain(worker.id)
  })

  test('of another workspace takes nothing here', async () => {
    const { workspaceId } = await desk.here.workspace('Elsewhere')
    const foreign = await desk.here.token('worker', 'Builder', workspaceId)
    await given('offline')
    expect((await claim(foreign)).status).toBe(204)
    expect(await seen()).not.toContainEqual(expect.objectContaining({ id: `${workspaceId}/w1` }))
  })

  test('that is revoked takes nothing any more', async () => {
    const other = await desk.here.token('worker', 'Short')
    expect((await claim(other)).status).toBe(204)
    await desk.here.auth.revokeToken(desk.here.workspaceId, other.tokenId)
    expect((await claim(other)).status).toBe(401)
  })
})

describe('a staff member’s token', () => {
  test('takes its own runs of any engine, without the key, and those of others that need none', async () => {
    await given('openai')
    expect((await claim(desk.staff)).claim?.engine).toMatchObject({ kind: 'openai', apiKey: null })
    await desk.clear()
    const writer = await desk.here.token('staff', 'Writer')
    await given('openai', writer.id)
    expect((await claim(desk.staff)).status).toBe(204)
    await desk.clear()
    await given('offline', writer.id)
    expect((await claim(desk.staff)).claim?.staffId).toBe(writer.id)
  })
})

describe('the workers', () => {
  const own = async () => (await seen()).find(({ id }) => id.endsWith('/w1'))

  test('are shown as they are: waiting, at work, draining, gone', async () => {
    const left = new AbortController()
    const waiting = claim(worker, { wait: 20 }, left.signal).catch(() => null)
    await eventually('the worker to be seen', async () => (await own())?.state === 'working')
    expect(await own()).toMatchObject({ name: 'Builder', version: '1.2.3', concurrency: 3, busy: 0, embedded: false })
    await new Promise((resolve) => setTimeout(resolve, 4_500))
    expect((await own())?.state, 'as long as it asks').toBe('working')
    left.abort()
    await waiting
    await eventually('the worker to be gone', async () => (await own())?.state === 'gone', 6_000)

    await given('offline')
    const { claim: held } = await claim(worker)
    const holder = desk.worker().holding(held!)
    const beats = setInterval(() => void holder.heartbeat(), 400)
    await new Promise((resolve) => setTimeout(resolve, 4_500))
    expect(await own(), 'its heartbeats speak for it').toMatchObject({ state: 'working', busy: 1 })
    await given('offline')
    expect((await claim(worker, { draining: true, wait: 20 })).status, 'one that leaves gets no run, and does not wait').toBe(204)
    expect(await own()).toMatchObject({ state: 'draining', busy: 1 })
    clearInterval(beats)
    await holder.succeed('The last one')
    expect(await own()).toMatchObject({ state: 'gone', busy: 0 })
  }, 30_000)

  test('that stop give their run back at once, and count for no loss', async () => {
    await given('offline')
    const { claim: held } = await claim(worker)
    const next = claim(worker, { wait: 5, id: 'w2' })
    expect((await desk.here.api(desk.lease(held!), 'POST', `/runs/${held!.runId}/release`)).status).toBe(200)
    expect((await next).claim).toMatchObject({ runId: held!.runId, attempt: 2 })
    expect(await desk.row(held!.runId)).toMatchObject({ losses: 0 })
    expect((await desk.here.api(desk.lease(held!), 'POST', `/runs/${held!.runId}/release`)).status).toBe(410)
  })

  test('are nobody’s business elsewhere', async () => {
    const { owner } = await desk.here.workspace('Far')
    expect((await desk.here.api(owner, 'GET', `/workspaces/${desk.here.workspaceId}/workers`)).status).toBe(404)
  })
})
