import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, other: Somebody, viewer: Somebody
const mission = 'authored' as MissionId

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, other, viewer] = await Promise.all([here.token('member'), here.token('staff', 'Analyst'), here.token('viewer')])
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Authored' }, member.id, 1)
  await board.acknowledged()
})
afterAll(() => here.end())

type Authors = { authors: Record<string, string> }
const authors = async (somebody: Somebody | null, document = missionDocument(mission)) => here.api<Authors>(somebody, 'GET', `/documents/${document}/authors`)

test('[GATE6] every character of a comment has an author, also after a restart', async () => {
  for (const [who, id] of [[member, 'one'], [other, 'two']] as const) {
    const client = here.connect(who, missionDocument(mission))
    await client.synced()
    addComment(client.document, { id: id as never, by: who.id, body: `By ${id}` }, 1)
    await client.acknowledged()
  }
  for (const restarted of [false, true]) {
    if (restarted) await here.server.restart()
    const reader = here.connect(viewer, missionDocument(mission))
    await reader.until('whole', () => commentsOf(reader.document).size === 2)
    const { body } = await authors(viewer)
    for (const [who, id] of [[member, 'one'], [other, 'two']] as const) {
      const words = commentsOf(reader.document).get(id)!._map.get('body')!
      expect(body.authors[words.id.client]).toBe(who.id)
    }
    reader.end()
  }
})

test('[ACCESS1] authors are told to whoever may open the document; what does not exist and what is somebody else’s get the same answer', async () => {
  const elsewhere = (await here.workspace('Elsewhere')).owner
  expect((await authors(null)).status).toBe(401)
  const foreign = await authors(elsewhere)
  expect(foreign.status).toBe(404)
  for (const name of ['mission/nothing', 'nothing/at-all']) expect((await authors(member, name)).text).toBe(foreign.text)
  expect((await authors(member, here.board)).body.authors).toEqual(expect.objectContaining({}))
})
