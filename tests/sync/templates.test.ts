import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missionsOf, readMission, readMissions } from '#lib/board/board-document.ts'
import { readMessages, readTurn, say } from '#lib/board/chat.ts'
import { createMission, moveMission } from '#lib/board/edits.ts'
import type { ActorId, ChatId, MessageId, MissionId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { answerQuestion, readProposal, readProposals, type Proposal } from '#lib/board/proposal.ts'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import { chatDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { ListedTemplate, Template } from '#lib/templates/template.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedModel, wordsOf } from '../support/model.ts'

let here: Harbour
let member: Somebody, other: Somebody, viewer: Somebody, staff: Somebody
let board: Client

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, other, viewer, staff] = await Promise.all([here.token('member', 'Mia'), here.token('member', 'Ben'), here.token('viewer'), here.token('staff', 'Writer')])
  board = here.connect(member, here.board)
  await board.synced()
})
afterAll(() => here.end())

type Answer = { template: Template; templates: ListedTemplate[]; missionIds: MissionId[]; error?: { code: string; message: string; field?: string } }
const at = (path: string, method = 'GET', body?: unknown, who: Somebody | null = member) => here.api<Answer>(who, method, path, body)
const mine = () => `/workspaces/${here.workspaceId}/templates`
const field = (key: string, kind = 'text', more: Record<string, unknown> = {}) => ({ key, label: key[0]!.toUpperCase() + key.slice(1), kind, required: true, ...more })
let names = 0
async function keep(fields: unknown[], missions: Record<string, unknown>[], name = `Template ${names++}`): Promise<Template> {
  const made = await at(mine(), 'POST', { name, description: 'For tests', content: { fields, missions } })
  expect(made.status, made.text).toBe(201)
  return made.body.template
}
const use = (id: string, fields: Record<string, string> = {}, who: Somebody = member) => at(`/templates/${id}/use`, 'POST', { fields, zone: 'Europe/Berlin' }, who)
const cards = (ids: readonly MissionId[]) => ids.map((id) => readMission(board.document, id)!)
async function textOf(id: MissionId) {
  const client = here.connect(member, missionDocument(id))
  await client.synced()
  const text = readMarkdown(descriptionOf(client.document))
  client.end()
  return text
}
const happened = async (query = '') => (await here.api<{ entries: { kind: string; subject: { id: string; name: string }; details: Record<string, unknown> }[] }>(member, 'GET', `/workspaces/${here.workspaceId}/activity?limit=200${query}`)).body.entries

const onboarding = () => keep(
  [field('customer'), field('start', 'date', { default: '7' }), field('lead', 'person', { default: 'me' })],
  [
    { key: 'call', title: 'Call {{customer}}', assignee: '{{lead}}', priority: 'high', due: { days: 0, after: 'start' }, labels: ['{{customer}}'] },
    { key: 'plan', title: 'Plan the first week of {{customer}}', assignee: staff.id, autoRun: true, blockedBy: ['call'], description: '**{{customer}}** begins on {{start}}. Ask {{lead}}.' },
    { key: 'open', title: 'Open the account', assignee: staff.id, autoRun: true },
  ],
)

