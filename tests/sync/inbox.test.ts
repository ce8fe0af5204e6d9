import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { missionsOf } from '#lib/board/board-document.ts'
import { archiveMission, askForReview, assignMission, createMission, createProject, moveMission } from '#lib/board/edits.ts'
import type { ActorId, CommentId, DocId, InboxItemId, MissionId, ProjectId, ReviewId, RunId } from '#lib/board/ids.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { createDoc } from '#lib/board/doc-edits.ts'
import { addComment, deleteComment, descriptionOf, editComment } from '#lib/board/mission-document.ts'
import { addReview } from '#lib/board/review.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import type { InboxItem, InboxPage } from '#lib/inbox/item.ts'
import { briefDocument, docDocument, missionDocument } from '#lib/sync/document-names.ts'
import { readNotice } from '#lib/sync/notices.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedWorker } from '../support/worker.ts'

let here: Harbour
let ann: Somebody, ben: Somebody, viewer: Somebody, staff: Somebody
let ids = 0

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[ann, ben, viewer, staff] = await Promise.all([here.member('member'), here.member('member'), here.member('viewer'), here.token('staff', 'Analyst')])
})
afterAll(() => here.end())
afterEach(() => here.leave())

const inboxOf = async (somebody: Somebody, list = 'waiting') => (await here.api<InboxPage>(somebody, 'GET', `/workspaces/${here.workspaceId}/inbox?list=${list}`)).body
/** What waits on somebody in one mission. */
const waiting = async (somebody: Somebody, missionId: MissionId) =>
  (await inboxOf(somebody)).items.filter(({ mission, settledAt }) => mission?.id === missionId && settledAt === null)
const settled = async (somebody: Somebody, missionId: MissionId) =>
  (await inboxOf(somebody, 'done')).items.filter(({ mission, settledAt }) => mission?.id === missionId && settledAt !== null)
const patch = (somebody: Somebody, item: InboxItem, change: Record<string, unknown>) => here.api(somebody, 'PATCH', `/workspaces/${here.workspaceId}/inbox/${item.id}`, change)
const kinds = (items: readonly InboxItem[]) => items.map(({ kind }) => kind).sort()

async function waits(somebody: Somebody, missionId: MissionId, ...wanted: string[]): Promise<InboxItem[]> {
  let items: InboxItem[] = []
  await eventually(`${wanted.join(', ') || 'nothing'} waiting`, async () => (items = await waiting(somebody, missionId)) && JSON.stringify(kinds(items)) === JSON.stringify([...wanted].sort()))
  return items
}

async function boardOf(somebody: Somebody): Promise<Client> {
  const board = here.connect(somebody, here.board)
  await board.synced()
  return board
}

async function newMission(by: Somebody, assigneeId: ActorId | null = null): Promise<{ id: MissionId; board: Client; mission: Client }> {
  const id = `inbox${ids++}` as MissionId
  const board = await boardOf(by)
  createMission(board.document, { id, title: 'Compare prices', assigneeId }, by.id, 1)
  await board.acknowledged()
  const mission = here.connect(by, missionDocument(id))
  await mission.synced()
  return { id, board, mission }
}

const say = async (client: Client, by: Somebody, body: string, replyTo: CommentId | null = null): Promise<CommentId> => {
  const id = `said${ids++}` as CommentId
  addComment(client.document, { id, by: by.id, body, replyTo }, Date.now())
  await client.acknowledged()
  return id
}
const at = (somebody: Somebody, name = 'Name') => `[@${name}](missions://person/${somebody.id})`

async function run(id: MissionId, by: Somebody, end: (holder: ReturnType<ReturnType<typeof scriptedWorker>['holding']>) => Promise<unknown>): Promise<RunId> {
  const started = await here.api<{ run: { id: RunId } }>(by, 'POST', `/missions/${id}/runs`)
  expect(started.status, started.text).toBe(201)
  const worker = scriptedWorker(here.server.url, staff.token)
  // Whom a comment mentions begins as well, on a mission that is not asked about here.
  for (let claim = await worker.claim(5); claim; claim = await worker.claim(5)) {
    const holder = worker.holding(claim)
    if (claim.missionId === id) {
      await end(holder)
      break
    }
    await holder.fail('Not asked for.')
  }
  return started.body.run.id
}

