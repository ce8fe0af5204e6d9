import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readMission } from '#lib/board/board-document.ts'
import { addComment, deleteComment, editComment, readComments, restoreComment } from '#lib/board/comments.ts'
import { archiveMission, createProject, moveMission } from '#lib/board/edits.ts'
import { createDoc } from '#lib/board/doc-edits.ts'
import type { ActorId, CommentId, DocId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readProposals } from '#lib/board/proposal.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Client } from '../support/client.ts'
import { eventually, type Somebody } from '../support/harbour.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
let writer: Somebody
let ids = 0
beforeAll(async () => {
  desk = await runDesk()
  writer = await desk.here.token('staff', 'Writer')
})
afterAll(() => desk.here.end())
beforeEach(async () => {
  for (const { id } of [desk.staff, writer]) await desk.staffMember({ concurrency: 5, paused_at: null, month_runs: null }, id)
})
afterEach(() => desk.clear())

const at = (id: ActorId, name = 'Analyst') => `[@${name}](missions://staff/${id})`

async function talk(missionId: MissionId, somebody: Somebody = desk.member): Promise<Client> {
  const client = desk.here.connect(somebody, missionDocument(missionId))
  await client.synced()
  return client
}
async function say(client: Client, body: string, by = desk.member.id, replyTo: CommentId | null = null): Promise<CommentId> {
  const id = `waking${ids++}` as CommentId
  addComment(client.document, { id, by, body, replyTo }, Date.now())
  await client.acknowledged()
  return id
}
const runsOf = (missionId: MissionId) => desk.here.db.selectFrom('runs').selectAll().where('mission_id', '=', missionId).orderBy('created_at').execute()
const woken = (missionId: MissionId, count = 1) => eventually('a run', async () => (await runsOf(missionId)).length === count, 2_000)
/** What staff said on a mission. */
const said = (client: Client, by: ActorId = desk.analyst) => readComments(client.document).filter((comment) => comment.by === by)
const answered = async (client: Client, words: string | RegExp, by: ActorId = desk.analyst) => {
  await client.until(`answered with ${words}`, () => said(client, by).some(({ body }) => (typeof words === 'string' ? body === words : words.test(body))), 2_000)
}

