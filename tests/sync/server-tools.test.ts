import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDoc } from '#lib/board/doc-edits.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { ActorId, AskId, DocId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readProposals } from '#lib/board/proposal.ts'
import type { Staff } from '#lib/board/staff.ts'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import type { RunEdit } from '#lib/staff/answers.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Claim } from '../../server/runs/protocol.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedWorker } from '../support/worker.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, agent: Somebody
let board: Client, doc: Client
let worker: ReturnType<typeof scriptedWorker>
let n = 0
const project = 'fleet' as ProjectId
let id: DocId
const first = '# Sailing\n\nWe leave at **noon** with the tide.\n\n- bread\n- water'

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer, agent] = await Promise.all([here.member('member'), here.member('viewer'), here.token('staff', 'Editor')])
  worker = scriptedWorker(here.server.url, agent.token)
  board = here.connect(member, here.board)
  await board.synced()
  createProject(board.document, project, 'Fleet', 'blue')
  await board.acknowledged()
})
afterAll(() => here.end())

beforeEach(async () => {
  id = `page${n++}` as DocId
  createDoc(board.document, { id, title: `Page ${n}`, projectId: project, parentId: null }, member.id, 1)
  await board.acknowledged()
  doc = here.connect(member, docDocument(id))
  await doc.synced()
  writeMarkdown(bodyOf(doc.document), first)
  await doc.acknowledged()
  await set({ tools: ['search', 'read_doc', 'edit_doc', 'hand_to'], autonomy: 'autonomous', alwaysAllowed: [] })
})

const set = async (fields: Record<string, unknown>) => expect((await here.api<{ staff: Staff }>(member, 'PATCH', `/staff/${agent.id}`, fields)).status).toBe(200)
const markdown = () => readMarkdown(bodyOf(doc.document))
const becomes = (what: string, is: (text: string) => boolean) => doc.until(what, () => is(markdown()))

async function run(): Promise<{ claim: Claim; holding: ReturnType<typeof worker.holding> }> {
  const mission = `work${n++}` as MissionId
  createMission(board.document, { id: mission, title: 'Mend the plan', projectId: project, assigneeId: agent.id }, member.id, 1)
  await board.acknowledged()
  expect((await here.api(member, 'POST', `/missions/${mission}/runs`)).status).toBe(201)
  const claim = (await worker.claim(5))!
  expect(claim.missionId).toBe(mission)
  return { claim, holding: worker.holding(claim) }
}
const over = (runId: RunId) => here.api(member, 'POST', `/runs/${runId}/cancel`)
const edits = async (runId: RunId) => (await here.api<{ edits: RunEdit[] }>(viewer, 'GET', `/runs/${runId}/edits`)).body.edits
const undo = (runId: RunId, body: object = {}, who = member) => here.api<{ edits: RunEdit[]; error?: { code: string } }>(who, 'POST', `/runs/${runId}/undo`, body)

function typeBehind(words: string, at: string) {
  const texts = function* (node: Y.XmlElement): Iterable<Y.XmlText> {
    for (const child of node.toArray()) {
      if (child instanceof Y.XmlText) yield child
      else if (child instanceof Y.XmlElement) yield* texts(child)
    }
  }
  for (const text of texts(bodyOf(doc.document))) {
    const index = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('').indexOf(at)
    if (index >= 0) return text.insert(index + at.length, words)
  }
  throw new Error(`“${at}” is not there`)
}