describe('a mention', () => {
  test('[INBOX1] in a comment waits with the words themselves, once, however often it is rewritten', async () => {
    const { id, mission } = await newMission(ann)
    const comment = await say(mission, ann, `Could **you** look, ${at(ben, 'Ben')}?`)
    const [item] = await waits(ben, id, 'mention')
    expect(item).toMatchObject({ by: { id: ann.id, kind: 'person' }, words: 'Could you look, @Ben?', place: `comment/${comment}`, mission: { title: 'Compare prices', status: 'backlog' }, readAt: null })
    editComment(mission.document, comment, `Could you look again, ${at(ben, 'Ben')} ${at(ben, 'Ben')}?`, Date.now())
    await eventually('rewritten', async () => (await waiting(ben, id))[0]?.words === 'Could you look again, @Ben @Ben?')
    expect(await waiting(ben, id)).toHaveLength(1)
    expect((await inboxOf(ann)).items.filter((each) => each.mission?.id === id), 'nobody is told what they did themselves').toEqual([])
  })

  test('[INBOX3] settles when the comment goes or names one no more, and when one has answered; and comes back', async () => {
    const { id, mission } = await newMission(ann)
    const comment = await say(mission, ann, `Look, ${at(ben)}`)
    await waits(ben, id, 'mention')
    editComment(mission.document, comment, 'Look, everybody', Date.now())
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: 'The comment does not mention you any more.' }])

    editComment(mission.document, comment, `Look, ${at(ben)}, please`, Date.now())
    const [again] = await waits(ben, id, 'mention')
    expect(again).toMatchObject({ readAt: null, settledAt: null })

    const theirs = here.connect(ben, missionDocument(id))
    await theirs.synced()
    await say(theirs, ben, 'I have.', comment)
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: 'You answered.' }])
    await waits(ann, id, 'reply')

    deleteComment(mission.document, comment)
    const other = await say(mission, ann, `And you, ${at(ben)}?`)
    await waits(ben, id, 'mention')
    deleteComment(mission.document, other)
    await waits(ben, id)
    expect((await settled(ben, id)).map(({ settledWhy }) => settledWhy)).toContain('The comment was deleted.')
  })

  test('[INBOX1] [INBOX3] in a description waits once, with the words around it, and settles when it is taken out', async () => {
    const { id, mission } = await newMission(ann)
    writeMarkdown(descriptionOf(mission.document), `Sail at noon.\n\nAsk ${at(ben, 'Ben')} about the **tents**.`)
    await mission.acknowledged()
    const [item] = await waits(ben, id, 'mention')
    expect(item).toMatchObject({ by: { id: ann.id }, place: 'description', words: expect.stringContaining('about the tents') })
    expect(item!.words).not.toContain('noon')
    writeMarkdown(descriptionOf(mission.document), `Sail at dawn.\n\nAsk ${at(ben, 'Ben')} and ${at(ben, 'Ben')} about the tents.`)
    await mission.acknowledged()
    await eventually('rewritten', async () => (await waiting(ben, id))[0]?.words.includes('and') === true)
    expect(await waiting(ben, id)).toHaveLength(1)
    writeMarkdown(descriptionOf(mission.document), 'Sail at dawn.')
    await mission.acknowledged()
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: 'The text does not mention you any more.' }])
  })

  test('[INBOX1] [INBOX4] in a doc and in a brief waits, also when the server died before it could follow', async () => {
    const board = await boardOf(ann)
    const [project, doc] = [`tides${ids++}` as ProjectId, `plan${ids++}` as DocId]
    createProject(board.document, project, 'Tides', 'blue')
    createDoc(board.document, { id: doc, title: 'The plan', projectId: project }, ann.id, 1)
    await board.acknowledged()
    const [text, brief] = [here.connect(ann, docDocument(doc)), here.connect(ann, briefDocument(project))]
    await Promise.all([text.synced(), brief.synced()])
    writeMarkdown(bodyOf(text.document), `${at(ben)} measures the tide.`)
    writeMarkdown(bodyOf(brief.document), `For ${at(ben)}.`)
    await Promise.all([text.acknowledged(), brief.acknowledged()])
    await here.server.kill()
    here.leave()
    await here.server.restart()
    const mine = async () => (await inboxOf(ben)).items.filter(({ kind, mission, words, settledAt }) => kind === 'mention' && mission === null && settledAt === null && /measures|For/.test(words))
    await eventually('both', async () => (await mine()).length === 2)
    expect((await mine()).map(({ words }) => words.replace(/@\w+/, '@')).sort()).toEqual(['@ measures the tide.', 'For @.'])
    const again = here.connect(ann, docDocument(doc))
    await again.synced()
    writeMarkdown(bodyOf(again.document), 'Nobody measures.')
    await again.acknowledged()
    await eventually('the brief alone', async () => (await mine()).length === 1)
  })

  test('in a review waits', async () => {
    const { id, mission } = await newMission(ann)
    addReview(mission.document, { id: 'noted' as ReviewId, by: ann.id, verdict: 'changes_requested', note: `As ${at(ben, 'Ben')} said`, runId: null }, Date.now())
    expect(await waits(ben, id, 'mention')).toMatchObject([{ place: 'review/noted', words: 'As @Ben said', by: { id: ann.id } }])
  })

  test('[INBOX2] waits for a viewer, who can read it, and not for staff or whoever left', async () => {
    const left = await here.member('member')
    const { id, mission } = await newMission(ann)
    await say(mission, ann, `${at(viewer)} ${at(left)} [@Analyst](missions://staff/${staff.id})`)
    await waits(viewer, id, 'mention')
    await waits(left, id, 'mention')
    await here.auth.removeMember({ workspaceId: here.workspaceId, userId: left.id })
    await eventually('settled', async () => (await here.db.selectFrom('inbox').select('settled_why').where('user_id', '=', left.id).execute()).every(({ settled_why }) => settled_why !== ''))
    expect((await here.api(left, 'GET', `/workspaces/${here.workspaceId}/inbox`)).status).toBe(404)
  })
})