describe('[RUN10] a mention', () => {
  test('starts a run within two seconds that knows which comment woke it', async () => {
    const missionId = await desk.mission()
    const client = await talk(missionId)
    const from = Date.now()
    const commentId = await say(client, `${at(desk.analyst)} please compare with last year`)
    const claim = await desk.claimed(2)
    expect(Date.now() - from).toBeLessThan(2_000)
    expect(claim).toMatchObject({ missionId, staffId: desk.analyst, cause: { kind: 'mention', commentId, by: desk.member.id }, chain: [] })
    expect((await desk.row(claim.runId)).requested_by).toBe(desk.member.id)
    await desk.cardUntil(missionId, 'in progress', ({ status }) => status === 'in_progress')
    expect(said(client)).toEqual([])
  })

  test('on a mission of somebody else is answered where it was asked, and leaves the mission where it is', async () => {
    const missionId = await desk.mission({ assigneeId: desk.member.id })
    const client = await talk(missionId)
    const commentId = await say(client, `${at(desk.analyst)} is this right?`)
    const claim = await desk.claimed()
    await desk.worker().holding(claim).succeed('It is right.')
    await answered(client, 'It is right.')
    expect(said(client)).toMatchObject([{ replyTo: commentId }])
    expect((await desk.card(missionId)).status).toBe('backlog')
  })

  test('says nothing twice: who has commented in its run answers no further', async () => {
    const missionId = await desk.mission({ assigneeId: desk.member.id })
    const client = await talk(missionId)
    await say(client, `${at(desk.analyst)} is this right?`)
    const claim = await desk.claimed()
    const own = await talk(missionId, desk.lease(claim))
    await say(own, 'It is, see the table.', desk.analyst)
    await desk.worker().holding(claim).succeed('Answered in a comment.')
    await eventually('the run to end', async () => (await desk.row(claim.runId)).state === 'succeeded')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(said(client).map(({ body }) => body)).toEqual(['It is, see the table.'])
  })

  test('that an edit brings wakes, too; the same words, again or brought back, do not', async () => {
    const missionId = await desk.mission()
    const client = await talk(missionId)
    const commentId = await say(client, 'Please compare')
    editComment(client.document, commentId, `${at(desk.analyst)} please compare`, Date.now())
    await woken(missionId)
    await desk.worker().holding(await desk.claimed()).fail('No table')
    editComment(client.document, commentId, `${at(desk.analyst)} please compare them`, Date.now())
    const comment = readComments(client.document).find(({ id }) => id === commentId)!
    deleteComment(client.document, commentId)
    await client.acknowledged()
    restoreComment(client.document, comment)
    await client.acknowledged()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await runsOf(missionId)).toHaveLength(1)
  })

  test('of staff by staff wakes nobody', async () => {
    const missionId = await desk.mission()
    const client = await talk(missionId, desk.staff)
    await say(client, `${at(writer.id, 'Writer')} please write it up`, desk.analyst)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await runsOf(missionId)).toEqual([])
  })

  test('while it works is answered, and so is one of somebody else', async () => {
    const missionId = await desk.mission()
    await desk.started(missionId)
    const holder = desk.worker().holding(await desk.claimed())
    const client = await talk(missionId)
    const commentId = await say(client, `${at(desk.analyst)} and the year before?`)
    await answered(client, 'Analyst is at work on it already; what you wrote is read by its next run.')
    expect(said(client)[0]).toMatchObject({ replyTo: commentId })
    await say(client, `${at(writer.id, 'Writer')} please write it up`)
    await answered(client, 'Analyst is at work on this mission. Mention Writer again when that run has ended.', writer.id)
    await holder.ask({ question: 'Which year?' })
    await holder.wait()
    await say(client, `${at(desk.analyst)} 2026`)
    await answered(client, 'Analyst is at work on it already, and waits for an answer in its run: Which year?')
    expect(await runsOf(missionId)).toHaveLength(1)
  })

  test('that cannot begin is answered with the reason', async () => {
    const paused = await desk.mission()
    await desk.staffMember({ paused_at: 1 })
    const client = await talk(paused)
    await say(client, `${at(desk.analyst)} please compare`)
    await answered(client, 'Not started. Analyst is paused. End the pause on its page before it runs.')
    await desk.staffMember({ paused_at: null })

    const done = await desk.mission({ status: 'done' })
    const there = await talk(done)
    await say(there, `${at(desk.analyst)} once more, please`)
    await answered(there, 'Not started. The mission is done. Move it back before it runs again.')

    const archived = await desk.mission()
    const { document } = await desk.openBoard()
    archiveMission(document, archived, 1)
    const last = await talk(archived)
    await say(last, `${at(desk.analyst)} please`)
    await answered(last, /^Not started\. The mission is archived/)
    expect([...await runsOf(paused), ...await runsOf(done), ...await runsOf(archived)]).toEqual([])
  })
})

