import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, RunId } from '#lib/board/ids.ts'
import { readFiles } from '#lib/board/mission-document.ts'
import { draftOf } from '#lib/board/run-document.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedModel, type Reply, type ScriptedModel, type Turn } from '../support/model.ts'
import { bareEnvironment } from '../support/server.ts'

// Workers as programs of their own, as they run on other machines.

/** The endpoint that the server knows takes the server's key alone; a worker's own takes the worker's. */
let model: ScriptedModel
let ofWorker: ScriptedModel
let here: Harbour
let member: Somebody
let ids = 0
const programs: ReturnType<typeof spawn>[] = []

beforeAll(async () => {
  model = await scriptedModel({ key: 'sk-of-the-server' })
  ofWorker = await scriptedModel({ key: 'sk-of-the-worker' })
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', RUN_LEASE_SECONDS: '15', OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-of-the-server' } })
  member = await here.member('member')
})
afterAll(async () => {
  await here?.end()
  await model?.stop()
  await ofWorker?.stop()
})
afterEach(() => {
  for (const each of programs.splice(0)) each.kill('SIGKILL')
  here.leave()
})

function worker(token: string, { env = {}, concurrency = 2 }: { env?: Record<string, string>; concurrency?: number } = {}) {
  const child = spawn(process.execPath, ['server/runs/worker/main.ts', '--url', here.server.url, '--token', token, '--name', 'beside', '--concurrency', String(concurrency)], { env: { ...bareEnvironment(), ...env } })
  programs.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { printed += piece })
  return { child, printed: () => printed, exited: once(child, 'exit') }
}

async function startedBy(staffId: ActorId) {
  const id = `far-${ids++}` as MissionId
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id, title: 'What do the prices say?', assigneeId: staffId }, member.id, 1)
  await board.acknowledged()
  const { status, body, text } = await here.api<{ run: { id: RunId } }>(member, 'POST', `/missions/${id}/runs`, {})
  expect(status, text).toBe(201)
  return { id, runId: body.run.id }
}
const row = (id: RunId) => here.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
async function staffWith(turns: readonly (Turn | Reply)[], staff?: ActorId) {
  const script = `far-${ids++}`
  model.script(script, turns)
  const fields = { engine: 'openai', model: script, autonomy: 'autonomous' }
  const { status, body, text } = staff ? await here.api<{ staff: { id: ActorId } }>(here.owner, 'PATCH', `/staff/${staff}`, fields)
    : await here.api<{ staff: { id: ActorId } }>(here.owner, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: `Far ${ids}`, ...fields })
  expect(status, text).toBeLessThan(300)
  return { id: body.staff.id, script }
}
const streaming = async (runId: RunId) => {
  const watcher = here.connect(member, runDocument(runId))
  await watcher.synced()
  await watcher.until('streaming', () => draftOf(watcher.document).length > 10, 30_000)
}
const slow = (words: string, msPerPiece: number): Turn => ({ reply: { say: words }, msPerPiece, pieceLength: 5 })

test('a worker of one staff member is not given the server’s key, and brings its own', async () => {
  const agent = await here.token('staff', 'Reader')
  const staff = await staffWith([{ say: 'Prices rose.' }], agent.id)
  ofWorker.script(staff.script, [{ say: 'Prices rose.' }])
  const without = worker(agent.token)
  const refused = await startedBy(staff.id)
  await eventually('the run to fail', async () => (await row(refused.runId)).state === 'failed', 40_000)
  expect(await row(refused.runId)).toMatchObject({ code: 'engine_refused', reason: expect.stringContaining('refused (401)') })
  without.child.kill('SIGTERM')
  await without.exited

  worker(agent.token, { env: { OPENAI_API_KEY: 'sk-of-the-worker', OPENAI_BASE_URL: ofWorker.baseUrl } })
  const { runId } = await startedBy(staff.id)
  await eventually('the run to succeed', async () => (await row(runId)).state === 'succeeded', 40_000)
}, 90_000)

test('it does several runs at once, and told to stop it takes nothing new and finishes what it has', async () => {
  const token = (await here.token('worker', 'Builder')).token
  const staff = [await staffWith([slow('It comes to its end in a while, word by word.', 300)]), await staffWith([slow('It comes to its end in a while, word by word.', 300)])]
  const { child, printed, exited } = worker(token)
  const runs = await Promise.all(staff.map(({ id }) => startedBy(id)))
  await Promise.all(runs.map(({ runId }) => streaming(runId)))
  child.kill('SIGTERM')
  const third = await startedBy((await staffWith([{ say: 'Nobody takes this.' }])).id)
  expect(await exited).toEqual([0, null])
  for (const { runId } of runs) expect(await row(runId)).toMatchObject({ state: 'succeeded', attempt: 1 })
  expect(printed()).toMatch(/Takes no further runs, and finishes the 2 it is at[^]*Stopped\./)
  expect(await row(third.runId)).toMatchObject({ state: 'queued', attempt: 0 })
  await here.api(member, 'POST', `/runs/${third.runId}/cancel`)
}, 60_000)

test('told twice, it gives its runs back at once, and another goes on', async () => {
  const token = (await here.token('worker', 'Builder')).token
  const staff = await staffWith([{ calls: [{ name: 'write_file', args: { name: 'once.md', content: 'Once' } }] }, slow('word '.repeat(2_000), 50), { say: 'Done by the other.' }])
  const first = worker(token)
  const { id, runId } = await startedBy(staff.id)
  await streaming(runId)
  first.child.kill('SIGTERM')
  await eventually('it to hear', () => first.printed().includes('Takes no further runs'))
  first.child.kill('SIGTERM')
  expect(await first.exited).toEqual([0, null])
  expect(await row(runId)).toMatchObject({ state: 'queued', losses: 0 })
  worker(token)
  await eventually('the run to succeed', async () => (await row(runId)).state === 'succeeded', 40_000)
  expect(await row(runId)).toMatchObject({ attempt: 2, summary: 'Done by the other.' })
  const mission = here.connect(member, missionDocument(id))
  await mission.synced()
  expect(readFiles(mission.document).map(({ name, version }) => [name, version])).toEqual([['once.md', 1]])
}, 90_000)

test('a server that is stopped and started again does not cost a worker elsewhere its run', async () => {
  const token = (await here.token('worker', 'Builder')).token
  const call = (name: string) => ({ name: 'write_file', args: { name, content: 'x' } })
  const staff = await staffWith([{ ...slow('', 1), reply: { say: 'One moment, please: I am writing it down now.', calls: [call('a.md')] }, msPerPiece: 250 }, { say: 'Written.' }])
  const { printed } = worker(token)
  const { runId } = await startedBy(staff.id)
  await streaming(runId)
  await here.server.stop()
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  await here.server.restart()
  await eventually(`the run to succeed (${printed()})`, async () => (await row(runId)).state === 'succeeded', 40_000)
  expect(await row(runId)).toMatchObject({ attempt: 1, summary: 'Written.' })
}, 90_000)
