import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMission, createProject, moveMission } from '#lib/board/edits.ts'
import type { CollectionId, FileId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import type { InboxPage } from '#lib/inbox/item.ts'
import type { Given } from '#lib/library/given.ts'
import type { FileUses, LibraryPage } from '#lib/library/library.ts'
import type { Note } from '#lib/library/note.ts'
import { docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Claim, MemoryPiece } from '../../server/runs/protocol.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { scriptedWorker } from '../support/worker.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, agent: Somebody
let board: Client
let worker: ReturnType<typeof scriptedWorker>
/** The run that made `mooring-fees.md` of `prices.csv`, before any test. */
let earlier: Claim
const project = 'menu' as ProjectId
const [first, second, third] = ['fees', 'again', 'other'] as [MissionId, MissionId, MissionId]

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer, agent] = await Promise.all([here.member('member'), here.member('viewer'), here.token('staff', 'Analyst')])
  worker = scriptedWorker(here.server.url, agent.token)
  board = here.connect(member, here.board)
  await board.synced()
  createProject(board.document, project, 'Berths', 'blue')
  for (const [id, title, projectId] of [[first, 'Compare the mooring fees', project], [second, 'Mooring fees for the harbour leaflet', project], [third, 'Ice cream flavours', null]] as const) {
    createMission(board.document, { id, title, projectId, assigneeId: agent.id }, member.id, 1)
  }
  await board.acknowledged()
  await here.api(member, 'POST', `/missions/${first}/files?name=prices.csv`, 'a,b\n1,2')
  await here.api(member, 'POST', `/projects/${project}/files?name=plan.md`, '# The plan')
  const { claim, holding } = await run(first)
  await holding.manifest([{ kind: 'attachment', name: 'prices.csv', source: `missions://file/${await idOf('prices.csv')}`, version: 'x', fileVersion: 1 }, { kind: 'doc', source: 'javascript:alert(1)' }, 7])
  await holding.artifact('mooring-fees.md', '# Mooring fees\n\nThe harbour asks 40 for a mooring.')
  await holding.succeed('The mooring fees of the harbour were compared.')
  earlier = claim
})
afterAll(() => here.end())

