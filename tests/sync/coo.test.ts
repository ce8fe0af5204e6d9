import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Entry } from '#lib/activity/entry.ts'
import { readMessages, readTurn, say, type Message } from '#lib/board/chat.ts'
import type { ChatId, MessageId, MissionId } from '#lib/board/ids.ts'
import { readMission } from '#lib/board/board-document.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { answerQuestion, coo, editProposal, proposalsOf, readProposal, readProposals, type Proposal } from '#lib/board/proposal.ts'
import type { Chat } from '#lib/coo/answers.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { putBlocks } from '#lib/editor/put-blocks.ts'
import { chatDocument, missionDocument } from '#lib/sync/document-names.ts'
import { editText as edit } from '../../server/staff/text-edits/edit-text.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedModel, wordsOf, type ScriptedModel } from '../support/model.ts'

let model: ScriptedModel
let here: Harbour
let member: Somebody, other: Somebody, viewer: Somebody, staff: Somebody

beforeAll(async () => {
  model = await scriptedModel()
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'chief', OPENAI_API_KEY: 'k' } })
  ;[member, other, viewer, staff] = await Promise.all([here.token('member', 'Grace'), here.token('member', 'Ben'), here.token('viewer'), here.token('staff', 'Analyst')])
})
afterEach(() => here.leave())
afterAll(async () => {
  await here.end()
  await model.stop()
})

const proposed = (title: string, more: Record<string, unknown> = {}) => ({
  title, description: `Do **${title}**.`, project: null, assignee: null, why: '', priority: 'none', due_on: null, auto_run: false, size: null, blocked_by: [], duplicates: [], questions: [], ...more,
})
const proposes = (...proposals: unknown[]) => ({ say: 'I understood it so.', calls: [{ name: 'propose_missions', args: { proposals } }] })

async function board(somebody: Somebody = member) {
  const client = here.connect(somebody, here.board)
  await client.synced()
  return client
}

const editText = (document: Y.Doc, change: Parameters<typeof edit>[1]) => expect(edit(descriptionOf(document), change)).toMatchObject({ ok: true })
const lastLine = (document: Y.Doc) => readMarkdown(descriptionOf(document)).split('\n').at(-1)!

const chat = async (title = '') => (await here.api<{ chat: Chat }>(member, 'POST', `/workspaces/${here.workspaceId}/chats`, { title })).body.chat

async function open(id: ChatId, somebody: Somebody = member) {
  const client = here.connect(somebody, chatDocument(id))
  await client.synced()
  return client
}

/** Says something and waits for what becomes of it. */
async function ask(client: Awaited<ReturnType<typeof open>>, body: string): Promise<{ answer: Message | undefined; turn: NonNullable<ReturnType<typeof readTurn>> }> {
  const id = `m${Math.random().toString(36).slice(2)}` as MessageId
  say(client.document, { id, by: member.id, body }, Date.now())
  await eventually('the COO is done', () => ['answered', 'failed'].includes(readTurn(client.document, id)?.state ?? ''))
  const turn = readTurn(client.document, id)!
  return { turn, answer: readMessages(client.document).find((message) => message.id === turn.answer) }
}

async function proposal(...turns: Parameters<ScriptedModel['script']>[1]): Promise<Proposal> {
  model.script('chief', turns)
  const { answer } = await ask(await open((await chat()).id), 'Please see to it.')
  const shown = await board()
  await eventually('it is proposed', () => readProposal(shown.document, answer!.proposals[0]!) !== null)
  return readProposal(shown.document, answer!.proposals[0]!)!
}

