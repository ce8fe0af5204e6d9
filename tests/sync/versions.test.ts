import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import { briefDocument, missionDocument } from '#lib/sync/document-names.ts'
import { readNotice } from '#lib/sync/notices.ts'
import type { Version, WholeVersion } from '../../server/versions/versions.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, staff: Somebody, viewer: Somebody
let board: Client
const mission = 'versioned' as MissionId
const project = 'tides' as ProjectId
const path = `/documents/${missionDocument(mission)}/versions`

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, staff, viewer] = await Promise.all([here.member('member'), here.token('staff', 'Robot'), here.token('viewer')])
  board = here.connect(member, here.board)
  await board.synced()
  createProject(board.document, project, 'Tides', 'blue')
  createMission(board.document, { id: mission, title: 'Versioned', projectId: project, assigneeId: staff.id }, member.id, 1)
  await board.acknowledged()
})
afterAll(() => here.end())

async function write(markdown: string) {
  const client = here.connect(member, missionDocument(mission))
  await client.synced()
  writeMarkdown(descriptionOf(client.document), markdown)
  await client.acknowledged()
  return client
}
const list = async (who: Somebody = viewer) => (await here.api<{ versions: Version[] }>(who, 'GET', path)).body.versions

test('a version is the text as everybody had it, and stays when the text goes on and the server restarts', async () => {
  await write('# Plan\n\nSail at **noon**.')
  const saved = await here.api<Version>(member, 'POST', path, { name: 'First' })
  expect(saved).toMatchObject({ status: 201, body: { version: 1, kind: 'named', name: 'First', by: member.id, words: 4 } })
  await write('Something else.')
  await here.server.restart()
  const { body } = await here.api<WholeVersion>(viewer, 'GET', `${path}/1`)
  expect(body.markdown).toBe('# Plan\n\nSail at **noon**.')
  expect(body.content).toHaveLength(2)
})

test('[ACCESS1] whoever may look at the text sees its versions, only who may edit it makes them, and what is not there is not told from what is not theirs', async () => {
  const elsewhere = (await here.workspace('Elsewhere')).owner
  expect(await list()).toHaveLength(1)
  expect((await here.api(viewer, 'POST', path, { name: 'x' })).status).toBe(403)
  expect((await here.api(staff, 'POST', path, { name: 'x' })).status).toBe(403)
  expect((await here.api(viewer, 'POST', `${path}/1/restore`)).status).toBe(403)
  expect((await here.api(null, 'GET', path)).status).toBe(401)
  const foreign = await here.api(elsewhere, 'GET', path)
  expect(foreign.status).toBe(404)
  for (const other of ['/documents/mission/nothing/versions', `/documents/${here.board}/versions`, `${path}/99`, `${path}/x`]) {
    expect((await here.api(other.startsWith(path) ? viewer : member, 'GET', other)).text).toBe(foreign.text)
  }
  expect((await here.api(member, 'POST', path, { kind: 'run' })).status).toBe(400)
  expect(await list()).toHaveLength(1)
})

test('[GATE6] a restore is an edit by who asked for it, which all see, and what was there first is a version', async () => {
  const client = await write('Kept paragraph.\n\nTo be lost.')
  const owner = here.owner
  const kept = client.document.clientID
  const restored = await here.api(owner, 'POST', `${path}/1/restore`)
  expect(restored.status).toBe(200)
  await client.until('restored', () => readMarkdown(descriptionOf(client.document)) === '# Plan\n\nSail at **noon**.')
  const [newest] = await list()
  expect(newest).toMatchObject({ kind: 'restore', by: owner.id })
  expect((await here.api<WholeVersion>(viewer, 'GET', `${path}/${newest!.version}`)).body.markdown).toBe('Kept paragraph.\n\nTo be lost.')
  const { authors } = (await here.api<{ authors: Record<string, string> }>(viewer, 'GET', `/documents/${missionDocument(mission)}/authors`)).body
  const clients = [...client.document.store.clients.keys()].filter((id) => authors[id] === owner.id)
  expect(clients).toHaveLength(1)
  expect(authors[kept]).toBe(member.id)
  // It is on disk like any other edit.
  await here.server.restart()
  const again = here.connect(viewer, missionDocument(mission))
  await again.synced()
  expect(readMarkdown(descriptionOf(again.document))).toBe('# Plan\n\nSail at **noon**.')
})

test('who has the text open is told of a new version', async () => {
  const watcher = here.connect(viewer, missionDocument(mission))
  await watcher.synced()
  let told = 0
  watcher.provider.on('stateless', ({ payload }: { payload: string }) => {
    if (readNotice(payload)?.kind === 'versions') told += 1
  })
  await here.api(member, 'POST', path, { name: 'Told' })
  await eventually('told', () => told === 1)
})

test('what a run is about to read is kept: the description and the brief of its project', async () => {
  const brief = here.connect(member, briefDocument(project))
  await brief.synced()
  writeMarkdown(brief.document.get('body', Y.XmlElement) as Y.XmlElement, 'The brief.')
  await brief.acknowledged()
  await write('Read this.')
  expect((await here.api(member, 'POST', `/missions/${mission}/runs`, {})).status).toBe(201)
  const { body: { runId } } = await here.api<{ runId: string }>(staff, 'POST', '/runs/claim', {})
  const [newest] = await list()
  expect(newest).toMatchObject({ kind: 'run', by: staff.id, runs: [runId] })
  const briefs = (await here.api<{ versions: Version[] }>(viewer, 'GET', `/documents/${briefDocument(project)}/versions`)).body.versions
  expect(briefs).toMatchObject([{ kind: 'run', runs: [runId] }])
})