describe('an assignment', () => {
  test('[INBOX3] waits until it is done, taken away, archived or the mission is done', async () => {
    const { id, board } = await newMission(ann, ben.id)
    expect(await waits(ben, id, 'assignment')).toMatchObject([{ by: { id: ann.id } }])
    assignMission(board.document, id, ann.id)
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: expect.stringMatching(/^The mission was given to Person \d+\.$/) }])
    assignMission(board.document, id, ben.id)
    await waits(ben, id, 'assignment')
    archiveMission(board.document, id, 5)
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: 'The mission was archived.' }])
  })

  test('[INBOX2] of oneself, or to somebody who may only look, waits for nobody', async () => {
    const { id, board } = await newMission(ann, ann.id)
    assignMission(board.document, id, viewer.id)
    await board.acknowledged()
    assignMission(board.document, id, ben.id)
    await waits(ben, id, 'assignment')
    expect(await waiting(ann, id)).toEqual([])
    expect(await waiting(viewer, id)).toEqual([])
  })

  test('to somebody who becomes a viewer waits no more', async () => {
    const dan = await here.member('member')
    const { id } = await newMission(ann, dan.id)
    await waits(dan, id, 'assignment')
    await here.auth.changeRole({ workspaceId: here.workspaceId, userId: dan.id }, 'viewer')
    await waits(dan, id)
  })
})

describe('a run', () => {
  test('[REVIEW4] that finished waits for a review by whoever made the mission and whoever asked for it, until one of them gives it', async () => {
    const { id, board } = await newMission(ann, staff.id)
    await run(id, ben, (holder) => holder.succeed('Prices rose by 3 %.'))
    for (const somebody of [ann, ben]) expect(await waits(somebody, id, 'review')).toMatchObject([{ words: 'Prices rose by 3 %.', by: { id: staff.id, kind: 'staff' } }])
    expect(await waiting(here.owner, id)).toEqual([])

    askForReview(board.document, id, here.owner.id)
    await waits(here.owner, id, 'review')
    await waits(ben, id)
    askForReview(board.document, id, null)
    await waits(ben, id, 'review')

    moveMission(board.document, id, 'done', 0)
    await waits(ben, id)
    await waits(ann, id)
    await eventually('why', async () => (await settled(ben, id)).some(({ settledWhy }) => /^Person \d+ approved it\.$/.test(settledWhy)))
    expect((await settled(ann, id)).map(({ settledWhy }) => settledWhy)).toEqual(['You approved it.'])
  })

  test('that failed waits with its reason, until it is run again', async () => {
    const { id } = await newMission(ann, staff.id)
    const runId = await run(id, ann, (holder) => holder.fail('The table cannot be read.'))
    expect(await waits(ann, id, 'failure')).toMatchObject([{ words: 'The table cannot be read.', place: `run/${runId}` }])
    await run(id, ann, (holder) => holder.succeed('Now it can.'))
    await waits(ann, id, 'review')
    expect(await settled(ann, id)).toMatchObject([{ kind: 'failure', settledWhy: 'It was run again.' }])
  })

  test('changes that are asked for settle the review, and say who asked', async () => {
    const { id, board, mission } = await newMission(ann, staff.id)
    await run(id, ben, (holder) => holder.succeed('Done.'))
    await waits(ann, id, 'review')
    addReview(mission.document, { id: `review-${id}` as ReviewId, by: ann.id, verdict: 'changes_requested', note: 'Shorter', runId: null }, Date.now())
    await mission.acknowledged()
    moveMission(board.document, id, 'in_progress', 0)
    await waits(ben, id)
    expect(await settled(ben, id)).toMatchObject([{ settledWhy: expect.stringMatching(/^Person \d+ asked for changes\.$/) }])
  })
})