describe('[TEMPLATE1] using a template', () => {
  test('makes its missions in one edit, filled in and in their order, and says where they came from', async () => {
    const { id, name } = await onboarding()
    let edits = 0
    missionsOf(board.document).observe(() => edits++)
    const made = await use(id, { customer: 'ACME', start: '2027-03-01' })
    expect(made.status, made.text).toBe(201)
    await board.until('they are on the board', () => made.body.missionIds.every((each) => readMission(board.document, each) !== null))
    expect(edits).toBe(1)
    const [call, open, plan] = ['Call ACME', 'Open the account', 'Plan the first week of ACME'].map((title) => cards(made.body.missionIds).find((each) => each.title === title)!)
    expect(call).toMatchObject({ assigneeId: member.id, priority: 'high', dueOn: '2027-03-01', labels: ['ACME'], createdBy: member.id, status: 'backlog', blockedBy: [] })
    expect(plan).toMatchObject({ assigneeId: staff.id, autoRun: true, status: 'backlog', blockedBy: [call!.id] })
    expect(open).toMatchObject({ status: 'in_progress' })
    expect(await textOf(plan!.id)).toBe(`**ACME** begins on 1 March 2027. Ask [@Mia](missions://person/${member.id}).`)
    const told = (await happened(`&mission=${call!.id}`)).find(({ kind }) => kind === 'mission.created')
    expect(told?.details.madeFrom).toEqual({ kind: 'template', id, name })
    expect((await at(`/templates/${id}`)).body.template).toMatchObject({ uses: 1, usedAt: expect.any(Number) as number })

    // What comes next starts when what it waits for is over.
    moveMission(board.document, call!.id, 'done', 0)
    await board.until('the next one is moved on', () => readMission(board.document, plan!.id)?.status === 'in_progress')
    await eventually('and runs', async () => await here.db.selectFrom('runs').select('id').where('mission_id', '=', plan!.id).executeTakeFirst() !== undefined)
  })

  test('of missing and wrong fields makes nothing, and names each', async () => {
    const { id } = await onboarding()
    const before = readMissions(board.document).length
    const refused = await use(id, { start: 'soon' })
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ field: 'fields.customer', message: expect.stringMatching(/“Customer” is missing\..*“Start” must be a day that exists/) as string })
    expect((await use(id, { customer: 'A', colour: 'red' })).body.error!.message).toContain('no field “colour”')
    expect(readMissions(board.document)).toHaveLength(before)
  })

  test('that names a staff member who was removed is refused, until it names somebody else', async () => {
    const leaving = (await here.api<{ staff: { id: ActorId } }>(member, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: 'Leaver', engine: 'offline' })).body.staff
    const template = await keep([], [{ title: 'Write', assignee: leaving.id }])
    await here.api(member, 'DELETE', `/staff/${leaving.id}`)
    expect((await use(template.id)).body.error!.message).toBe('“Write” is for Leaver, who is not here any more. Give it to somebody else in the template.')
    const [mission] = template.content.missions
    await at(`/templates/${template.id}`, 'PATCH', { content: { fields: [], missions: [{ ...mission, assignee: '' }] } })
    expect((await use(template.id)).status).toBe(201)
  })
})

test('[TEMPLATE2] people keep, change, archive and bring back templates; what cannot be is refused with where, and two who change one are told', async () => {
  const template = await keep([field('customer')], [{ title: 'For {{customer}}' }], 'Monthly close')
  for (const who of [viewer, staff]) {
    expect((await at(`/templates/${template.id}`, 'GET', undefined, who)).status).toBe(200)
    for (const [method, path] of [['PATCH', ''], ['DELETE', ''], ['POST', '/restore'], ['POST', '/use']] as const) expect((await at(`/templates/${template.id}${path}`, method, {}, who)).status).toBe(403)
    expect((await at(mine(), 'POST', { name: 'Mine' }, who)).status).toBe(403)
  }
  const elsewhere = (await here.workspace('Elsewhere')).owner
  expect((await at(`/templates/${template.id}`, 'GET', undefined, elsewhere)).text).toBe((await at('/templates/nothing')).text)
  expect((await at(mine(), 'POST', { name: ' monthly CLOSE', content: template.content })).body.error).toMatchObject({ code: 'name_taken', field: 'name' })
  expect((await at(mine(), 'POST', { name: 'Two', content: { fields: [], missions: [{ title: '{{who}}' }] } })).body.error!.field).toBe('content.missions.0.title')
  expect((await at(mine(), 'POST', { name: 'Many', content: { fields: [], missions: Array.from({ length: 200 }, () => ({ title: 'x' })) } })).body.error!.message).toContain('at most 100')

  expect((await at(`/templates/${template.id}`, 'PATCH', { description: 'Each month', version: 1 })).body.template).toMatchObject({ version: 2, description: 'Each month' })
  expect(await at(`/templates/${template.id}`, 'PATCH', { description: 'Each week', version: 1 }, other)).toMatchObject({ status: 409, body: { error: { code: 'changed_meanwhile' } } })
  expect((await at(`/templates/${template.id}`, 'DELETE')).body.template.archivedAt).not.toBeNull()
  expect((await use(template.id, { customer: 'A' })).body.error!.message).toContain('is archived')
  expect((await at(mine())).body.templates.some(({ id }) => id === template.id)).toBe(false)
  expect((await at(`${mine()}?archived=1`)).body.templates.some(({ id }) => id === template.id)).toBe(true)
  expect((await at(`/templates/${template.id}/restore`, 'POST', {})).body.template.archivedAt).toBeNull()
  await eventually('the record has it', async () => (await happened('&kind=template')).filter(({ subject }) => subject.id === template.id).length === 4)
  expect((await happened('&kind=template')).filter(({ subject }) => subject.id === template.id).map(({ kind }) => kind)).toEqual(['template.restored', 'template.archived', 'template.changed', 'template.added'])
})