const library = async (query = '', who = member) => (await here.api<LibraryPage>(who, 'GET', `/workspaces/${here.workspaceId}/library?${query}`)).body
const names = async (query = '') => (await library(query)).items.map(({ file }) => file.name).sort()
const idOf = async (name: string) => (await library(`name=${name}`)).items[0]!.file.id
const given = async (kind: string, id: string) => (await here.api<{ given: Given[] }>(viewer, 'GET', `/given/${kind}/${id}`)).body.given
const give = (kind: string, id: string, source: string, who = member) => here.api<{ error?: { code: string } }>(who, 'POST', `/given/${kind}/${id}`, { source })
const uses = async (file: FileId) => (await here.api<FileUses>(viewer, 'GET', `/files/${file}/uses`)).body
const memory = async ({ runId, token }: Claim) => (await here.api<{ pieces: MemoryPiece[] }>({ id: agent.id, token }, 'GET', `/runs/${runId}/memory`)).body.pieces
const kinds = async (kind: string) => (await here.api<{ entries: { kind: string }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/activity?kind=${kind}`)).body.entries.map((entry) => entry.kind)

async function run(mission: MissionId) {
  expect((await here.api(member, 'POST', `/missions/${mission}/runs`)).status).toBe(201)
  const claim = (await worker.claim(5))!
  expect(claim.missionId).toBe(mission)
  return { claim, holding: worker.holding(claim) }
}

async function approveTheFirst() {
  moveMission(board.document, first, 'done', 0)
  await board.acknowledged()
  await eventually('approved', async () => (await names('reviewed=approved')).join() === 'mooring-fees.md')
}

describe('the library', () => {
  test('[LIBRARY1] has all files of the workspace, by whatever is asked for, in pages without a gap, and nothing of another', async () => {
    expect(await names()).toEqual(['mooring-fees.md', 'plan.md', 'prices.csv'])
    expect(await names('kind=artifact')).toEqual(['mooring-fees.md'])
    expect(await names('type=table')).toEqual(['prices.csv'])
    expect(await names('type=text')).toEqual(['mooring-fees.md', 'plan.md'])
    expect(await names(`project=${project}`)).toEqual(['mooring-fees.md', 'plan.md', 'prices.csv'])
    expect(await names(`mission=${first}&by=${agent.id}`)).toEqual(['mooring-fees.md'])
    expect(await names('from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z')).toEqual([])
    expect(await names('name=100%25')).toEqual([])
    expect(await names('reviewed=none')).toEqual(['mooring-fees.md'])
    const paged: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const page = await library(`limit=1${after && `&after=${after}`}`)
      expect(page.total).toBe(3)
      paged.push(...page.items.map(({ file }) => file.name))
      after = page.next
    }
    expect(paged.sort()).toEqual(await names())
    for (const bad of ['kind=poem', 'from=yesterday', 'after=1', 'project=a/b', `name=${'x'.repeat(300)}`]) expect((await here.api(member, 'GET', `/workspaces/${here.workspaceId}/library?${bad}`)).status).toBe(400)

    const { owner } = await here.workspace('Elsewhere')
    for (const path of [`/workspaces/${here.workspaceId}/library`, `/files/${await idOf('plan')}/uses`, `/given/mission/${first}`, `/staff/${agent.id}/notes`]) {
      expect((await here.api(owner, 'GET', path)).status).toBe(404)
      expect((await here.api(null, 'GET', path)).status).toBe(401)
    }
    expect((await give('mission', first, `missions://file/${await idOf('plan')}`, owner)).status).toBe(404)
    expect((await here.api({ id: agent.id, token: earlier.token }, 'GET', `/runs/${earlier.runId}/memory`)).status).toBe(410)
  })

  test('[LIBRARY1] what is approved is known, also of what was approved while no server ran', async () => {
    await approveTheFirst()
    await here.db.deleteFrom('run_verdicts').execute()
    await here.db.deleteFrom('verdicts_followed').execute()
    await here.server.restart()
    await eventually('read at the start', async () => (await names('reviewed=approved')).join() === 'mooring-fees.md')
    moveMission(board.document, first, 'review', 0)
    await board.acknowledged()
    await eventually('withdrawn', async () => (await names('reviewed=approved')).length === 0)
    await approveTheFirst()
  })

  test('[LIBRARY1] collections and pins are everybody’s, and changed by who may edit', async () => {
    const make = (name: string, who = member) => here.api<{ collection: { id: CollectionId; name: string }; error: { code: string; message: string } }>(who, 'POST', `/workspaces/${here.workspaceId}/collections`, { name })
    const { collection } = (await make('  Reports   of 2026 ')).body
    expect(collection.name).toBe('Reports of 2026')
    expect(await make('REPORTS of 2026')).toMatchObject({ status: 409, body: { error: { code: 'name_taken', message: expect.stringContaining('REPORTS of 2026') as string } } })
    for (const bad of ['', '  ', 'x'.repeat(101)]) expect((await make(bad)).status).toBe(400)
    expect((await make('Mine', viewer)).status).toBe(403)
    const file = await idOf('plan')
    for (let twice = 0; twice < 2; twice++) expect((await here.api(member, 'PUT', `/collections/${collection.id}/files/${file}`)).status).toBe(200)
    expect((await here.api(viewer, 'PUT', `/collections/${collection.id}/files/${file}`)).status).toBe(403)
    expect(await names(`collection=${collection.id}`)).toEqual(['plan.md'])
    await here.api(member, 'PUT', `/files/${file}/pin`)
    expect(await names('pinned=1')).toEqual(['plan.md'])
    expect(await uses(file)).toMatchObject({ pinned: true, collections: [collection.id] })
    await here.api(member, 'DELETE', `/files/${file}/pin`)
    await here.api(member, 'DELETE', `/collections/${collection.id}/files/${file}`)
    expect(await names(`collection=${collection.id}`)).toEqual([])
    await here.api(member, 'DELETE', `/collections/${collection.id}`)
    expect((await here.api(member, 'PATCH', `/collections/${collection.id}`, { name: 'Late' })).status).toBe(404)
    expect((await kinds('collection')).sort()).toEqual(['collection.created', 'collection.deleted', 'collection.emptied', 'collection.filled'])
  })
})

