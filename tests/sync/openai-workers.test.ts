import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { readFiles } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { eventually } from '../support/harbour.ts'
import { modelDesk } from '../support/model-desk.ts'
import { scriptedModel, type ScriptedModel, type Turn } from '../support/model.ts'
import { bareEnvironment } from '../support/server.ts'

// Workers as programs of their own, as they run on other machines.

/** The endpoint that the server knows takes the server's key alone; a worker's own takes the worker's. */
const desk = modelDesk({ env: { WORKER: 'off', RUN_LEASE_SECONDS: '15' }, onlyKey: true })
const { staffWith, missionFor, start, row, streaming } = desk
let ofWorker: ScriptedModel
const programs: ReturnType<typeof spawn>[] = []

beforeAll(async () => {
  await desk.begin()
  ofWorker = await scriptedModel({ key: 'sk-of-the-worker' })
})
afterAll(async () => {
  await desk.end()
  await ofWorker?.stop()
})
afterEach(async () => {
  for (const each of programs.splice(0)) each.kill('SIGKILL')
  await desk.clear()
})

function worker(token: string, { env = {}, concurrency = 2 }: { env?: Record<string, string>; concurrency?: number } = {}) {
  const child = spawn(process.execPath, ['server/runs/worker/main.ts', '--url', desk.here.server.url, '--token', token, '--name', 'beside', '--concurrency', String(concurrency)], { env: { ...bareEnvironment(), ...env } })
  programs.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { printed += piece })
  return { child, printed: () => printed, exited: once(child, 'exit') }
}

async function startedBy(staff: { id: ActorId }) {
  const id = await missionFor(staff)
  return { id, runId: await start(id) }
}
const slow = (words: string, msPerPiece: number): Turn => ({ reply: { say: words }, msPerPiece, pieceLength: 5 })

test('a worker of one staff member is not given the server’s key, and brings its own', async () => {
  const agent = await desk.here.token('staff', 'Reader')
  const staff = await staffWith([{ say: 'Prices rose.' }], { id: agent.id })
  ofWorker.script(staff.script, [{ say: 'Prices rose.' }])
  const without = worker(agent.token)
  const refused = await startedBy(staff)
  await eventually('the run to fail', async () => (await row(refused.runId)).state === 'failed', 40_000)
  expect(await row(refused.runId)).toMatchObject({ code: 'engine_refused', reason: expect.stringContaining('refused (401)') })
  without.child.kill('SIGTERM')
  await without.exited

  worker(agent.token, { env: { OPENAI_API_KEY: 'sk-of-the-worker', OPENAI_BASE_URL: ofWorker.baseUrl } })
  const { runId } = await startedBy(staff)
  await eventually('the run to succeed', async () => (await row(runId)).state === 'succeeded', 40_000)
}, 90_000)

test('it does several runs at once, and told to stop it takes nothing new and finishes what it has', async () => {
  const token = (await desk.here.token('worker', 'Builder')).token
  const staff = [await staffWith([slow('It comes to its end in a while, word by word.', 300)]), await staffWith([slow('It comes to its end in a while, word by word.', 300)])]
  const { child, printed, exited } = worker(token)
  const runs = await Promise.all(staff.map((each) => startedBy(each)))
  await Promise.all(runs.map(({ runId }) => streaming(runId)))
  child.kill('SIGTERM')
  const third = await startedBy(await staffWith([{ say: 'Nobody takes this.' }]))
  expect(await exited).toEqual([0, null])
  for (const { runId } of runs) expect(await row(runId)).toMatchObject({ state: 'succeeded', attempt: 1 })
  expect(printed()).toMatch(/Takes no further runs, and finishes the 2 it is at[^]*Stopped\./)
  expect(await row(third.runId)).toMatchObject({ state: 'queued', attempt: 0 })
}, 60_000)

test('told twice, it gives its runs back at once, and another goes on', async () => {
  const token = (await desk.here.token('worker', 'Builder')).token
  const staff = await staffWith([{ calls: [{ name: 'write_file', args: { name: 'once.md', content: 'Once' } }] }, slow('word '.repeat(2_000), 50), { say: 'Done by the other.' }])
  const first = worker(token)
  const { id, runId } = await startedBy(staff)
  await streaming(runId)
  first.child.kill('SIGTERM')
  await eventually('it to hear', () => first.printed().includes('Takes no further runs'))
  first.child.kill('SIGTERM')
  expect(await first.exited).toEqual([0, null])
  expect(await row(runId)).toMatchObject({ state: 'queued', losses: 0 })
  worker(token)
  await eventually('the run to succeed', async () => (await row(runId)).state === 'succeeded', 40_000)
  expect(await row(runId)).toMatchObject({ attempt: 2, summary: 'Done by the other.' })
  const mission = await desk.open(missionDocument(id))
  expect(readFiles(mission.document).map(({ name, version }) => [name, version])).toEqual([['once.md', 1]])
}, 90_000)

test('a server that is stopped and started again does not cost a worker elsewhere its run', async () => {
  const token = (await desk.here.token('worker', 'Builder')).token
  const call = (name: string) => ({ name: 'write_file', args: { name, content: 'x' } })
  const staff = await staffWith([{ ...slow('', 1), reply: { say: 'One moment, please: I am writing it down now.', calls: [call('a.md')] }, msPerPiece: 250 }, { say: 'Written.' }])
  const { printed } = worker(token)
  const { runId } = await startedBy(staff)
  await streaming(runId)
  await desk.here.server.stop()
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  await desk.here.server.restart()
  await eventually(`the run to succeed (${printed()})`, async () => (await row(runId)).state === 'succeeded', 40_000)
  expect(await row(runId)).toMatchObject({ attempt: 1, summary: 'Written.' })
}, 90_000)
