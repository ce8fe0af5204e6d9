import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { missionsOf, readFacts, readMission } from '#lib/board/board-document.ts'
import { archiveMission, createMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId, RunId } from '#lib/board/ids.ts'
import { addComment, readComments, readFiles } from '#lib/board/mission-document.ts'
import { draftOf } from '#lib/board/run-document.ts'
import type { Staff } from '#lib/board/staff.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import type { Manifest } from '../../server/runs/worker/manifest.ts'
import { eventually, harbour } from '../support/harbour.ts'
import { modelDesk } from '../support/model-desk.ts'
import { redPoint, wordsOf, type Turn } from '../support/model.ts'

const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js')
const price = { input: 2, output: 10 }

const desk = modelDesk()
const { staffWith, missionFor, start, row, until, open, entriesOf, resultsOf, asksOf, answer, streaming } = desk
beforeAll(desk.begin)
afterEach(desk.clear)
afterAll(desk.end)

const write = (name: string, content = 'Prices rose.') => ({ name: 'write_file', args: { name, content } })
const chart = { name: 'make_chart', args: { name: 'prices', title: 'Prices rose', kind: 'line', labels: ['Mon', 'Tue'], series: [{ name: 'Price', values: [3, 4] }] } }

test('a run with a model reads, writes, draws, sets, comments, sees, and ends in Review', async () => {
  const staff = await staffWith([
    { say: 'I read the prices.', calls: [{ name: 'read_attachment', args: { file: 'prices.csv' } }, { name: 'read_attachment', args: { file: 'point.png' } }], usage: { input: 900, output: 40 } },
    { calls: [write('findings.md', '# Prices\n\nThey rose.'), chart], usage: { input: 1_000, output: 50 } },
    { calls: [{ name: 'write_pdf', args: { name: 'report.pdf', title: 'Prices', markdown: '# Prices\n\nThey rose — Привет.\n\n![The chart](prices.png)\n\n| day | price |\n|---|--:|\n| Mon | 3 |' } }, { name: 'comment', args: { text: 'The table has **two** days only.' } }] },
    { calls: [{ name: 'read_artifact', args: { file: 'findings.md' } }] },
    { reply: { say: 'Prices rose from 3 to 4. The report has the chart.', usage: { input: 1_200, output: 20 } }, msPerPiece: 30, pieceLength: 6 },
  ])
  const id = await missionFor(staff)
  await desk.here.api(desk.member, 'POST', `/missions/${id}/files?name=prices.csv`, 'day,price\nmon,3\ntue,4\n')
  await desk.here.api(desk.member, 'POST', `/missions/${id}/files?name=point.png`, new Uint8Array(Buffer.from(redPoint, 'base64')))
  const mission = await open(missionDocument(id))
  addComment(mission.document, { id: 'c1' as CommentId, by: desk.member.id, body: 'Please mind the weekend.' }, 2)
  await mission.acknowledged()
  const runId = await start(id)
  const watcher = await open(runDocument(runId), desk.here.owner)
  const seen = new Set<string>()
  watcher.document.on('update', () => seen.add(draftOf(watcher.document).toString()))

  const ended = await until(runId, 'succeeded', 90_000)
  expect(ended).toMatchObject({ summary: 'Prices rose from 3 to 4. The report has the chart.', engine: 'openai', model: staff.script, turns: 5, code: '' })
  await desk.board.until('in review', () => readMission(desk.board.document, id)?.status === 'review')
  expect([...seen].filter((draft) => draft.includes('Prices rose') && !draft.endsWith('the chart.')).length, 'the draft came word by word').toBeGreaterThan(2)

  await mission.until('with its files', () => readFiles(mission.document).filter(({ kind }) => kind === 'artifact').length === 4)
  expect(readFiles(mission.document).filter(({ kind }) => kind === 'artifact').map(({ name, type, by }) => [name, type, by]).sort()).toEqual([
    ['findings.md', 'text/markdown', staff.id], ['prices.png', 'image/png', staff.id], ['prices.svg', 'image/svg+xml', staff.id], ['report.pdf', 'application/pdf', staff.id],
  ])
  expect(readComments(mission.document)).toMatchObject([{ id: 'c1' }, { by: staff.id, body: 'The table has **two** days only.' }])

  const entries = await entriesOf(runId)
  const results = entries.flatMap(({ data }) => (data?.of === 'result' ? [data] : []))
  expect(results.map(({ tool, ok }) => [tool, ok])).toEqual(['read_attachment', 'read_attachment', 'write_file', 'make_chart', 'write_pdf', 'comment', 'read_artifact'].map((tool) => [tool, true]))
  expect(results.every(({ ms }) => ms >= 0)).toBe(true)
  expect(entries.filter(({ kind }) => kind === 'call')).toHaveLength(7)
  expect(entries.filter(({ kind }) => kind === 'usage')).toHaveLength(5)

  const [first, second, , , last] = desk.model.asked(staff.script)
  expect(wordsOf(first!)).toContain('Please mind the weekend.')
  expect(wordsOf(first!)).toContain('mon,3')
  expect(JSON.stringify(first!.messages), 'the picture on the mission').toContain(`data:image/png;base64,${redPoint}`)
  expect(second!.messages.at(-1), 'the picture that was read').toMatchObject({ role: 'user', content: [{ type: 'text' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${redPoint}` } }] })
  expect(wordsOf(last!)).toContain('They rose.')
  expect(JSON.stringify(desk.model.asked(staff.script)), 'the key stays out of what is said').not.toContain('sk-of-the-environment')
  const { sources, budget } = JSON.parse(ended.manifest ?? '{}') as Manifest
  expect(sources.map(({ kind, cut }) => [kind, cut])).toEqual([['mission', false], ['comments', false], ['attachment', false], ['attachment', false]])
  // What each takes of the model's window, and all of them; the picture is not told in words.
  expect(sources.map(({ tokens = 0 }) => tokens > 0)).toEqual([false, true, true, false])
  expect(budget).toMatchObject({ room: 60_000 })
  expect(budget?.tokens).toBeGreaterThan(sources.reduce((sum, { tokens = 0 }) => sum + tokens, 0))
}, 120_000)

describe('[ENGINE4] people are asked', () => {
  test('a question is answered after the server was killed and started again', async () => {
    const staff = await staffWith([
      { say: 'One thing.', calls: [write('before.md'), { name: 'ask_human', args: { question: 'Which year?', choices: ['2024', '2025'] } }] }, { say: 'In 2025 prices rose.' },
    ])
    const id = await missionFor(staff)
    const runId = await start(id)
    expect(await until(runId, 'waiting')).toMatchObject({ code: 'question', reason: 'Which year?' })
    await eventually('the card', () => readFacts(desk.board.document, id).run?.state === 'waiting')
    await desk.here.server.kill()
    await desk.here.server.restart()
    expect((await row(runId)).state).toBe('waiting')
    await answer(runId, { answer: '2025' })
    expect(await until(runId, 'succeeded')).toMatchObject({ summary: 'In 2025 prices rose.', attempt: 2 })
    expect(desk.model.asked(staff.script)).toHaveLength(2)
    expect(wordsOf(desk.model.asked(staff.script)[1]!)).toContain('The answer, by a person of the workspace: 2025')
    const entries = await entriesOf(runId)
    expect(entries.map(({ text }) => text)).toContain('Goes on where it was.')
    expect(entries.map(({ seq }) => seq), 'one numbering over both attempts').toEqual(entries.map((_, index) => index))
    const mission = await open(missionDocument(id))
    expect(readFiles(mission.document).filter(({ kind }) => kind === 'artifact').map(({ name, version }) => [name, version])).toEqual([['before.md', 1]])
    expect(draftOf((await open(runDocument(runId))).document).toString()).toBe('One thing.\n\nIn 2025 prices rose.')
  }, 90_000)

  test('who assists waits for approval before it writes; declined, it goes on without', async () => {
    const staff = await staffWith([{ calls: [write('a.md')] }, { calls: [write('b.md')] }, { say: 'One of two.' }], { autonomy: 'assist' })
    const id = await missionFor(staff)
    const runId = await start(id)
    expect(await until(runId, 'waiting')).toMatchObject({ code: 'approval' })
    expect(await asksOf(runId)).toMatchObject([{ kind: 'approval', tool: 'write_file', args: JSON.stringify(write('a.md').args) }])
    await answer(runId, { verdict: 'once' })
    await eventually('the second question', async () => (await asksOf(runId)).length === 2 && (await row(runId)).state === 'waiting', 20_000)
    await answer(runId, { verdict: 'declined', answer: 'One is enough' })
    await until(runId, 'succeeded')
    const mission = await open(missionDocument(id))
    expect(readFiles(mission.document).map(({ name }) => name)).toEqual(['a.md'])
    expect(wordsOf(desk.model.asked(staff.script)[2]!)).toContain('One is enough')
  }, 60_000)
})

test('[ENGINE3] a cancel reaches a streaming answer within a second', async () => {
  const staff = await staffWith([{ reply: { say: 'word '.repeat(3_000) }, msPerPiece: 20, pieceLength: 5 }])
  const id = await missionFor(staff)
  const runId = await start(id)
  const watcher = await streaming(runId, 40)
  const from = Date.now()
  expect((await desk.here.api(desk.member, 'POST', `/runs/${runId}/cancel`)).status).toBe(200)
  expect(await row(runId)).toMatchObject({ state: 'cancelled' })
  const length = draftOf(watcher.document).length
  await new Promise((resolve) => setTimeout(resolve, 600))
  const later = draftOf(watcher.document).length
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(draftOf(watcher.document).length, 'nothing more is written').toBe(later)
  expect(later - length).toBeLessThan(200)
  expect(Date.now() - from).toBeLessThan(5_000)
}, 60_000)

describe('bounds', () => {
  test('tokens stop a run, with words on the card', async () => {
    const staff = await staffWith([{ calls: [write('a.md')], usage: { input: 5_000, output: 100 } }, { say: 'More.' }], { perRun: { turns: 40, minutes: 30, tokens: 5_000, micros: null } })
    const id = await missionFor(staff)
    const runId = await start(id)
    expect(await until(runId, 'failed')).toMatchObject({ code: 'tokens', reason: `It used 5,100 tokens; ${staff.name} may use 5,000 for a run.` })
    await eventually('the card', () => readFacts(desk.board.document, id).run?.line.startsWith('It used 5,100 tokens') === true)
    expect(desk.model.asked(staff.script)).toHaveLength(1)
  }, 60_000)

  test('money stops a run, by the prices that an owner set', async () => {
    const staff = await staffWith([{ calls: [write('a.md')], usage: { input: 4_000, output: 1_000 } }, { say: 'More.' }], { perRun: { turns: 40, minutes: 30, tokens: 1_000_000, micros: 15_000 } })
    const { status, text } = await desk.here.api(desk.here.owner, 'PUT', `/workspaces/${desk.here.workspaceId}/engine`, { baseUrl: desk.model.baseUrl, model: 'any', apiKey: 'sk-of-the-owner', prices: { [staff.script]: price } })
    expect(status, text).toBe(200)
    const runId = await start(await missionFor(staff))
    expect(await until(runId, 'failed')).toMatchObject({ code: 'money', reason: `It cost $0.02; ${staff.name} may spend $0.01 on a run.`, micros: 18_000 })
  }, 60_000)
})

describe('what goes wrong', () => {
  test('[ENGINE2] a provider’s refusal is on the card in its own words', async () => {
    const staff = await staffWith([{ refuse: { status: 401, message: 'Incorrect API key provided: sk-…' } }])
    const id = await missionFor(staff)
    expect(await until(await start(id), 'failed')).toMatchObject({ code: 'engine_refused', reason: expect.stringContaining('Incorrect API key provided') })
    expect(readMission(desk.board.document, id)?.status).toBe('in_progress')
  }, 60_000)

  test.each([
    ['archived', 'The mission was archived.', (board: Y.Doc, id: MissionId) => archiveMission(board, id, 5)],
    ['deleted', 'The mission was deleted.', (board: Y.Doc, id: MissionId) => missionsOf(board).delete(id)],
  ])('a mission that is %s during its run ends it with a reason, and the worker is free for the next one', async (_, reason, act) => {
    const staff = await staffWith([{ reply: { say: 'word '.repeat(3_000) }, msPerPiece: 20, pieceLength: 5 }])
    const id = await missionFor(staff)
    const runId = await start(id)
    await streaming(runId)
    act(desk.board.document, id)
    expect(await until(runId, 'cancelled')).toMatchObject({ code: 'mission_over', reason })
    desk.model.script(staff.script, [{ say: 'Something else.' }])
    await until(await start(await missionFor(staff)), 'succeeded')
  }, 60_000)

  test('[ENGINE5] a server that is killed in the middle of an answer takes the run up again', async () => {
    const staff = await staffWith([{ calls: [write('once.md')] }, { reply: { say: 'word '.repeat(3_000) }, msPerPiece: 20, pieceLength: 5 }, { say: 'Done after all.' }])
    const id = await missionFor(staff)
    const runId = await start(id)
    const watcher = await streaming(runId, 40)
    await desk.here.server.kill()
    await desk.here.server.restart()
    expect(await until(runId, 'succeeded', 40_000)).toMatchObject({ summary: 'Done after all.' })
    await watcher.until('with the new draft', () => draftOf(watcher.document).toString().endsWith('Done after all.') && !draftOf(watcher.document).toString().includes('word'), 15_000)
    const mission = await open(missionDocument(id))
    expect(readFiles(mission.document).map(({ name, version }) => [name, version])).toEqual([['once.md', 1]])
  }, 120_000)
})

test('a tool of a server from npm, set up by an owner, is called and its picture kept', async () => {
  const { status, text } = await desk.here.api(desk.here.owner, 'POST', `/workspaces/${desk.here.workspaceId}/mcp-servers`, { name: 'everything', transport: 'stdio', command: process.execPath, args: [everything, 'stdio'] })
  expect(status, text).toBe(201)
  const staff = await staffWith([
    { calls: [{ name: 'everything__get-sum', args: { a: 2, b: 40 } }, { name: 'everything__get-tiny-image', args: {} }] }, { say: 'The sum is 42.' },
  ], { tools: ['write_file', 'everything/get-sum', 'everything/get-tiny-image'] })
  const id = await missionFor(staff)
  const runId = await start(id)
  await until(runId, 'succeeded')
  expect(await resultsOf(runId)).toMatchObject([{ tool: 'everything/get-sum', ok: true, result: expect.stringContaining('42') }, { tool: 'everything/get-tiny-image', ok: true }])
  const mission = await open(missionDocument(id))
  expect(readFiles(mission.document).map(({ name }) => name)).toEqual(['get-tiny-image-1.png'])
  expect(desk.model.asked(staff.script)[0]?.tools?.map((tool) => tool.function.name).sort()).toEqual(['everything__get-sum', 'everything__get-tiny-image', 'write_file'])
}, 60_000)

test('[ENGINE2] room that is taken ends the run with a reason, and what it had stored stays', async () => {
  const small = await harbour({ env: { LOG_LEVEL: 'error', OPENAI_BASE_URL: desk.model.baseUrl, OPENAI_API_KEY: 'k', LIMIT_WORKSPACE_FILES_BYTES: String(1024 * 1024) } })
  try {
    const script = 'model-small'
    desk.model.script(script, [{ reply: { calls: [write('small.md'), write('large.md', 'x'.repeat(1_100_000))] }, pieceLength: 50_000 }, { say: 'Wrote both.' }])
    const { body } = await small.api<{ staff: Staff }>(small.owner, 'POST', `/workspaces/${small.workspaceId}/staff`, { name: 'Writer', engine: 'openai', model: script, autonomy: 'autonomous' })
    const client = small.connect(small.owner, small.board)
    await client.synced()
    const id = 'small' as MissionId
    createMission(client.document, { id, title: 'Write much', assigneeId: body.staff.id }, small.owner.id, 1)
    await client.acknowledged()
    const started = await small.api<{ run: { id: RunId } }>(small.owner, 'POST', `/missions/${id}/runs`, {})
    const find = () => small.db.selectFrom('runs').selectAll().where('id', '=', started.body.run.id).executeTakeFirstOrThrow()
    await eventually('the run to fail', async () => (await find()).state === 'failed', 40_000)
    expect(await find()).toMatchObject({ code: 'no_room', reason: expect.stringContaining('“large.md” does not fit') })
    const mission = small.connect(small.owner, missionDocument(id))
    await mission.synced()
    expect(readFiles(mission.document).map(({ name }) => name)).toEqual(['small.md'])
  } finally {
    await small.end()
  }
}, 90_000)

test('several runs of the embedded worker go on at once', async () => {
  const slow: Turn = { reply: { say: 'Slowly but surely it comes to its end.' }, msPerPiece: 250, pieceLength: 4 }
  const staff = [await staffWith([slow]), await staffWith([slow]), await staffWith([slow])]
  const runs = await Promise.all(staff.map(async (each) => await start(await missionFor(each))))
  await eventually('all of them running', async () => (await Promise.all(runs.map(row))).every(({ state }) => state === 'running'), 15_000)
  for (const runId of runs) await until(runId, 'succeeded')
}, 60_000)