test('[COO1] a request becomes proposals beside the board, whose descriptions can be read, and nothing comes onto the board', async () => {
  model.script('chief', [proposes(proposed('Order the lamps', { due_on: '2027-01-15', questions: [{ text: 'How many?', choices: ['10', '20'] }] }), proposed('Hang the lamps', { blocked_by: [0] }))])
  const client = await open((await chat()).id)
  const { turn, answer } = await ask(client, 'We need lamps for the fair')
  expect(turn.state).toBe('answered')
  expect(answer).toMatchObject({ by: coo.id, body: 'I understood it so.', engine: 'chief' })
  const shown = await board()
  const [lamps, hang] = answer!.proposals.map((id) => readProposal(shown.document, id)!)
  expect(lamps).toMatchObject({ title: 'Order the lamps', dueOn: '2027-01-15', state: 'open', by: coo.id, origin: { kind: 'chat' }, questions: [{ text: 'How many?', choices: ['10', '20'], answer: null }] })
  expect(hang).toMatchObject({ blockedBy: [lamps!.id] })
  expect(readMission(shown.document, lamps!.id)).toBeNull()
  const text = here.connect(member, missionDocument(lamps!.id))
  await text.synced()
  expect(readMarkdown(descriptionOf(text.document))).toBe('Do **Order the lamps**.')
})