test('[TEMPLATE3] a template of missions on the board has their words, owners, order and files; what stands there as {{a field}} is one', async () => {
  const [first, second, third] = ['oldest', 'middle', 'newest'].map((id) => id as MissionId)
  createMission(board.document, { id: first!, title: 'Ask {{client}}', priority: 'low', dueOn: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) }, member.id, Date.now())
  createMission(board.document, { id: second!, title: 'Write it down', assigneeId: staff.id, labels: ['notes'], blockedBy: [first!] }, member.id, Date.now() + 1)
  createMission(board.document, { id: third!, title: 'Send it', blockedBy: [second!] }, member.id, Date.now() + 2)
  const text = here.connect(member, missionDocument(second!))
  await text.synced()
  writeMarkdown(descriptionOf(text.document), 'As **{{client}}** said.')
  await Promise.all([board.acknowledged(), text.acknowledged()])
  await here.api(member, 'POST', `/missions/${second}/files?name=form.txt`, 'Name:', { 'content-type': 'application/octet-stream' })

  const made = await at(mine(), 'POST', { name: 'From the board', from: { missions: [second], connected: true, files: true } })
  expect(made.status, made.text).toBe(201)
  const { id, content } = made.body.template
  expect(content.fields).toMatchObject([{ key: 'client', label: 'Client', kind: 'text', required: true }])
  expect(content.missions).toMatchObject([
    { title: 'Ask {{client}}', priority: 'low', due: { days: 3, after: '' }, blockedBy: [] },
    { title: 'Write it down', assignee: staff.id, labels: ['notes'], description: 'As **{{client}}** said.', blockedBy: ['m1'] },
    { title: 'Send it', blockedBy: ['m2'] },
  ])
  expect(content.missions[1]!.files).toHaveLength(1)
  const used = (await use(id, { client: 'Bo & Co' })).body.missionIds
  await board.until('they are on the board', () => used.every((each) => readMission(board.document, each) !== null))
  const copy = cards(used).find(({ title }) => title === 'Write it down')!
  expect(await textOf(copy.id)).toBe('As **Bo & Co** said.')
  const files = await here.db.selectFrom('files').select(['id', 'name', 'kind']).where('mission_id', '=', copy.id).execute()
  expect(files).toMatchObject([{ name: 'form.txt', kind: 'attachment' }])
  expect(files[0]!.id).not.toBe(content.missions[1]!.files[0])
})