describe('[RUN10] a mention in a comment on a doc', () => {
  const docId = 'tides' as DocId
  const projectId = 'harbour' as ProjectId
  async function talkAbout(name: DocId | ProjectId): Promise<Client> {
    const { document, acknowledged, until } = await desk.openBoard()
    if (!hasProject(document)) {
      createProject(document, projectId, 'Harbour', 'teal')
      createDoc(document, { id: docId, title: 'Tides', projectId, parentId: null }, desk.member.id, 1)
      await acknowledged()
    }
    await until('with its project', () => hasProject(document))
    const client = desk.here.connect(desk.member, docDocument(name as DocId))
    await client.synced()
    return client
  }
  const hasProject = (board: Parameters<typeof readProposals>[0]) => board.getMap('projects').has(projectId)

  test('proposes the mission that it asks for, with its words and where they stand, once; approved, it runs', async () => {
    const client = await talkAbout(docId)
    const commentId = `doc${ids++}` as CommentId
    addComment(client.document, { id: commentId, by: desk.member.id, body: `${at(desk.analyst)} please check the heights of May. They look too low.`, quote: { source: 'body', text: 'May: 2 feet', from: null, to: null } }, Date.now())
    await client.acknowledged()
    await answered(client, 'I work on missions, so I have proposed one with what you wrote: “Check the heights of May”. I begin when somebody approves it, at the edge of the board.')
    expect(said(client)[0]).toMatchObject({ replyTo: commentId })
    const board = await desk.openBoard()
    const [proposal, ...others] = readProposals(board.document)
    expect(others).toEqual([])
    expect(proposal).toMatchObject({ title: 'Check the heights of May', assigneeId: desk.analyst, projectId, autoRun: true, by: desk.analyst, context: [`missions://doc/${docId}`], origin: { kind: 'doc', docId, commentId } })
    const text = desk.here.connect(desk.member, missionDocument(proposal!.id))
    await text.synced()
    expect(readMarkdown(descriptionOf(text.document))).toMatch(/They look too low\.[^]*About these words in \[Tides\]\(missions:\/\/doc\/tides\):[^]*> May: 2 feet/)

    // Brought back, it asks for nothing more.
    const comment = readComments(client.document).find(({ id }) => id === commentId)!
    deleteComment(client.document, commentId)
    await client.acknowledged()
    restoreComment(client.document, comment)
    await client.acknowledged()
    const approved = await desk.here.api(desk.member, 'POST', `/proposals/${proposal!.id}/approve`)
    expect(approved.status, approved.text).toBe(200)
    await woken(proposal!.id)
    expect(readProposals(board.document)).toHaveLength(1)
    expect(said(client)).toHaveLength(1)
  })

  test('is answered with the reason where the staff member cannot begin, also on a brief', async () => {
    const client = await talkAbout(projectId)
    await desk.staffMember({ paused_at: 1 })
    await say(client, `${at(desk.analyst)} please check it`)
    await answered(client, 'Not started. Analyst is paused. End the pause on its page before it runs.')
  })
})

describe('[RUN10] a server that died after it accepted a mention, and before it began what that asks for,', () => {
  test('begins it when it is back, once; what was answered, or is not asked any more, it leaves', async () => {
    const missions = [await desk.mission(), await desk.mission(), await desk.mission()]
    const [lost, taken, refused] = await Promise.all(missions.map((missionId) => talk(missionId)))
    const commentId = await say(lost!, `${at(desk.analyst)} please compare`)
    await woken(missions[0]!)
    const gone = await say(taken!, `${at(desk.analyst)} never mind`)
    await woken(missions[1]!)
    deleteComment(taken!.document, gone)
    await taken!.acknowledged()
    await desk.staffMember({ paused_at: 1 })
    await say(refused!, `${at(desk.analyst)} and this?`)
    await answered(refused!, /^Not started/)
    await desk.staffMember({ paused_at: null })
    await desk.here.server.kill()
    // As if it had died some milliseconds earlier.
    await desk.here.db.deleteFrom('runs').where('mission_id', 'in', missions).execute()
    await desk.here.server.restart()
    await woken(missions[0]!)
    const [run] = await runsOf(missions[0]!)
    expect(JSON.parse(run!.cause)).toEqual({ kind: 'mention', commentId, by: desk.member.id })
    await desk.here.server.kill()
    await desk.here.server.restart()
    await refused!.synced()
    await desk.cardUntil(missions[0]!, 'queued', ({ run: shown }) => shown?.state === 'queued')
    expect([await runsOf(missions[0]!), await runsOf(missions[1]!), await runsOf(missions[2]!)].map(({ length }) => length)).toEqual([1, 0, 0])
    expect(said(refused!)).toHaveLength(1)
  }, 60_000)
})

describe('auto-run', () => {
  test('[RUN8] that is refused says so on the mission, in the name of who would have run it', async () => {
    await desk.staffMember({ paused_at: 1 })
    const missionId = await desk.mission({ autoRun: true })
    const client = await talk(missionId)
    const { document } = await desk.openBoard()
    moveMission(document, missionId, 'in_progress', 0)
    await answered(client, 'Not started. Analyst is paused. End the pause on its page before it runs.')
  })
})

