import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readMission } from '#lib/board/board-document.ts'
import { createProject } from '#lib/board/edits.ts'
import type { CommentId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import { eventually } from '../support/harbour.ts'
import { modelDesk } from '../support/model-desk.ts'
import { wordsOf } from '../support/model.ts'

// What models do together with the server: its own tools, hand-overs, and being woken by a comment.

const desk = modelDesk()
const { staffWith, missionFor, start, open, openBoard, resultsOf } = desk
beforeAll(desk.begin)
afterEach(desk.clear)
afterAll(desk.end)

const runsOf = (id: MissionId) => desk.here.db.selectFrom('runs').selectAll().where('mission_id', '=', id).orderBy('created_at').execute()
async function allSucceeded(id: MissionId, count: number) {
  await eventually(`${count} runs of ${id}`, async () => {
    const runs = await runsOf(id)
    const wrong = runs.find(({ state }) => state === 'failed' || state === 'cancelled')
    if (wrong) throw new Error(`A run ended ${wrong.state}: ${wrong.reason}`)
    return runs.length === count && runs.every(({ state }) => state === 'succeeded')
  }, 40_000)
  return await runsOf(id)
}

test('a run searches, reads a brief and changes it, and hears of a doc that there is not', async () => {
  const projectId = 'prices' as ProjectId
  const first = await openBoard()
  createProject(first.document, projectId, 'Prices', 'teal')
  await first.acknowledged()
  const writer = await staffWith([
    { calls: [{ name: 'search', args: { query: 'prices' } }, { name: 'edit_doc', args: { doc: projectId, markdown: '## Findings\n\nPrices **rose**.' } }] },
    { calls: [{ name: 'read_doc', args: { doc: projectId } }, { name: 'edit_doc', args: { doc: 'nothing', markdown: 'x' } }] },
    { say: 'The brief says it now.' },
  ])
  const id = await missionFor(writer, { projectId })
  const [run] = await start(id).then(() => allSucceeded(id, 1))
  expect((await resultsOf(run!.id)).map(({ tool, ok }) => [tool, ok])).toEqual([['search', true], ['edit_doc', true], ['read_doc', true], ['edit_doc', false]])
  const brief = await open(docDocument(projectId as string as DocId))
  expect(readMarkdown(bodyOf(brief.document))).toContain('Prices **rose**.')
  const third = wordsOf(desk.model.asked(writer.script)[2]!)
  expect(third).toContain('Prices **rose**.')
  expect(third).toContain('This failed: There is no such doc')
}, 90_000)

test('a change of a doc waits for approval where staff assists, and is then made once', async () => {
  const projectId = 'assisted' as ProjectId
  const first = await openBoard()
  createProject(first.document, projectId, 'Assisted', 'teal')
  await first.acknowledged()
  const writer = await staffWith([{ calls: [{ name: 'edit_doc', args: { doc: projectId, markdown: 'Approved words.' } }] }, { say: 'It is in the brief.' }], { autonomy: 'assist' })
  const id = await missionFor(writer, { projectId })
  const runId = await start(id)
  await eventually('the question', async () => (await desk.here.db.selectFrom('run_asks').select('id').where('run_id', '=', runId).execute()).length === 1, 30_000)
  await eventually('the run waiting', async () => (await runsOf(id))[0]?.state === 'waiting')
  const [ask] = await desk.here.db.selectFrom('run_asks').selectAll().where('run_id', '=', runId).execute()
  expect((await desk.here.api(desk.member, 'POST', `/asks/${ask!.id}/answer`, { verdict: 'once' })).status).toBe(200)
  await allSucceeded(id, 1)
  const brief = await open(docDocument(projectId as string as DocId))
  expect(readMarkdown(bodyOf(brief.document)).match(/Approved words\./g)).toHaveLength(1)
}, 90_000)

describe('handing over', () => {
  test('goes on with the other staff member, who is told; handing back is refused, and the run says so', async () => {
    const reviewer = await staffWith([
      { calls: [{ name: 'hand_to', args: { staff: 'Drafter', note: 'Do it again' } }] }, { say: 'The draft is right.' },
    ], { name: 'Checker' })
    const drafter = await staffWith([
      { calls: [{ name: 'hand_to', args: { staff: 'Checker', note: 'Please check the numbers in draft.md' } }] }, { say: 'The draft is written.' },
    ], { name: 'Drafter' })
    const id = await missionFor(drafter)
    await start(id)
    const [first, second] = await allSucceeded(id, 2)
    expect([first!.staff_id, second!.staff_id]).toEqual([drafter.id, reviewer.id])
    expect(JSON.parse(second!.cause)).toMatchObject({ kind: 'hand_over', from: drafter.id, runId: first!.id })
    await desk.board.until('given to the other', () => readMission(desk.board.document, id)?.assigneeId === reviewer.id)
    const told = wordsOf(desk.model.asked(reviewer.script)[0]!)
    expect(told).toContain('Drafter handed the mission to you.')
    expect(told).toContain('Please check the numbers in draft.md')
    expect(await resultsOf(second!.id)).toMatchObject([{ tool: 'hand_to', ok: false }])
    expect(await runsOf(id), 'nothing runs in a circle').toHaveLength(2)
  }, 90_000)
})

test('a comment that mentions staff wakes it, and is the first that it is told', async () => {
  const helper = await staffWith([{ say: 'Compared with last year, prices rose.' }], { name: 'Helper' })
  const id = await missionFor(null)
  const mission = await open(missionDocument(id))
  addComment(mission.document, { id: 'older' as CommentId, by: desk.member.id, body: 'Something said before.' }, 1)
  addComment(mission.document, { id: 'waking' as CommentId, by: desk.member.id, body: `[@Helper](missions://staff/${helper.id}) please compare with last year` }, Date.now())
  await mission.acknowledged()
  const [run] = await allSucceeded(id, 1)
  expect(JSON.parse(run!.cause)).toMatchObject({ kind: 'mention', commentId: 'waking', by: desk.member.id })
  const told = wordsOf(desk.model.asked(helper.script)[0]!)
  expect(told).toMatch(/mentioned you in this comment[^]*please compare with last year[^]*Something said before\./)
}, 60_000)