describe('what one does with an item', () => {
  test('[INBOX3] read, done and put off stay, whatever else changes; undo brings it back', async () => {
    const { id, mission } = await newMission(ann)
    const comment = await say(mission, ann, `Look, ${at(ben)}`)
    const [item] = await waits(ben, id, 'mention')
    const before = (await inboxOf(ben)).counts
    expect((await patch(ben, item!, { read: true })).status).toBe(200)
    expect((await inboxOf(ben)).counts).toMatchObject({ waiting: before.waiting, unread: before.unread - 1 })
    expect((await patch(ben, item!, { done: true })).status).toBe(200)
    editComment(mission.document, comment, `Look there, ${at(ben)}`, Date.now())
    await eventually('followed', async () => (await inboxOf(ben, 'done')).items.some(({ words }) => words === 'Look there, @Name'))
    expect(await waiting(ben, id)).toEqual([])
    await patch(ben, item!, { done: false })
    await waits(ben, id, 'mention')
  })

  test('a snooze ends by itself, unread, and says so to whoever has the page open', async () => {
    const { id, mission } = await newMission(ann)
    await say(mission, ann, `Look, ${at(ben)}`)
    const [item] = await waits(ben, id, 'mention')
    const board = await boardOf(ben)
    const notices: string[] = []
    board.provider.on('stateless', ({ payload }: { payload: string }) => {
      const notice = readNotice(payload)
      if (notice?.kind === 'inbox') notices.push(notice.userId)
    })
    await patch(ben, item!, { snoozedUntil: Date.now() + 1_200 })
    expect(await waiting(ben, id)).toEqual([])
    expect((await inboxOf(ben, 'snoozed')).items.map((each) => each.id)).toContain(item!.id)
    await eventually('told of the snooze', () => notices.length > 0)
    notices.length = 0
    await eventually('told of the waking', () => notices.includes(ben.id))
    const [woken] = await waits(ben, id, 'mention')
    expect(woken).toMatchObject({ readAt: null, snoozedUntil: null, wokenAt: expect.any(Number) })
  })

  test('several are changed at once', async () => {
    const { id, mission } = await newMission(ann)
    for (const words of ['one', 'two', 'three']) await say(mission, ann, `${words} ${at(ben)}`)
    const items = await waits(ben, id, 'mention', 'mention', 'mention')
    const answer = await here.api(ben, 'PATCH', `/workspaces/${here.workspaceId}/inbox`, { items: [...items.map((item) => item.id), 'nobodys'], done: true })
    expect(answer.body).toEqual({ changed: 3 })
    await waits(ben, id)
  })

  test('[INBOX5] is not done by others, nor seen by them', async () => {
    const { id, mission } = await newMission(ann)
    await say(mission, ann, `Only you, ${at(ben)}`)
    const [item] = await waits(ben, id, 'mention')
    const stranger = (await here.workspace('Elsewhere')).owner
    for (const somebody of [ann, here.owner, stranger]) expect((await patch(somebody, item!, { done: true })).status).toBe(404)
    expect((await here.api(null, 'GET', `/workspaces/${here.workspaceId}/inbox`)).status).toBe(401)
    expect((await here.api(stranger, 'GET', `/workspaces/${here.workspaceId}/inbox`)).status).toBe(404)
    expect((await waiting(here.owner, id))).toEqual([])
    await waits(ben, id, 'mention')
  })

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}], ['a word for yes', { read: 'yes' }], ['a snooze into the past', { snoozedUntil: 5 }], ['a snooze for ever', { snoozedUntil: Number.MAX_SAFE_INTEGER }],
  ])('%s is refused with words', async (_, change) => {
    const answer = await here.api<{ error: { code: string } }>(ben, 'PATCH', `/workspaces/${here.workspaceId}/inbox/${'any' as InboxItemId}`, change)
    expect([answer.status, answer.body.error.code]).toEqual([400, 'bad_field'])
  })
})

test('[INBOX4] what came while somebody was away, and just before the server died, is there once afterwards', async () => {
  const { id, mission } = await newMission(ann)
  await say(mission, ann, `Before, ${at(ben)}`)
  await waits(ben, id, 'mention')
  // Acknowledged, and the server dies before it can follow.
  await say(mission, ann, `Just before, ${at(ben)}`)
  await here.server.kill()
  await here.server.restart()
  const items = await waits(ben, id, 'mention', 'mention')
  expect(items.map(({ words }) => words).sort()).toEqual(['Before, @Name', 'Just before, @Name'])
  await here.server.restart()
  expect((await waits(ben, id, 'mention', 'mention')).map((item) => item.id).sort()).toEqual(items.map((item) => item.id).sort())
})

test('[INBOX3] a mission that is deleted leaves nothing waiting', async () => {
  const { id, board, mission } = await newMission(ann, ben.id)
  await say(mission, ann, `Look, ${at(ben)}`)
  await waits(ben, id, 'assignment', 'mention')
  missionsOf(board.document).delete(id)
  await board.acknowledged()
  await waits(ben, id)
  expect((await settled(ben, id)).map(({ settledWhy }) => settledWhy)).toEqual(['The mission was deleted.', 'The mission was deleted.'])
})