test('[TEMPLATE4] the COO proposes what a request names, fills in what it says, asks for the rest once, and puts the answer wherever it belongs', async () => {
  await onboarding()
  const template = await keep(
    [field('customer'), field('plan', 'choice', { choices: ['Basic', 'Premium'] })],
    [{ key: 'a', title: 'Welcome {{customer}} ({{plan}})', description: 'They chose {{plan}}.' }, { key: 'b', title: 'Check on {{customer}}', description: 'Is {{plan}} enough?', blockedBy: ['a'] }], 'Customer welcome',
  )
  const { id: chatId } = (await here.api<{ chat: { id: ChatId } }>(member, 'POST', `/workspaces/${here.workspaceId}/chats`, {})).body.chat
  const chat = here.connect(member, chatDocument(chatId))
  await chat.synced()
  say(chat.document, { id: 'ask' as MessageId, by: member.id, body: 'Please welcome ACME Ltd using the customer welcome template' }, Date.now())
  await eventually('answered', () => readTurn(chat.document, 'ask' as MessageId)?.state === 'answered')
  const answer = readMessages(chat.document).find(({ id }) => id === readTurn(chat.document, 'ask' as MessageId)!.answer)!
  expect(answer.body).toContain('Customer: ACME Ltd')
  expect(answer.body).toContain('Still open: Plan')
  const [first, second] = answer.proposals
  const shown = (id: MissionId) => readProposal(board.document, id) as Proposal
  await board.until('they are proposed', () => answer.proposals.every((id) => readProposal(board.document, id) !== null))
  expect([shown(first!), shown(second!)]).toMatchObject([
    { title: 'Welcome ACME Ltd ({{plan}})', questions: [{ text: 'Plan: which?', choices: ['Basic', 'Premium'] }], template: { id: template.id } },
    { title: 'Check on ACME Ltd', questions: [], blockedBy: [first] },
  ])
  answerQuestion(board.document, first!, 'field_plan', 'premium', member.id)
  await board.until('it is filled in', () => shown(first!).title === 'Welcome ACME Ltd (Premium)')
  await eventually('also in the texts of the others', async () => await textOf(second!) === 'Is Premium enough?')
  // It is the COO's change, in each of them, and goes again where somebody says so: there alone.
  await board.until('it is shown', () => [first!, second!].every((id) => shown(id).changes.length === 1))
  expect(shown(first!).changes).toMatchObject([{ because: ['field_plan'], fields: { title: { from: 'Welcome ACME Ltd ({{plan}})', to: 'Welcome ACME Ltd (Premium)' } }, removed: 'They chose {{plan}}.', added: 'They chose Premium.', undoneAt: null }])
  expect((await here.api(member, 'POST', `/proposals/${second}/changes/${shown(second!).changes[0]!.id}/undo`)).status).toBe(200)
  expect([await textOf(second!), await textOf(first!)]).toEqual(['Is {{plan}} enough?', 'They chose Premium.'])
  await board.until('who took it back is told', () => shown(second!).changes[0]?.undoneBy === member.id)
  answerQuestion(board.document, first!, 'field_plan', 'Basic', member.id)
  await board.until('another answer takes its place', () => shown(first!).title === 'Welcome ACME Ltd (Basic)')
  await eventually('in the texts too', async () => await textOf(first!) === 'They chose Basic.' && await textOf(second!) === 'Is Basic enough?')
  answerQuestion(board.document, first!, 'field_plan', null, member.id)
  await board.until('an answer that is taken back takes what it filled in', () => shown(first!).title === 'Welcome ACME Ltd ({{plan}})')
  await eventually('in the texts too', async () => await textOf(second!) === 'Is {{plan}} enough?')
  answerQuestion(board.document, first!, 'field_plan', 'Basic', member.id)
  await board.until('it is filled in again', () => shown(first!).title === 'Welcome ACME Ltd (Basic)')
  expect(readProposals(board.document)).toHaveLength(2)
  await here.api(member, 'POST', `/proposals/${first}/approve`, {})
  await board.until('it is on the board', () => readMission(board.document, first!) !== null)
  await eventually('its origin is told', async () => (await happened(`&mission=${first}`)).some(({ details }) => (details.madeFrom as { id?: string } | undefined)?.id === template.id))
})

test('[TEMPLATE4] a model is told of the templates, and what it names of one is proposed like what people name', async () => {
  const model = await scriptedModel()
  try {
    const template = await keep([field('customer'), field('lead', 'person')], [{ key: 'a', title: 'Greet {{customer}}', assignee: '{{lead}}' }, { title: 'Call {{customer}}', blockedBy: ['a'] }], 'Greeting')
    expect((await here.api(here.owner, 'PUT', `/workspaces/${here.workspaceId}/engine`, { baseUrl: model.baseUrl, model: 'chief', apiKey: 'sk-test' })).status).toBe(200)
    const use = (args: Record<string, unknown>) => ({ calls: [{ name: 'use_template', args }] })
    model.script('chief', [{ say: 'So.', ...use({ template: 'nothing', fields: {} }) }, use({ template: template.id, fields: { customer: 'Northwind' } })])
    const { id: chatId } = (await here.api<{ chat: { id: ChatId } }>(member, 'POST', `/workspaces/${here.workspaceId}/chats`, {})).body.chat
    const chat = here.connect(member, chatDocument(chatId))
    await chat.synced()
    say(chat.document, { id: 'greet' as MessageId, by: member.id, body: 'Northwind signed!' }, Date.now())
    await eventually('answered', () => readTurn(chat.document, 'greet' as MessageId)?.state === 'answered')
    expect(wordsOf(model.asked('chief')[0]!)).toContain(`- Greeting (id ${template.id}; 2 missions): For tests`)
    expect(wordsOf(model.asked('chief').at(-1)!)).toContain('there is none with the id "nothing"')
    const { proposals } = readMessages(chat.document).find(({ id }) => id === readTurn(chat.document, 'greet' as MessageId)!.answer)!
    await board.until('they are proposed', () => proposals.every((id) => readProposal(board.document, id) !== null))
    expect(proposals.map((id) => readProposal(board.document, id))).toMatchObject([{ title: 'Greet Northwind', questions: [{ id: 'field_lead', text: 'Lead: who?' }] }, { title: 'Call Northwind', blockedBy: [proposals[0]] }])
    answerQuestion(board.document, proposals[0]!, 'field_lead', 'Mia', member.id)
    await board.until('she has it', () => readProposal(board.document, proposals[0]!)?.assigneeId === member.id)
  } finally {
    await model.stop()
  }
})
