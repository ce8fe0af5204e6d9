import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument, runDocument } from '#lib/sync/document-names.ts'
import type { Claim } from '../../server/runs/protocol.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedWorker } from '../support/worker.ts'

let here: Harbour
let worlds = 0
beforeAll(async () => { here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } }) })
afterAll(() => here.end())
afterEach(() => here.leave())

/** A workspace with everybody in it: people, tokens, a mission with a file, a run that a worker holds and one that waits. */
async function busyWorkspace() {
  const { workspaceId, owner } = await here.workspace(`Busy ${worlds++}`)
  const [member, viewer, agent, staff] = await Promise.all([
    here.member('member', workspaceId), here.member('viewer', workspaceId), here.token('member', 'Import', workspaceId), here.token('staff', 'Analyst', workspaceId),
  ])
  const missions = [0, 1].map((n) => `busy-${worlds}-${n}` as MissionId)
  const board = here.connect(owner, boardDocument(workspaceId))
  await board.synced()
  for (const id of missions) createMission(board.document, { id, title: 'Compare prices', assigneeId: staff.id as ActorId }, owner.id, 1)
  await board.acknowledged()
  const file = (await here.api<{ id: string }>(owner, 'POST', `/missions/${missions[0]}/files?name=prices.csv`, 'a,b\n1,2\n')).body.id
  const runs: RunId[] = []
  for (const id of missions) runs.push((await here.api<{ run: { id: RunId } }>(owner, 'POST', `/missions/${id}/runs`, {})).body.run.id)
  const worker = scriptedWorker(here.server.url, staff.token)
  const claim = (await worker.claim(1))!
  const lease: Somebody = { id: staff.id, token: claim.token }
  return { workspaceId, owner, member, viewer, agent, staff, missions, file, runs, worker, claim, lease }
}
type Busy = Awaited<ReturnType<typeof busyWorkspace>>

const deleteOnPage = async ({ workspaceId, owner }: Pick<Busy, 'workspaceId' | 'owner'>) => {
  const name = (await here.auth.workspace(workspaceId))!.name
  const answer = await fetch(`${here.server.url}/w/${workspaceId}/members?/delete`, {
    method: 'POST', body: new URLSearchParams({ name }), headers: { cookie: owner.cookie!, origin: here.server.url, accept: 'application/json' },
  })
  expect(await answer.json()).toMatchObject({ type: 'redirect', location: '/?deleted' })
}
const deleteBeside = async ({ workspaceId }: Pick<Busy, 'workspaceId'>) => {
  expect(await here.auth.deleteWorkspace(workspaceId)).toEqual({ ok: true })
}

describe.each([['on its page', deleteOnPage, 1_000], ['by an admin command', deleteBeside, 1_000]] as const)('a workspace that is deleted %s', (_how, remove, withinMs) => {
  test('closes all that is open of it, and whoever comes back is told what they are told of a workspace that never was', async () => {
    const busy = await busyWorkspace()
    const { owner, member, viewer, agent, staff, lease, missions, claim } = busy
    const board = boardDocument(busy.workspaceId)
    const opened: [Somebody, string][] = [
      [owner, board], [member, board], [member, missionDocument(missions[0]!)], [viewer, board], [agent, missionDocument(missions[1]!)], [staff, board], [lease, runDocument(claim.runId)],
    ]
    const clients = opened.map(([somebody, name]) => here.connect(somebody, name))
    await Promise.all(clients.map((client) => client.synced()))
    const bystander = here.connect(here.owner, here.board)
    await bystander.synced()

    await remove(busy)
    await Promise.all(clients.map((client) => eventually('closed', () => client.closes().includes('access:changed'), withinMs)))
    for (const [somebody, name] of opened) {
      const again = here.connect(somebody, name)
      await expect(again.synced()).rejects.toThrow(somebody.cookie ? 'auth:not-found-or-not-allowed' : 'auth:not-signed-in')
    }
    expect(bystander.closes()).toEqual([])
  })

  test('[ACCESS1] answers over HTTP as one that never was', async () => {
    const busy = await busyWorkspace()
    await remove(busy)
    const never = 'never-was' as WorkspaceId & MissionId & RunId
    const ask = async (somebody: Somebody, method: string, path: string) => {
      const { status, text } = await here.api(somebody, method, path, method === 'GET' ? undefined : {})
      return { status, text }
    }
    for (const [method, path, missing] of [
      ['GET', `/workspaces/${busy.workspaceId}/board`, `/workspaces/${never}/board`],
      ['POST', `/missions/${busy.missions[0]}/runs`, `/missions/${never}/runs`],
      ['POST', `/missions/${busy.missions[0]}/files?name=x`, `/missions/${never}/files?name=x`],
      ['DELETE', `/files/${busy.file}`, `/files/${never}`],
      ['GET', `/files/${busy.file}/content`, `/files/${never}/content`],
      ['GET', `/runs/${busy.runs[0]}`, `/runs/${never}`],
      ['POST', `/runs/${busy.runs[0]}/cancel`, `/runs/${never}/cancel`],
    ] as const) {
      expect(await ask(busy.owner, method, path), path).toEqual(await ask(busy.owner, method, missing))
      expect((await ask(busy.owner, method, path)).status, path).toBe(404)
      expect(await ask(busy.agent, method, path), path).toMatchObject({ status: 401 })
    }
    expect((await here.api(busy.owner, 'GET', '/me')).body).toMatchObject({ workspaces: [] })
    const page = (id: string) => fetch(`${here.server.url}/w/${id}/members`, { headers: { cookie: busy.owner.cookie! } })
    expect((await page(busy.workspaceId)).status).toBe((await page(never)).status)
  })

  test('[RUN4] takes its runs with it: their holder loses them, and nobody claims what waited', async () => {
    const busy = await busyWorkspace()
    const holder = busy.worker.holding(busy.claim)
    expect(await holder.heartbeat()).toBe(200)
    await remove(busy)
    expect(await holder.heartbeat()).toBe(410)
    expect(await holder.artifact('result.md', 'x')).toBe(410)
    expect(await holder.succeed('Prices rose.')).toBe(410)
    await expect(busy.worker.claim(0)).rejects.toThrow('401')
    await eventually('cancelled', async () => {
      const rows = await here.db.selectFrom('runs').select(['state', 'reason']).where('workspace_id', '=', busy.workspaceId).execute()
      return rows.length === 2 && rows.every(({ state, reason }) => state === 'cancelled' && reason === 'The workspace was deleted.')
    })
  })
})

test('one that is brought back is as it was, and its runs can be started again', async () => {
  const busy = await busyWorkspace()
  await deleteOnPage(busy)
  await eventually('cancelled', async () => (await here.db.selectFrom('runs').select('id')
    .where('workspace_id', '=', busy.workspaceId).where('state', 'in', ['queued', 'running']).execute()).length === 0)
  expect(await here.auth.undeleteWorkspace(busy.workspaceId)).toEqual({ ok: true })
  const board = here.connect(busy.member, boardDocument(busy.workspaceId))
  await board.synced()
  expect([...board.document.getMap('missions').keys()].sort()).toEqual(busy.missions)
  expect((await here.api(busy.viewer, 'GET', `/files/${busy.file}/content`)).text).toBe('a,b\n1,2\n')
  expect((await here.api(busy.agent, 'POST', `/runs/${busy.runs[0]}/retry`, {})).status).toBe(201)
  const claim: Claim | null = await busy.worker.claim(1)
  expect(claim).toMatchObject({ workspaceId: busy.workspaceId })
})
