import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMission, renameMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { openRaw, type RawSocket } from '../support/raw-socket.ts'

let here: Harbour
let member: Somebody
const mission = 'limited' as MissionId
const raws: RawSocket[] = []

beforeAll(async () => {
  here = await harbour({ env: {
    WORKER: 'off', LOG_LEVEL: 'error', METRICS_TOKEN: 'for-the-scraper', ADDRESS_HEADER: 'X-Forwarded-For',
    LIMIT_DOCUMENTS_PER_CONNECTION: '3', LIMIT_CONNECTIONS_PER_WORKSPACE: '4', LIMIT_CONNECTIONS_PER_ADDRESS: '2',
    LIMIT_UPDATES_PER_SECOND: '20', LIMIT_DOCUMENT_BYTES: '65536', LIMIT_UPDATE_BYTES: '32768', LIMIT_SIGN_IN_FAILURES_PER_EMAIL: '2',
  } })
  member = await here.token('member')
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Limited' }, member.id, 1)
  for (let n = 0; n < 4; n++) createMission(board.document, { id: `other${n}` as MissionId, title: 'Other' }, member.id, 1)
  await board.acknowledged()
  here.leave()
})
afterAll(() => here.end())
afterEach(() => {
  for (const raw of raws.splice(0)) raw.end()
  here.leave()
})

const raw = async (from?: string) => {
  const socket = await openRaw(here.server.wsUrl, from ? { headers: { 'x-forwarded-for': from } } : {})
  raws.push(socket)
  return socket
}
const metrics = async () => (await fetch(`${here.server.url}/metrics`, { headers: { authorization: 'Bearer for-the-scraper' } })).text()
const reached = async (limit: string) => Number(new RegExp(`missions_limit_reached_total\\{limit="${limit}"\\} (\\d+)`).exec(await metrics())?.[1])
const gone = () => eventually('the sockets to be gone', async () => /missions_connections 0\b/.test(await metrics()))

