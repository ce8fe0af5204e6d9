import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission } from '#lib/board/edits.ts'
import { serverActor, type MissionId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { clientsIn, readAuthorship } from '#lib/editor/authorship.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let ada: Somebody, ben: Somebody, viewer: Somebody, staff: Somebody, foreign: Somebody
const mission = 'who-wrote' as MissionId

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[ada, ben, viewer, staff] = await Promise.all([here.token('member'), here.token('member'), here.token('viewer'), here.token('staff', 'Analyst')])
  foreign = (await here.workspace('Elsewhere')).owner
  const board = here.connect(ada, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Who wrote' }, ada.id, 1)
  await board.acknowledged()
})
afterAll(() => here.end())
afterEach(() => here.leave())

const ask = (somebody: Somebody | null, document = missionDocument(mission)) =>
  here.api<{ authors: Record<string, string> }>(somebody, 'GET', `/documents/${document}/authors`)

test('[GATE6] every client id that a text was written with has its author, while it is written and after a restart', async () => {
  const [one, other] = [here.connect(ada, missionDocument(mission)), here.connect(ben, missionDocument(mission))]
  await Promise.all([one.synced(), other.synced()])
  writeMarkdown(descriptionOf(one.document), 'From Ada.')
  await one.acknowledged()
  await other.until('there', () => descriptionOf(other.document).length === 1)
  const paragraph = descriptionOf(other.document).get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(5, 'Ben and ')
  await other.acknowledged()

  const told = { [one.document.clientID]: ada.id, [other.document.clientID]: ben.id }
  expect([...clientsIn(readAuthorship(descriptionOf(other.document)))].sort()).toEqual(Object.keys(told).map(Number).sort())
  const answer = await ask(ada)
  expect([answer.status, answer.body.authors, answer.headers.get('cache-control')]).toEqual([200, told, 'no-store'])
  here.leave()
  await here.server.restart()
  expect((await ask(ada)).body.authors).toEqual(told)
})

test('viewers and staff read it, as they read the document', async () => {
  for (const somebody of [viewer, staff, here.owner]) expect((await ask(somebody)).status).toBe(200)
})

test('[GATE9] what the server wrote is the server\'s', async () => {
  expect(Object.values((await ask(ada, here.board)).body.authors)).toContain(serverActor)
})

test('[ACCESS1] a document of others, one that does not exist and a name that is none get the same answer', async () => {
  const answers = await Promise.all([
    ask(foreign), ask(ada, missionDocument('nowhere' as MissionId)), ask(ada, 'cellar/who-wrote'), ask(ada, 'mission/not%20an%20id'),
    ask(foreign, here.board), ask(ada, 'run/none'), ask(ada, 'doc/none'),
  ])
  for (const { status, text } of answers) expect([status, text]).toEqual([404, answers[0]!.text])
  expect((await ask(null)).status).toBe(401)
  expect((await ask({ ...ada, token: 'mis_unknown' })).status).toBe(401)
})
