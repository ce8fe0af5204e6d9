import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { docsOf, readDocs } from '#lib/board/board-document.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { archiveDoc, createDoc, deleteDoc, moveDoc } from '#lib/board/doc-edits.ts'
import { docTree, linesOf, present } from '#lib/board/doc-tree.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import { hasOnlyBlocks } from '#lib/editor/rich-text.ts'
import { boardDocument, briefDocument, docDocument } from '#lib/sync/document-names.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { removeFolder } from '../support/server.ts'

const fair = 'fair' as ProjectId
const plan = 'plan' as DocId
const stalls = 'stalls' as DocId

let here: Harbour
let member: Somebody, viewer: Somebody, foreign: Somebody
let foreignBoard: string

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer] = await Promise.all([here.token('member'), here.token('viewer')])
  const other = await here.workspace('Elsewhere')
  foreign = other.owner
  foreignBoard = boardDocument(other.workspaceId)
  const board = await open(member, here.board)
  createProject(board.document, fair, 'Fair', 'green')
  createDoc(board.document, { id: plan, title: 'Plan', projectId: fair }, member.id, 1)
  createDoc(board.document, { id: stalls, title: 'Stalls', projectId: fair, parentId: plan }, member.id, 1)
  createMission(board.document, { id: 'paint' as MissionId, title: 'Paint', projectId: fair }, member.id, 1)
  await board.acknowledged()
  here.leave()
})
afterEach(() => here.leave())
afterAll(async () => {
  await here.end()
  removeFolder(here.server.dataDir)
})

const open = async (somebody: Somebody, document: string) => {
  const client = here.connect(somebody, document)
  await client.synced()
  return client
}
const refusal = async (somebody: Somebody, document: string) => {
  const client = here.connect(somebody, document)
  await expect(client.synced(3_000)).rejects.toThrow()
  return client.refused()
}

test('a doc is written by members and read by viewers, from the moment it is on the board', async () => {
  const board = await open(member, here.board)
  const fresh = 'fresh' as DocId
  createDoc(board.document, { id: fresh, title: 'Fresh', projectId: fair }, member.id, 2)
  const [writer, reader] = [await open(member, docDocument(fresh)), await open(viewer, docDocument(fresh))]
  writeMarkdown(bodyOf(writer.document), 'Bring **ropes**.')
  await writer.acknowledged()
  await reader.until('told', () => readMarkdown(bodyOf(reader.document)).includes('**ropes**'))
  writeMarkdown(bodyOf(reader.document), 'I was here.')
  await reader.until('closed', () => reader.closes().length > 0, 3_000)
  expect(readMarkdown(bodyOf(writer.document))).not.toContain('I was here')
})

test('[ACCESS1] a doc that is nowhere, of another workspace or deleted for good is not to be told apart', async () => {
  const board = await open(member, here.board)
  createDoc(board.document, { id: 'passing' as DocId, title: 'Passing', projectId: fair }, member.id, 2)
  await (await open(member, docDocument('passing' as DocId))).acknowledged()
  deleteDoc(board.document, fair, 'passing' as DocId)
  await board.acknowledged()
  const nowhere = await refusal(member, docDocument('nowhere' as DocId))
  expect(nowhere).not.toBeNull()
  expect(await refusal(foreign, docDocument(plan))).toBe(nowhere)
  expect(await refusal(member, docDocument('passing' as DocId))).toBe(nowhere)
})

test('[ACCESS2] a doc that is deleted for good closes for who has it open; one that is only deleted stays', async () => {
  const board = await open(member, here.board)
  for (const id of ['kept', 'gone'] as DocId[]) createDoc(board.document, { id, title: id, projectId: fair }, member.id, 3)
  const [kept, gone] = [await open(viewer, docDocument('kept' as DocId)), await open(viewer, docDocument('gone' as DocId))]
  archiveDoc(board.document, 'kept' as DocId, 4)
  deleteDoc(board.document, fair, 'gone' as DocId)
  await gone.until('closed', () => gone.closes().length > 0 || gone.refused() !== null, 3_000).catch(() => {})
  expect(gone.closes().length + Number(gone.refused() !== null)).toBeGreaterThan(0)
  expect(kept.closes()).toEqual([])
})

test('[ACCESS2] an id that another workspace takes as well, for a doc or for a project, opens nothing there and goes on opening here', async () => {
  const mine = await open(member, docDocument(plan))
  writeMarkdown(bodyOf(mine.document), 'Ours alone.')
  await mine.acknowledged()
  const theirs = await open(foreign, foreignBoard)
  createProject(theirs.document, plan as string as ProjectId, 'Taken', 'red')
  createDoc(theirs.document, { id: fair as string as DocId, title: 'Taken', projectId: plan as string as ProjectId }, foreign.id, 5)
  createDoc(theirs.document, { id: stalls, title: 'Taken', projectId: plan as string as ProjectId }, foreign.id, 5)
  await theirs.acknowledged()
  await eventually('the tables have what they took', async () => (await here.db.selectFrom('docs').select('id').where('id', '=', fair as string as DocId).execute()).length > 0)
  await (await open(member, docDocument(stalls))).acknowledged()
  await (await open(member, briefDocument(fair))).acknowledged()
  for (const id of [plan, stalls, fair as string as DocId]) expect(await refusal(foreign, docDocument(id)), id).not.toBeNull()
  expect(readMarkdown(bodyOf((await open(member, docDocument(plan))).document))).toBe('Ours alone.')
})