describe('[LIMIT1] each limit has a name, words for who reaches it, and a count', () => {
  test('documents over one connection', async () => {
    const socket = await raw()
    for (const name of [here.board, missionDocument(mission), missionDocument('other0' as MissionId)]) expect(await socket.join(name, member.token)).toBe('authenticated')
    expect(await socket.join(missionDocument('other1' as MissionId), member.token)).toBe('limit:documents_per_connection:3 documents are open over this connection already. Close some, then try again.')
    socket.send(here.board, 7)
    await eventually('room again', async () => await socket.join(missionDocument('other1' as MissionId), member.token) === 'authenticated')
    expect(await reached('documents_per_connection')).toBeGreaterThan(0)
  })

  test('connections to one workspace', async () => {
    await gone()
    const open = []
    for (let n = 0; n < 5; n++) {
      const socket = await raw()
      open.push(await socket.join(here.board, member.token))
    }
    expect(open.slice(0, 4)).toEqual(Array(4).fill('authenticated'))
    expect(open[4]).toMatch(/^limit:connections_per_workspace:4 connections to this workspace are open already\./)
    raws.shift()!.end()
    await eventually('room again', async () => await raws.at(-1)!.join(here.board, member.token) === 'authenticated')
    expect(await reached('connections_per_workspace')).toBeGreaterThan(0)
  })

  test('connections from one address, as the proxy saw it', async () => {
    await gone()
    await raw('203.0.113.9')
    await raw('198.51.100.1, 203.0.113.9')
    const third = await raw('203.0.113.9')
    expect(await third.ended()).toMatchObject({ code: 4429, reason: expect.stringMatching(/^limit:connections_per_address:There are 2 connections/) })
    const elsewhere = await raw('203.0.113.9, 198.51.100.1')
    expect(await elsewhere.join(here.board, member.token)).toBe('authenticated')
    expect(await reached('connections_per_address')).toBe(1)
  })

  test('an edit, and a document; what only deletes is always taken', async () => {
    const document = missionDocument(mission)
    const client = here.connect(member, document)
    await client.synced()
    const write = async (bytes: number) => {
      descriptionOf(client.document).insert(0, [new Y.XmlText('x'.repeat(bytes))])
      await client.acknowledged()
    }
    await write(30_000)
    await write(30_000)
    descriptionOf(client.document).insert(0, [new Y.XmlText('x'.repeat(10_000))])
    await client.until('told', () => client.closes().length > 0)
    expect(client.closes()[0]).toBe('policy:document_full:This has grown as large as it may. Delete something, or go on in another one.')
    const again = here.connect(member, document)
    await again.synced()
    descriptionOf(again.document).delete(0, 1)
    await again.acknowledged()
    const large = await raw()
    await large.join(document, member.token)
    large.update(document, new Uint8Array(40_000))
    expect(await large.outcome(document)).toMatch(/^policy:too_large:/)
  })

  test('what was written over takes no room, however fast it was', async () => {
    const client = here.connect(member, missionDocument('other2' as MissionId))
    await client.synced()
    const text = new Y.XmlText('')
    descriptionOf(client.document).insert(0, [text])
    for (let round = 0; round < 30; round++) {
      text.delete(0, text.length)
      text.insert(0, String(round % 10).repeat(10_000))
      await client.acknowledged()
    }
    expect(client.closes()).toEqual([])
  })

  test('messages a second: after a flood one is read later, loses nothing, and others notice nothing', async () => {
    const flood = await raw()
    await flood.join(here.board, member.token)
    flood.stateAnswer(here.board, Uint8Array.of(0, 0))
    await flood.outcome(here.board)
    const own = new Y.Doc()
    const updates: Uint8Array[] = []
    own.on('update', (update: Uint8Array) => updates.push(update))
    createMission(own, { id: 'flood' as MissionId, title: 'Flood' }, member.id, 1)
    for (let n = 0; n < 230; n++) renameMission(own, 'flood' as MissionId, `Flood ${n}`)
    const began = performance.now()
    for (const update of updates.slice(0, -1)) flood.update(here.board, update)
    for (let n = 1; n < updates.length; n++) expect(await flood.outcome(here.board)).toBe('saved')
    const from = performance.now()
    flood.update(here.board, updates.at(-1)!)
    const calm = here.connect(member, here.board)
    await calm.synced()
    renameMission(calm.document, mission, 'Calm')
    await calm.acknowledged()
    const calmAfter = performance.now() - from
    expect(await flood.outcome(here.board)).toBe('saved')
    expect(calmAfter).toBeLessThan(performance.now() - from)
    // What goes beyond the 200 at once was read at 20 a second, from the first on.
    expect(performance.now() - began).toBeGreaterThan((updates.length - 200) / 20 * 1_000 * 0.9)
    expect(await reached('updates_per_second')).toBeGreaterThan(0)
  })

  test('failed sign-ins', async () => {
    for (let n = 0; n < 3; n++) {
      await fetch(`${here.server.url}/sign-in`, {
        method: 'POST', headers: { origin: here.server.url, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email: 'somebody@example.com', password: 'wrong guess' }), redirect: 'manual',
      })
    }
    expect(await reached('sign_in_failures_per_email')).toBe(1)
  })
})

describe('metrics', () => {
  test('are for whoever shows the token, and nothing is there for anybody else', async () => {
    for (const headers of [{}, { authorization: 'Bearer' }, { authorization: 'Bearer for-the-scrapeR' }, { authorization: `Bearer ${member.token}` }] as Record<string, string>[]) {
      expect((await fetch(`${here.server.url}/metrics`, { headers })).status).toBe(404)
    }
  })

  test('tell what becomes of updates and how long commits take, and no name, id or word of anybody', async () => {
    const text = await metrics()
    expect(text).toMatch(/missions_updates_total\{outcome="accepted"\} [1-9]/)
    expect(text).toMatch(/missions_updates_total\{outcome="document_full"\} 1/)
    expect(text).toMatch(/missions_commit_seconds_count [1-9]/)
    expect(text).toMatch(/missions_store_failing 0/)
    for (const secret of [member.id, member.token, here.workspaceId, 'Limited', 'example.com']) expect(text).not.toContain(secret)
  })
})