test('[COO2] what was approved is on the board once, with the text that people edited, and whoever came second is told', async () => {
  const { id, title } = await proposal(proposes(proposed('Paint the pier')))
  const text = here.connect(other, missionDocument(id))
  await text.synced()
  putBlocks(descriptionOf(text.document), fromMarkdown('Do **Paint the pier**.\n\nIn green.'), null)
  const mine = await board()
  editProposal(mine.document, id, { title: `${title} green`, assigneeId: other.id })
  await Promise.all([text.acknowledged(), mine.acknowledged()])
  const answers = await Promise.all([
    here.api(member, 'POST', `/proposals/${id}/approve`, {}), here.api(other, 'POST', `/proposals/${id}/approve`, {}), here.api(other, 'POST', `/proposals/${id}/decline`, { reason: 'No' }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  const decided = await eventuallyRead(mine.document, id, ({ state }) => state !== 'open')
  const mission = readMission(mine.document, id)
  if (decided.state === 'approved') {
    expect(mission).toMatchObject({ title: 'Paint the pier green', assigneeId: other.id, status: 'backlog', createdBy: decided.decidedBy })
    const moved = here.connect(member, missionDocument(id))
    await moved.synced()
    expect(readMarkdown(descriptionOf(moved.document))).toBe('Do **Paint the pier**.\n\nIn green.')
  } else expect([mission, decided.reason]).toEqual([null, 'No'])
  expect((await here.api<{ error: { message: string } }>(member, 'POST', `/proposals/${id}/approve`, {})).body.error.message).toMatch(/“Paint the pier green” was (approved|declined) already/)
  const { entries } = (await here.api<{ entries: { kind: string; subject: { id: string } }[] }>(member, 'GET', `/workspaces/${here.workspaceId}/activity?limit=200`)).body
  const told = entries.filter(({ subject }) => subject.id === id).map(({ kind }) => kind)
  expect(told).toEqual(expect.arrayContaining(['proposal.made', 'proposal.changed', `proposal.${decided.state}`]))
})

async function eventuallyRead(document: Y.Doc, id: MissionId, holds: (proposal: Proposal) => boolean): Promise<Proposal> {
  await eventually('the proposal is so', () => holds(readProposal(document, id)!))
  return readProposal(document, id)!
}

test('[COO3] people edit what is open; what the server writes, and what was decided, nobody does; staff and viewers edit nothing', async () => {
  const { id } = await proposal(proposes(proposed('Count the boats')))
  const refused = async (somebody: Somebody, edit: (document: Y.Doc) => void, why: RegExp) => {
    const client = await board(somebody)
    edit(client.document)
    await eventually(`refused: ${why}`, () => why.test(client.closes().join(' ')))
    client.end()
  }
  await refused(member, (doc) => proposalsOf(doc).get(id)!.set('state', 'approved'), /Only the server writes "state"/)
  await refused(member, (doc) => proposalsOf(doc).set('mine', new Y.Map([['title', 'Mine']])), /may not add a proposal/)
  await refused(member, (doc) => proposalsOf(doc).delete(id), /may not delete this proposal/)
  await refused(staff, (doc) => editProposal(doc, id, { title: 'By staff' }), /may not change this proposal/)
  await refused(viewer, (doc) => editProposal(doc, id, { title: 'By a viewer' }), /./)
  const mine = await board()
  editProposal(mine.document, id, { title: 'Count all boats', priority: 'high' })
  await mine.acknowledged()
  expect((await here.api(member, 'POST', `/proposals/${id}/decline`, { reason: 'Not now' })).status).toBe(200)
  await refused(other, (doc) => editProposal(doc, id, { title: 'After all' }), /was declined already/)
  expect(readProposal((await board()).document, id)).toMatchObject({ title: 'Count all boats', priority: 'high', state: 'declined', reason: 'Not now', decidedBy: member.id })
})

test('[COO4] in a chat everybody speaks for themselves, and nobody as the COO', async () => {
  const { id } = await chat()
  const refused = async (somebody: Somebody, edit: (document: Y.Doc) => void, why: RegExp) => {
    const client = await open(id, somebody)
    edit(client.document)
    await eventually(`refused: ${why}`, () => why.test(client.closes().join(' ')))
    client.end()
  }
  await refused(member, (doc) => say(doc, { id: 'm' as MessageId, by: coo.id, body: 'Approved.' }, 1), /forged_author/)
  await refused(member, (doc) => say(doc, { id: 'm' as MessageId, by: other.id, body: 'I agree.' }, 1), /forged_author/)
  await refused(member, (doc) => doc.getMap('turns').set('m', { state: 'answered' }), /Only the server writes "turns"/)
  await refused(viewer, (doc) => say(doc, { id: 'm' as MessageId, by: viewer.id, body: 'Hello' }, 1), /./)
})

test('[COO5] an answer is a change of the COO, which is shown, leaves what two people write at the same time, and can be taken back', async () => {
  const { id, questions } = await proposal(proposes(proposed('Call the crane', { questions: [{ text: 'Who calls?', choices: ['Ben', 'Grace'] }, { text: 'Which crane?', choices: [] }] })))
  const [who, which] = questions
  const mine = await board()
  const theirs = await board(other)
  const [text, theirText] = [here.connect(member, missionDocument(id)), here.connect(other, missionDocument(id))]
  await Promise.all([text.synced(), theirText.synced()])
  const words = () => readMarkdown(descriptionOf(text.document))
  model.script('chief', [
    { calls: [{ name: 'refine_proposal', args: { assignee: other.id, why: 'The answer names Ben.', title: 'Call the red crane', description: [{ replace: 'Before noon.', markdown: 'Whenever.' }] } }] },
    { calls: [{ name: 'refine_proposal', args: { assignee: other.id, why: 'The answer names Ben.', title: 'Call the red crane', description: [{ replace: '**Call the crane**', markdown: '**Call the red crane**' }, { markdown: 'It stands at the north quay.' }] } }] },
  ])
  editText(text.document, { markdown: 'Before noon.' })
  await text.acknowledged()
  editProposal(mine.document, id, { priority: 'high' })
  answerQuestion(theirs.document, id, which!.id, 'The red one, and Ben calls', other.id)
  for (const letter of 'Twice.') editText(theirText.document, letter === 'T' ? { markdown: 'T' } : { replace: lastLine(theirText.document), markdown: `${lastLine(theirText.document)}${letter}` })
  const refined = await eventuallyRead(mine.document, id, ({ changes }) => changes.length === 1)
  expect(refined).toMatchObject({ title: 'Call the red crane', assigneeId: other.id, why: 'The answer names Ben.', priority: 'high', changes: [{ engine: 'chief', because: [which!.id], fields: { title: { from: 'Call the crane' } } }] })
  expect(refined.questions.map(({ answeredBy }) => answeredBy)).toEqual([null, other.id])
  expect(wordsOf(model.asked('chief').at(-1)!)).toContain('What people wrote stays')
  await eventually('all three are in the description', () => ['Do **Call the red crane**.', 'Before noon.', 'It stands at the north quay.', 'Twice.'].every((part) => words().includes(part)))
  const authors = await here.api<{ authors: Record<string, string> }>(member, 'GET', `/documents/${missionDocument(id)}/authors`)
  expect(Object.values(authors.body.authors)).toContain(coo.id)

  // What somebody chose since stays; the rest of it goes, and comes back.
  editProposal(theirs.document, id, { assigneeId: member.id })
  await theirs.acknowledged()
  const [change] = refined.changes
  expect((await here.api(viewer, 'POST', `/proposals/${id}/changes/${change!.id}/undo`, {})).status).toBe(403)
  expect((await here.api(other, 'POST', `/proposals/${id}/changes/${change!.id}/undo`, {})).status).toBe(200)
  await eventually('it is taken back', () => words().includes('Do **Call the crane**.') && !words().includes('north quay'))
  for (const written of ['Before noon.', 'Twice.']) expect(words()).toContain(written)
  expect(await eventuallyRead(mine.document, id, ({ changes }) => changes[0]!.undoneAt !== null)).toMatchObject({ title: 'Call the crane', assigneeId: member.id, changes: [{ undoneBy: other.id }] })
  // The record has the answer, by whom it was, and the question; and what the COO made of it is the COO's.
  const told = async () => (await here.api<{ entries: Entry[] }>(member, 'GET', `/workspaces/${here.workspaceId}/activity?limit=200`)).body.entries.filter(({ subject }) => subject.id === id)
  await eventually('the answer is in the record', async () => (await told()).some(({ kind }) => kind === 'proposal.answered'))
  const entries = await told()
  expect(entries.find(({ kind }) => kind === 'proposal.answered')).toMatchObject({ actor: { id: other.id }, details: { ask: { question: 'Which crane?' } } })
  expect(entries.filter(({ kind }) => kind === 'proposal.changed').map(({ actor }) => actor.id)).toEqual(expect.arrayContaining([coo.id, member.id, other.id]))

  const forger = await board(other)
  answerQuestion(forger.document, id, who!.id, 'Grace', member.id)
  await eventually('refused', () => /does not take this value/.test(forger.closes().join(' ')))
})

test('[COO5] where the model cannot be asked, answers are taken up by rules; another answer takes the place of the first', async () => {
  const { id, questions } = await proposal(proposes(proposed('Hoist it', { questions: [{ text: 'Who hoists?', choices: [] }, { text: 'How high?', choices: [] }] })))
  const [who, high] = questions
  const mine = await board()
  const text = here.connect(member, missionDocument(id))
  await text.synced()
  const answered = async (question: string, words: string | null) => {
    const before = readProposal(mine.document, id)!.changes.map(({ undoneAt }) => undoneAt)
    answerQuestion(mine.document, id, question, words, member.id)
    await eventuallyRead(mine.document, id, ({ changes }) => JSON.stringify(changes.map(({ undoneAt }) => undoneAt)) !== JSON.stringify(before))
  }
  await answered(high!.id, 'Ten feet')
  await answered(who!.id, 'ben')
  expect(readProposal(mine.document, id)).toMatchObject({ assigneeId: other.id, changes: [{ engine: 'offline', because: [high!.id] }, { fields: { assigneeId: { from: null } } }] })
  editText(text.document, { markdown: 'Mind the wind.' })
  await text.acknowledged()
  await answered(high!.id, 'Twelve feet')
  await eventually('the later answer stands', () => readMarkdown(descriptionOf(text.document)) === 'Do **Hoist it**.\n\n## Answers\n\n- How high? **Twelve feet**\n\nMind the wind.')
  await answered(who!.id, null)
  await eventuallyRead(mine.document, id, ({ assigneeId }) => assigneeId === null)
})

test('[COO6] proposals that are not as they have to be are asked for once more; what the COO names exists', async () => {
  const made = await proposal(
    { say: 'So.', calls: [{ name: 'propose_missions', args: { proposals: [proposed('Weigh anchors', { assignee: 'nobody-here' })] } }] },
    { calls: [{ name: 'propose_missions', args: { proposals: [proposed('Weigh anchors', { assignee: member.id, why: 'Grace has the scales.' })] } }] },
  )
  expect(made).toMatchObject({ title: 'Weigh anchors', assigneeId: member.id, why: 'Grace has the scales.' })
  expect(wordsOf(model.asked('chief').at(-1)!)).toContain('there is nobody with the id "nobody-here"')
  model.script('chief', [{ say: 'So.', calls: [{ name: 'propose_missions', args: '{"proposals": [' }] }, { calls: [{ name: 'propose_missions', args: '{"propo' }] }, { calls: [{ name: 'propose_missions', args: 'still not' }] }])
  const { turn, answer } = await ask(await open((await chat()).id), 'Once more')
  expect(turn.state).toBe('answered')
  expect(answer).toMatchObject({ proposals: [] })
  expect(answer!.body).toContain('still not')
})

test('[COO7] a model that fails says why, loses nothing that was said, and is asked again by whoever wants', async () => {
  model.script('chief', [{ refuse: { status: 401, message: 'Your key is wrong.' } }])
  const { id } = await chat()
  const client = await open(id)
  const { turn } = await ask(client, 'Repair the crane')
  expect(turn).toMatchObject({ state: 'failed', reason: expect.stringContaining('Your key is wrong') as string })
  model.script('chief', [proposes(proposed('Repair the crane'))])
  const [said] = readMessages(client.document)
  expect((await here.api(member, 'POST', `/chats/${id}/again`, { messageId: said!.id })).status).toBe(200)
  await eventually('answered', () => readTurn(client.document, said!.id)?.state === 'answered')
  expect(readMessages(client.document).map(({ by }) => by)).toEqual([member.id, coo.id])
})

test('[COO7] what was said before the server died is answered after it is back, once', async () => {
  model.script('chief', [{ reply: proposes(proposed('Too late')), msPerPiece: 400, pieceLength: 2 }])
  const { id } = await chat()
  const client = await open(id)
  say(client.document, { id: 'early' as MessageId, by: member.id, body: 'Mend the nets' }, Date.now())
  await eventually('it begins to answer', () => readTurn(client.document, 'early' as MessageId)?.state === 'working')
  await here.server.kill()
  model.script('chief', [proposes(proposed('Mend the nets'))])
  await here.server.restart()
  await eventually('answered', () => readTurn(client.document, 'early' as MessageId)?.state === 'answered')
  const shown = await board()
  expect(readProposals(shown.document).filter(({ title }) => title === 'Mend the nets')).toHaveLength(1)
  expect(readProposals(shown.document).filter(({ title }) => title === 'Too late')).toHaveLength(0)
  expect(readMessages(client.document).filter(({ by }) => by === coo.id)).toHaveLength(1)
})

test('a script tells the COO what is needed, and reads chats and what was said last', async () => {
  model.script('chief', [proposes(proposed('Sound the depth'))])
  const asked = await here.api<{ chatId: ChatId }>(member, 'POST', `/workspaces/${here.workspaceId}/requests`, { text: 'How deep is the harbour?' })
  expect(asked.status).toBe(202)
  const shown = await board()
  await eventually('it is proposed', () => readProposals(shown.document).some(({ title }) => title === 'Sound the depth'))
  await eventually('it is listed', async () => (await here.api<{ chats: Chat[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/chats`)).body.chats
    .some(({ id, title, lastBy, lastWords }) => id === asked.body.chatId && title === 'How deep is the harbour?' && lastBy === coo.id && lastWords === 'I understood it so.'))
  expect((await here.api(viewer, 'POST', `/workspaces/${here.workspaceId}/requests`, { text: 'And me?' })).status).toBe(403)
  expect((await here.api(member, 'POST', `/workspaces/${here.workspaceId}/requests`, { text: ' ' })).status).toBe(400)
})