test('people who nest two docs under each other at the same time both see them, in one tree', async () => {
  const [ada, ben] = [await open(member, here.board), await open(here.owner, here.board)]
  for (const id of ['left', 'right'] as DocId[]) createDoc(ada.document, { id, title: id, projectId: fair }, member.id, 6)
  await ben.until('told', () => docsOf(ben.document).has('right'))
  ada.goAway()
  ben.goAway()
  moveDoc(ada.document, fair, 'left' as DocId, { parentId: 'right' as DocId, index: 0 })
  moveDoc(ben.document, fair, 'right' as DocId, { parentId: 'left' as DocId, index: 0 })
  await Promise.all([ada.comeBack(), ben.comeBack()])
  const drawn = (doc: Y.Doc) => linesOf(present(docTree(readDocs(doc), fair))).map(({ doc: { id }, depth }) => `${depth} ${id}`).join(', ')
  await eventually('both in step', () => drawn(ada.document) === drawn(ben.document) && docsOf(ada.document).get('right')?.get('parentId') === 'left')
  expect(drawn(ada.document)).toMatch(/0 left, 1 right|0 right, 1 left/)
})

test('the tables follow the docs, and the first picture of a board has them', async () => {
  const board = await open(member, here.board)
  createDoc(board.document, { id: 'late' as DocId, title: 'Late', projectId: fair, parentId: plan }, member.id, 7)
  await board.acknowledged()
  const row = () => here.db.selectFrom('docs').selectAll().where('id', '=', 'late' as DocId).executeTakeFirst()
  await eventually('a row', async () => await row() !== undefined)
  expect(await row()).toMatchObject({ workspace_id: here.workspaceId, project_id: fair, parent_id: plan, title: 'Late', created_by: member.id, archived_at: null })
  const { body } = await here.api<{ docs: { id: string }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/board`)
  expect(body.docs.map(({ id }) => id)).toContain('late')
})

test('the API tells when something was last written in a project, and its missions’ files, to whom may read them', async () => {
  const before = Date.now()
  const doc = await open(member, docDocument(plan))
  writeMarkdown(bodyOf(doc.document), 'Anew.')
  await doc.acknowledged()
  const told = await here.api<{ projects: { id: string; changedAt: number }[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/projects`)
  expect(told.body.projects.find(({ id }) => id === fair)!.changedAt).toBeGreaterThanOrEqual(before)

  await fetch(`${here.server.url}/api/v1/missions/paint/files?name=colours.txt`, { method: 'POST', headers: { authorization: `Bearer ${member.token}` }, body: 'red' })
  const files = await here.api<{ missions: { mission: string; title: string; files: { name: string; version: number }[] }[] }>(viewer, 'GET', `/projects/${fair}/mission-files`)
  expect(files.body.missions).toMatchObject([{ mission: 'paint', title: 'Paint', files: [{ name: 'colours.txt', version: 1 }] }])
  expect((await here.api(foreign, 'GET', `/projects/${fair}/mission-files`)).status).toBe(404)
  expect((await here.api(foreign, 'GET', `/workspaces/${here.workspaceId}/projects`)).status).toBe(404)
  expect((await here.api(null, 'GET', `/projects/${fair}/mission-files`)).status).toBe(401)
})

test('bare words that an agent puts between the blocks become a paragraph, once, whoever has the doc open and after a restart', async () => {
  const board = await open(member, here.board)
  const bare = 'bare' as DocId
  createDoc(board.document, { id: bare, title: 'Bare', projectId: fair }, member.id, 3)
  const [agent, reader, third] = [await open(member, docDocument(bare)), await open(viewer, docDocument(bare)), await open(member, docDocument(bare))]
  writeMarkdown(bodyOf(agent.document), 'First.')
  bodyOf(agent.document).insert(1, [new Y.XmlText('Bare words.')])
  for (const client of [agent, reader, third]) {
    await eventually('a paragraph', () => hasOnlyBlocks(bodyOf(client.document)) && bodyOf(client.document).length === 2)
    expect(readMarkdown(bodyOf(client.document))).toBe('First.\n\nBare words.')
  }
  here.leave()
  await here.server.restart()
  expect(readMarkdown(bodyOf((await open(viewer, docDocument(bare))).document))).toBe('First.\n\nBare words.')
})