describe('tools that the server carries out', () => {
  test('a doc is read, and edited in the name of the staff member, as everybody sees and the record says', async () => {
    const { claim, holding } = await run()
    expect((await holding.tool('read_doc', { doc: id })).body).toEqual({ ok: true, result: `[“Page ${n - 1}”, ${first.length} characters]\n\n${first}` })
    expect((await holding.tool('edit_doc', { doc: id, markdown: 'at **dawn**', replace: 'at **noon**' })).body).toEqual({ ok: true, result: 'Done.' })
    await becomes('edited', (text) => text === first.replace('noon', 'dawn'))
    const { authors } = (await here.api<{ authors: Record<string, string> }>(viewer, 'GET', `/documents/${docDocument(id)}/authors`)).body
    const written = bodyOf(doc.document).toString()
    expect(written).toContain('dawn')
    expect(Object.values(authors).sort()).toEqual([agent.id, member.id].sort())
    expect(await edits(claim.runId)).toMatchObject([{ n: 1, doc: id, title: `Page ${n - 1}`, added: 'at **dawn**', removed: 'at **noon**', undoneAt: null }])
    await eventually('recorded', async () => (await here.api<{ entries: { kind: string; actor: { id: string }; runId: string }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/activity?kind=doc&subject=${id}`)).body.entries
      .some(({ kind, actor, runId }) => kind === 'doc.edited' && actor.id === agent.id && runId === claim.runId))
    await over(claim.runId)
  })

  test('[STAFF7] a call that is made again, by this worker or the next, is answered alike and does nothing twice', async () => {
    const { claim, holding } = await run()
    const args = { doc: id, markdown: 'Once only.' }
    expect((await holding.tool('edit_doc', args, 'same')).body.ok).toBe(true)
    // As after a crash between the edit and its answer.
    await here.db.deleteFrom('run_tool_calls').where('run_id', '=', claim.runId).execute()
    expect((await Promise.all([1, 2, 3].map(() => holding.tool('edit_doc', args, 'same')))).map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => ({ ok: true, result: 'Done.' })))
    await here.server.restart()
    expect((await worker.holding(claim).tool('edit_doc', args, 'same')).body.ok).toBe(true)
    await becomes('edited', (text) => text.includes('Once only.'))
    expect(markdown().match(/Once only/g)).toHaveLength(1)
    expect(await edits(claim.runId)).toHaveLength(1)
    await over(claim.runId)
  })

  test('[STAFF7] nothing is carried out that the staff member was not given, or that its autonomy forbids, whatever the worker says', async () => {
    const { claim, holding } = await run()
    const args = { doc: id, markdown: 'Not allowed.' }
    await set({ tools: ['search'] })
    expect((await holding.tool('edit_doc', args)).body).toEqual({ ok: false, message: 'You were not given the tool edit_doc.' })
    expect((await holding.tool('read_doc', { doc: id })).body.ok).toBe(false)
    await set({ tools: ['read_doc', 'edit_doc'], autonomy: 'notify' })
    expect((await holding.tool('edit_doc', args)).body.ok).toBe(false)
    expect((await holding.tool('read_doc', { doc: id })).body.ok).toBe(true)
    for (const tool of ['write_file', 'fetch_url', 'constructor', 'nothing']) expect((await holding.tool(tool, {})).body.ok).toBe(false)
    await set({ autonomy: 'autonomous' })
    for (const bad of [{ doc: 'a/b', markdown: 'x' }, { doc: id }, { doc: id, markdown: 7 }, { doc: id, markdown: 'x', replace: 7 }, { doc: 'not-there', markdown: 'x' }, { doc: id, markdown: 'x'.repeat(300_000) }]) expect((await holding.tool('edit_doc', bad)).body.ok).toBe(false)
    expect((await here.api(member, 'POST', `/runs/${claim.runId}/tools/edit_doc`, { arguments: args, key: 'k' })).status).toBe(410)
    await over(claim.runId)
    expect((await holding.tool('edit_doc', args)).status).toBe(410)
    expect(markdown()).toBe(first)
    expect(await edits(claim.runId)).toEqual([])
  })

  test('[STAFF7] one that asks first needs an approval of this very call, or of the tool', async () => {
    await set({ autonomy: 'assist' })
    const { claim, holding } = await run()
    const args = { doc: id, markdown: 'Approved words.' }
    const other = { doc: id, markdown: 'Other words.' }
    expect((await holding.tool('edit_doc', args, 'c1')).body).toEqual({ ok: false, message: 'A person has to approve this call first.' })
    const ask = async (key: string, verdict: string) => {
      const asked = (await holding.ask({ key, kind: 'approval', question: 'May docs be edited?', tool: 'edit_doc', args: JSON.stringify({ markdown: args.markdown, doc: id }) })).body.ask
      expect((await here.api(member, 'POST', `/asks/${asked.id as AskId}/answer`, { verdict })).status).toBe(200)
    }
    await ask('c2', 'once')
    expect((await holding.tool('edit_doc', other, 'c2')).body.ok).toBe(false)
    expect((await holding.tool('edit_doc', args, 'c3')).body.ok).toBe(false)
    await ask('c4', 'declined')
    expect((await holding.tool('edit_doc', args, 'c4')).body.ok).toBe(false)
    expect(markdown()).toBe(first)
    await ask('c5', 'once')
    expect((await holding.tool('edit_doc', args, 'c5')).body.ok).toBe(true)
    await ask('c6', 'run')
    expect((await holding.tool('edit_doc', other, 'c7')).body.ok).toBe(true)
    await becomes('edited', (text) => text.includes('Approved words.') && text.includes('Other words.'))
    await over(claim.runId)
    const next = await run()
    expect((await next.holding.tool('edit_doc', other, 'c8')).body.ok).toBe(false)
    await over(next.claim.runId)
  })

  test('[STAFF7] docs of another workspace are as if they did not exist', async () => {
    const { workspaceId, owner } = await here.workspace('Elsewhere')
    const theirs = here.connect(owner, `board/${workspaceId}`)
    await theirs.synced()
    createProject(theirs.document, 'secret-project' as ProjectId, 'Secret', 'blue')
    await theirs.acknowledged()
    const { claim, holding } = await run()
    const nothing = (await holding.tool('read_doc', { doc: 'not-there' })).body
    expect((await holding.tool('read_doc', { doc: 'secret-project' })).body).toEqual(nothing)
    expect((await holding.tool('edit_doc', { doc: 'secret-project', markdown: 'x' })).body).toEqual(nothing)
    await over(claim.runId)
  })

  test('a search finds by words, with the ids that other tools take', async () => {
    const { claim, holding } = await run()
    await eventually('found', async () => {
      const { body } = await holding.tool('search', { query: 'tide', in: 'docs' })
      return body.ok && body.result.includes(`doc ${id} “Page`)
    })
    expect((await holding.tool('search', { query: 'zzzzqqq' })).body).toMatchObject({ ok: true, result: expect.stringContaining('Nothing was found.') })
    expect((await holding.tool('search', { query: 'x', in: 'space' })).body.ok).toBe(false)
    await over(claim.runId)
  })

  test('a mission is handed to a colleague by name, and to nobody else', async () => {
    const { claim, holding } = await run()
    const [analyst] = (await here.api<{ staff: Staff[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/staff`)).body.staff
    expect((await holding.tool('hand_to', { staff: 'Nobody', note: 'x' })).body).toMatchObject({ ok: false, message: expect.stringContaining('There are: Analyst.') })
    expect((await holding.tool('hand_to', { staff: '@analyst', note: 'Count them.' })).body.ok).toBe(true)
    await holding.succeed('Done.')
    await eventually('handed over', async () => await here.db.selectFrom('runs').select('id').where('mission_id', '=', claim.missionId).where('staff_id', '=', analyst!.id).executeTakeFirst() !== undefined)
    await here.api(member, 'POST', `/workspaces/${here.workspaceId}/runs/stop`, { stopped: true })
    await here.api(member, 'POST', `/workspaces/${here.workspaceId}/runs/stop`, { stopped: false })
  })
})

test('[STAFF7] a mission is proposed once, beside the run’s own, and waits for a person', async () => {
  await set({ tools: ['propose_mission'], autonomy: 'notify' })
  const { claim, holding } = await run()
  const proposal = { title: ' Check the rope ', description: 'It is **old**.', assignee: 'editor' }
  const answers = [(await holding.tool('propose_mission', proposal, 'p1')).body]
  await here.db.deleteFrom('run_tool_calls').where('run_id', '=', claim.runId).execute()
  answers.push((await holding.tool('propose_mission', proposal, 'p1')).body)
  expect(answers).toEqual([1, 2].map(() => ({ ok: true, result: '“Check the rope” is proposed; a person decides whether it goes on the board.' })))
  expect((await holding.tool('propose_mission', { ...proposal, assignee: 'Nobody' }, 'p2')).body).toMatchObject({ ok: false, message: expect.stringContaining('Editor') })
  expect((await holding.tool('propose_mission', { title: '', description: '' }, 'p3')).body.ok).toBe(false)
  const proposed = () => readProposals(board.document).filter(({ origin }) => origin.kind === 'run' && origin.runId === claim.runId)
  await board.until('proposed', () => proposed().length > 0)
  expect(proposed()).toMatchObject([{ title: 'Check the rope', state: 'open', by: agent.id, assigneeId: agent.id, projectId: project, origin: { missionId: claim.missionId } }])
  const text = here.connect(member, missionDocument(proposed()[0]!.id))
  await text.synced()
  expect(readMarkdown(descriptionOf(text.document))).toBe('It is **old**.')
  await over(claim.runId)
})

describe('[STAFF8] a run is taken back', () => {
  test('all of it, in the midst of what people write, as an edit by who asked, and what was there first is a version', async () => {
    const { claim, holding } = await run()
    await holding.tool('edit_doc', { doc: id, markdown: 'at **dawn**', replace: 'at **noon**' })
    await holding.tool('edit_doc', { doc: id, markdown: '- rum\n- rope', replace: '- bread\n- water' })
    await holding.tool('edit_doc', { doc: id, markdown: 'A paragraph by the run.' })
    await holding.succeed('Done.')
    await becomes('edited', (text) => text.includes('A paragraph by the run.'))
    typeBehind(' (and tobacco)', 'rope')
    typeBehind(' softly', 'leave')
    typeBehind(' MINE', 'by the run')
    await doc.acknowledged()
    const asked = await undo(claim.runId)
    expect(asked.status).toBe(200)
    expect(asked.body.edits).toMatchObject([1, 2, 3].map((number) => ({ n: number, undoneBy: member.id })))
    await becomes('taken back', (text) => !text.includes('dawn'))
    const text = markdown()
    expect(text.startsWith('# Sailing\n\nWe leave softly at **noon** with the tide.\n\n')).toBe(true)
    for (const words of ['(and tobacco)', 'MINE', '- bread', 'water']) expect(text).toContain(words)
    for (const words of ['rum', 'rope', 'A paragraph', 'by the run']) expect(text).not.toContain(words)
    const { versions } = (await here.api<{ versions: { kind: string; by: ActorId; version: number }[] }>(viewer, 'GET', `/documents/${docDocument(id)}/versions`)).body
    expect(versions[0]).toMatchObject({ kind: 'restore', by: member.id })
    // Again it does nothing.
    expect((await undo(claim.runId)).status).toBe(200)
    expect(markdown()).toBe(text)
    await eventually('recorded', async () => (await here.api<{ entries: { kind: string; runId: string; details: object }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/activity?kind=run&limit=100`)).body.entries
      .filter(({ kind, runId }) => kind === 'run.undone' && runId === claim.runId).length === 1)
  })

  test('one change, with those that were made to what it wrote, and not the others', async () => {
    const { claim, holding } = await run()
    await holding.tool('edit_doc', { doc: id, markdown: 'Some words by the run.' })
    await holding.tool('edit_doc', { doc: id, markdown: '# Setting sail', replace: '# Sailing' })
    await holding.tool('edit_doc', { doc: id, markdown: 'words by nobody', replace: 'words by the run' })
    await holding.succeed('Done.')
    expect((await undo(claim.runId, { n: 1 })).body.edits.map(({ undoneAt }) => undoneAt !== null)).toEqual([true, false, true])
    await becomes('taken back', (text) => text === first.replace('# Sailing', '# Setting sail'))
    expect((await undo(claim.runId, { n: 9 })).status).toBe(404)
    expect((await undo(claim.runId, { n: 'x' })).status).toBe(400)
    await undo(claim.runId, { n: 2 })
    await becomes('as it was', (text) => text === first)
  })

  test('runs that built on one another go one by one, after restarts, and the text is as it was', async () => {
    const one = await run()
    await one.holding.tool('edit_doc', { doc: id, markdown: 'at **dawn**', replace: 'at **noon**' })
    await one.holding.succeed('Done.')
    const two = await run()
    await two.holding.tool('edit_doc', { doc: id, markdown: '> We stay.', replace: 'We leave at **dawn** with the tide.' })
    await two.holding.succeed('Done.')
    await becomes('edited', (text) => text.includes('> We stay.'))
    await here.server.restart()
    await undo(two.claim.runId)
    await becomes('one back', (text) => text === first.replace('noon', 'dawn'))
    await here.server.restart()
    await undo(one.claim.runId)
    await becomes('both back', (text) => text === first)
  })

  test('two who press at once take it back once', async () => {
    const { claim, holding } = await run()
    await holding.tool('edit_doc', { doc: id, markdown: '# Setting off', replace: '# Sailing' })
    await holding.succeed('Done.')
    await Promise.all([undo(claim.runId), undo(claim.runId, {}, here.owner), undo(claim.runId)])
    await becomes('as it was', (text) => text === first)
    await doc.acknowledged()
    expect(markdown()).toBe(first)
  })

  test('[ACCESS1] whoever may edit docs may; others are refused, or learn nothing', async () => {
    const { claim, holding } = await run()
    await holding.tool('edit_doc', { doc: id, markdown: 'More.' })
    await holding.succeed('Done.')
    for (const who of [viewer, agent]) expect((await undo(claim.runId, {}, who)).status).toBe(403)
    const elsewhere = (await here.workspace('Yet elsewhere')).owner
    expect((await undo(claim.runId, {}, elsewhere)).status).toBe(404)
    expect((await here.api(elsewhere, 'GET', `/runs/${claim.runId}/edits`)).status).toBe(404)
    await becomes('edited', (text) => text.endsWith('More.'))
  })
})