describe('[RUN8] a server that died after a move that starts a run, and before that run was written down,', () => {
  test('starts it when it is back, once; what has run since, or was moved back, it leaves', async () => {
    const [lost, done, back] = [await desk.mission({ autoRun: true }), await desk.mission({ autoRun: true }), await desk.mission({ autoRun: true })] as const
    const board = await desk.openBoard()
    for (const id of [lost, done, back]) moveMission(board.document, id, 'in_progress', 0)
    await board.acknowledged()
    for (const id of [lost, done, back]) await woken(id)
    await desk.here.db.updateTable('runs').set({ state: 'cancelled', ended_at: Date.now() }).where('mission_id', '=', done).execute()
    moveMission(board.document, back, 'backlog', 0)
    await board.acknowledged()
    for (const round of [1, 2]) {
      await desk.here.server.kill()
      // As if it had died some milliseconds earlier.
      if (round === 1) await desk.here.db.deleteFrom('runs').where('mission_id', 'in', [lost, back]).execute()
      await desk.here.server.restart()
      await eventually('a run', async () => (await runsOf(lost)).length === 1, 20_000)
      await board.synced()
      await desk.cardUntil(lost, 'queued', ({ run: shown }) => shown?.state === 'queued')
    }
    expect((await runsOf(lost)).map(({ cause }) => JSON.parse(cause) as unknown)).toEqual([{ kind: 'auto_run' }])
    expect([await runsOf(done), await runsOf(back)].map(({ length }) => length)).toEqual([1, 0])
  }, 60_000)
})

describe('[RUN11] a run that hands its mission over', () => {
  const handed = (runId: RunId, to: ActorId, note = 'Write it up') =>
    desk.here.db.updateTable('runs').set({ hand_over: JSON.stringify({ staffId: to, note }) }).where('id', '=', runId).execute()

  test('gives it to the other when it succeeds: one run follows, with the chain and the note', async () => {
    const missionId = await desk.mission({ autoRun: true })
    const runId = await desk.started(missionId)
    const claim = await desk.claimed()
    await handed(runId, writer.id)
    await desk.worker().holding(claim).succeed('Numbers are there.')
    const next = await desk.worker('writer', writer.token).claim(3)
    expect(next).toMatchObject({
      missionId, staffId: writer.id, note: 'Write it up', chain: [{ runId, staffId: desk.analyst }], cause: { kind: 'hand_over', from: desk.analyst, runId, note: 'Write it up' },
    })
    expect((await desk.row(next!.runId)).requested_by, 'the person behind it is still responsible').toBe(desk.member.id)
    const { document } = await desk.openBoard()
    expect(readMission(document, missionId)).toMatchObject({ assigneeId: writer.id, status: 'in_progress' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await runsOf(missionId)).toHaveLength(2)
    await desk.worker('writer', writer.token).holding(next!).succeed('Written.')
    await desk.cardUntil(missionId, 'in review', ({ status }) => status === 'review')
  })

  test('does not when it fails', async () => {
    const missionId = await desk.mission()
    const runId = await desk.started(missionId)
    await handed(runId, writer.id)
    await desk.worker().holding(await desk.claimed()).fail('No table')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await runsOf(missionId)).toHaveLength(1)
  })

  test('to somebody who cannot begin goes to a person instead, with the reason', async () => {
    const missionId = await desk.mission()
    const runId = await desk.started(missionId)
    const claim = await desk.claimed()
    await handed(runId, writer.id)
    await desk.staffMember({ paused_at: 1 }, writer.id)
    const client = await talk(missionId)
    await desk.worker().holding(claim).succeed('Numbers are there.')
    await answered(client, 'Not taken over. Writer is paused. End the pause on its page before it runs.', writer.id)
    await desk.cardUntil(missionId, 'in review', ({ status }) => status === 'review')
  })
})