describe('what a run is given', () => {
  test('[MEMORY1] earlier work that has to do with it, approved work first, each with the reason; what people gave comes before', async () => {
    await approveTheFirst()
    const plan = await idOf('plan')
    const found = await idOf('mooring-fees')
    const card = here.connect(member, missionDocument(second))
    await card.synced()
    writeMarkdown(descriptionOf(card.document), 'Which mooring does the harbour ask most for?')
    await card.acknowledged()
    for (const words of ['type:run%20compared', 'type:file%20asks']) {
      await eventually(`indexed: ${words}`, async () => (await here.api<{ results: unknown[] }>(member, 'GET', `/workspaces/${here.workspaceId}/search?q=${words}`)).body.results.length === 1)
    }

    expect((await give('staff', agent.id, `missions://file/${plan}`, viewer)).status).toBe(403)
    for (const bad of ['https://example.com', 'missions://file/nothing', `missions://person/${member.id}`]) expect((await give('staff', agent.id, bad)).status).toBeGreaterThanOrEqual(400)
    expect((await give('staff', 'nobody', `missions://file/${plan}`)).status).toBe(404)
    for (let twice = 0; twice < 2; twice++) expect((await give('staff', agent.id, `missions://file/${plan}`)).status).toBe(201)
    expect(await given('staff', agent.id)).toMatchObject([{ name: 'plan.md', by: member.id, where: { project: { name: 'Berths' } } }])
    await eventually('recorded', async () => (await kinds('context')).join() === 'context.given')

    const { claim, holding } = await run(second)
    const pieces = await memory(claim)
    const who = (await here.db.selectFrom('users').select('name').where('id', '=', member.id).executeTakeFirstOrThrow()).name
    expect(pieces.map(({ name, given: byPeople, approved }) => ({ name, byPeople, approved }))).toEqual([
      { name: 'plan.md', byPeople: true, approved: false }, { name: 'mooring-fees.md', byPeople: false, approved: true }, { name: 'Result of “Compare the mooring fees”', byPeople: false, approved: true },
    ].sort((a, b) => Number(b.byPeople) - Number(a.byPeople) || pieces.findIndex(({ name }) => name === a.name) - pieces.findIndex(({ name }) => name === b.name)))
    expect(pieces[0]!.reason).toBe(`given to Analyst always by ${who}`)
    expect(pieces.find(({ name }) => name === 'mooring-fees.md')!.reason).toMatch(new RegExp(`^found by “.+; of the same project; approved by ${who}$`))

    await holding.manifest(pieces.map(({ source, reason, name }) => ({ kind: 'artifact', name, source, reason, version: 'h', fileVersion: 1 })))
    await holding.artifact('leaflet.md', '# Leaflet')
    await holding.succeed('Made the leaflet.')
    expect(await uses(found)).toMatchObject({ givenTo: [], readBy: [{ mission: { id: second }, reason: expect.stringContaining('approved by') as string, made: [{ name: 'leaflet.md' }] }], descent: [{ version: 1, run: { mission: { id: first }, verdict: { said: 'approved' } }, from: [{ name: 'prices.csv' }] }] })
    expect((await uses(plan)).givenTo).toMatchObject([{ kind: 'staff', name: 'Analyst' }])
    expect((await uses(await idOf('leaflet'))).descent[0]!.from.map(({ name }) => name).sort()).toEqual(['mooring-fees.md', 'plan.md'])

    await here.api(member, 'DELETE', `/given/staff/${agent.id}?source=${encodeURIComponent(`missions://file/${plan}`)}`)
    const ice = await run(third)
    expect(await memory(ice.claim)).toEqual([])
    await ice.holding.fail('Melted.')
  })

  test('[MEMORY2] a note is read by no run before a person accepts it; what was declined is not proposed again', async () => {
    await here.api(member, 'PATCH', `/staff/${agent.id}`, { tools: ['remember'], autonomy: 'notify' })
    const { holding, claim } = await run(third)
    const remember = async (text: string, key?: string) => (await holding.tool('remember', { text, why: 'It was said twice.' }, key)).body
    expect((await remember('Prices are **without** tax.', 'same')).ok).toBe(true)
    expect(await remember('Prices are **without** tax.', 'same')).toEqual(await remember('Prices are **without** tax.', 'same'))
    expect((await remember('Answer in one page.')).ok).toBe(true)
    for (const bad of [{ text: '' }, { text: 'x'.repeat(5_000), why: 'y' }, { text: 'x' }]) expect((await holding.tool('remember', bad)).body.ok).toBe(false)
    const notes = async () => (await here.api<{ notes: Note[] }>(viewer, 'GET', `/staff/${agent.id}/notes`)).body.notes
    expect((await notes()).map(({ text, state }) => [text, state])).toEqual([['Answer in one page.', 'proposed'], ['Prices are **without** tax.', 'proposed']])
    const waiting = async () => (await here.api<InboxPage>(member, 'GET', `/workspaces/${here.workspaceId}/inbox`)).body.items.filter(({ kind, settledAt }) => kind === 'note' && settledAt === null)
    await eventually('in the inbox', async () => (await waiting()).length === 2)
    expect(await memory(claim)).toEqual([])

    const [page, tax] = await notes() as [Note, Note]
    const decide = (note: Note, how: string, body: object = {}, who = member) => here.api<{ note: Note; error: { code: string } }>(who, 'POST', `/notes/${note.id}/${how}`, body)
    expect((await decide(tax, 'accept', {}, viewer)).status).toBe(403)
    expect((await decide(tax, 'accept', { text: 'Prices are without VAT.' })).status).toBe(200)
    expect((await decide(tax, 'decline')).body.error.code).toBe('decided')
    expect((await decide(page, 'decline')).status).toBe(200)
    expect((await notes()).map(({ state }) => state)).toEqual(['accepted'])
    await eventually('settled', async () => (await waiting()).length === 0)
    expect((await remember('Answer in ONE page!')).ok).toBe(false)
    expect(await memory(claim)).toMatchObject([{ kind: 'doc', name: 'Prices are without VAT.', given: true, reason: expect.stringContaining('accepted') as string }])
    expect((await given('staff', agent.id)).filter(({ doc }) => doc !== null)).toHaveLength(1)
    const { docId } = (await notes())[0]!
    const doc = here.connect(member, docDocument(docId!))
    await doc.synced()
    expect(readMarkdown(bodyOf(doc.document))).toBe('Prices are without VAT.')
    expect((await decide(tax, 'forget')).status).toBe(200)
    expect(await memory(claim)).toEqual([])
    expect((await kinds('note')).sort()).toEqual(['note.accepted', 'note.declined', 'note.forgotten', 'note.proposed', 'note.proposed'])
    await holding.fail('Enough.')
  })
})

