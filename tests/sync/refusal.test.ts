import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { missionsOf, readMission } from '#lib/board/board-document.ts'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf } from '#lib/board/mission-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { UndoneChange } from '#lib/sync/undone-changes.ts'
import { device } from '../support/device.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'

let here: Harbour
let member: Somebody, staff: Somebody
const connections: Connection[] = []
let ids = 0
const newId = () => `made${ids++}` as MissionId

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, staff] = await Promise.all([here.token('member'), here.token('staff', 'Analyst')])
})
afterAll(() => here.end())
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.destroy()
  here.leave()
})

const page = (somebody: Somebody, on = device()) => {
  const opened = on.open(here.server.wsUrl, somebody.token)
  connections.push(opened.connection)
  return { ...opened, device: on }
}
const quiet = (connection: Connection) => eventually('nothing to wait', () => connection.waiting === 0)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function newMission(): Promise<MissionId> {
  const id = newId()
  const maker = here.connect(member, here.board)
  await maker.synced()
  createMission(maker.document, { id, title: 'Made before' }, member.id, 1)
  await maker.acknowledged()
  return id
}

function read({ content }: Pick<UndoneChange, 'content'>) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, content)
  return doc
}
const comment = (doc: Y.Doc, id: string) => addComment(doc, { id: id as CommentId, by: member.id, body: 'Words' }, 1)

describe('[GATE8] what a refused document loses', () => {
  test('is kept on the device before the copy there goes, with its reason', async () => {
    const id = await newMission()
    const { connection, refusals, device: own } = page(staff)
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    let keptFirst = false
    own.undone.on('change', () => { keptFirst = own.has(here.board) })
    moveMission(board.doc, id, 'done', 0)
    await eventually('the refusal', () => refusals.length > 0)
    expect(keptFirst).toBe(true)
    const kept = await own.undone.list()
    expect(kept).toMatchObject([{ document: here.board, code: 'not_allowed', message: refusals[0]!.message }])
    expect(readMission(read(kept[0]!), id)?.status).toBe('done')
  })

  test('includes what is typed until the document is another one, and nothing that is typed then is lost', async () => {
    const id = await newMission()
    const { connection, refusals, device: own } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    let n = 0
    const typed: string[] = []
    const type = () => {
      comment(talk.doc, `typed${n}`)
      typed.push(`typed${n++}`)
    }
    const after: string[] = []
    talk.on('replaced', () => {
      after.push(`typed${n}`)
      type()
    })
    own.undone.once('change', type)
    talk.doc.getMap('nonsense').set('a', 1)
    type()
    const typing = setInterval(type, 0)
    await eventually('the refusal', () => refusals.length > 0)
    clearInterval(typing)
    await talk.whenAcknowledged()
    const [kept] = await own.undone.list()
    const everything = new Set([...commentsOf(read(kept!)).keys(), ...commentsOf(talk.doc).keys()])
    expect([...everything].sort()).toEqual([...typed].sort())
    for (const id of after) expect(commentsOf(talk.doc).has(id), id).toBe(true)
    expect(refusals).toHaveLength(1)
    expect(connection.waiting).toBe(0)
  })

  test('is told and kept when nobody has the document open', async () => {
    const id = await newMission()
    const { connection, refusals, device: own } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    connection.setOnline(false)
    talk.doc.getMap('nonsense').set('a', 1)
    connection.close(talk)
    connection.setOnline(true)
    await eventually('the refusal', () => refusals.length > 0)
    await quiet(connection)
    expect(own.waiting()).toEqual({})
    expect(await own.undone.list()).toHaveLength(1)
  })

  test('is kept when the page goes in the midst of it', async () => {
    const id = await newMission()
    const { connection, device: own } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    const { promise, resolve } = Promise.withResolvers<void>()
    own.undone.on('change', () => resolve(connection.destroy()))
    talk.doc.getMap('nonsense').set('a', 1)
    await promise
    expect(await own.undone.list()).toHaveLength(1)
    expect(own.has(missionDocument(id))).toBe(false)
    expect(own.waiting()).toEqual({})

    const again = page(member, own)
    const reopened = again.connection.open(missionDocument(id))
    await reopened.whenAcknowledged()
    expect(again.refusals).toEqual([])
  })

  test('can be deleted', async () => {
    const { connection, device: own } = page(staff)
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    board.doc.getMap('nonsense').set('a', 1)
    await eventually('the copy', async () => (await own.undone.list()).length > 0)
    await own.undone.delete((await own.undone.list())[0]!.id)
    expect(await own.undone.list()).toEqual([])
  })
})

describe('[GATE8] two pages that share a copy on one device', () => {
  /** One page with an edit that will be refused, and another one that has it from the device; both without a network. */
  async function bothOffline(id: MissionId) {
    const own = device()
    const first = page(staff, own)
    const board = first.connection.open(here.board)
    await board.whenAcknowledged()
    first.connection.setOnline(false)
    moveMission(board.doc, id, 'done', 0)
    const second = page(staff, own)
    second.connection.setOnline(false)
    const copy = second.connection.open(here.board)
    await copy.whenReady()
    expect(readMission(copy.doc, id)?.status).toBe('done')
    return { own, first, second, board, copy }
  }

  test.each(['first', 'second', 'both'] as const)('hear of it once, whoever comes back first (%s), and it does not come back', async (who) => {
    const id = await newMission()
    const { own, first, second, board, copy } = await bothOffline(id)
    if (who !== 'second') first.connection.setOnline(true)
    if (who !== 'first') second.connection.setOnline(true)
    await eventually('the refusal', () => first.refusals.length + second.refusals.length > 0)
    await pause(60)
    first.connection.setOnline(true)
    second.connection.setOnline(true)
    await eventually('both in step', () => board.synced && copy.synced)
    await pause(300)
    expect(first.refusals.length + second.refusals.length).toBe(1)
    expect(await own.undone.list()).toHaveLength(1)
    for (const { doc } of [board, copy]) expect(readMission(doc, id)?.status).toBe('backlog')
    expect([first.connection.waiting, second.connection.waiting, own.waiting()]).toEqual([0, 0, {}])

    // What either does now is kept on the device.
    for (const [each, title] of [[first, 'One'], [second, 'Two']] as const) {
      each.connection.setOnline(false)
      renameMission((each === first ? board : copy).doc, id, title)
    }
    const third = page(staff, own)
    third.connection.setOnline(false)
    const reopened = third.connection.open(here.board)
    await reopened.whenReady()
    expect(['One', 'Two']).toContain(readMission(reopened.doc, id)?.title)
    expect(readMission(reopened.doc, id)?.status).toBe('backlog')
  })

  test('honest edits of the other page, in this document and in others, are sent', async () => {
    const id = await newMission()
    const own = device()
    const [bad, honest] = [page(staff, own), page(staff, own)]
    const [wrong, right] = [bad.connection.open(here.board), honest.connection.open(here.board)]
    const talk = honest.connection.open(missionDocument(id))
    await Promise.all([wrong.whenAcknowledged(), right.whenAcknowledged(), talk.whenAcknowledged()])
    const { doc } = right
    honest.connection.setOnline(false)
    renameMission(right.doc, id, 'An honest name')
    addComment(talk.doc, { id: 'c' as CommentId, by: staff.id, body: 'An honest word' }, 1)
    moveMission(wrong.doc, id, 'done', 0)
    await eventually('the refusal', () => bad.refusals.length > 0)
    await pause(30)
    expect(own.waiting()).toEqual({ [here.board]: 1, [missionDocument(id)]: 1 })

    // Also when that page is closed before it comes back.
    await honest.connection.destroy()
    const later = page(staff, own)
    await quiet(later.connection)
    expect([...honest.refusals, ...later.refusals]).toEqual([])
    expect(right.doc).toBe(doc)
    const other = here.connect(member, here.board)
    await other.until('in step', () => readMission(other.document, id)?.title === 'An honest name')
    const talks = here.connect(member, missionDocument(id))
    await talks.until('in step', () => commentsOf(talks.document).has('c'))
  })

  test('edits that only the other page had, on top of what was refused, are told as well', async () => {
    const id = await newMission()
    const { own, first, second, copy } = await bothOffline(id)
    renameMission(copy.doc, id, 'On top of it')
    first.connection.setOnline(true)
    await eventually('both to be told', () => first.refusals.length === 1 && second.refusals.length === 1)
    const [kept] = await own.undone.list()
    expect(readMission(read(kept!), id)).toMatchObject({ status: 'done', title: 'On top of it' })
  })
})

describe('[GATE8] honest edits that became illegal while one was away', () => {
  test('the role was lowered: told in words, once; what is there can be read on', async () => {
    const id = await newMission()
    const agent = await here.token('member')
    const { connection, refusals, device: own } = page(agent)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    connection.setOnline(false)
    renameMission(board.doc, id, 'Renamed on the train')
    comment(talk.doc, 'train')
    await here.db.updateTable('tokens').set({ acts_as: 'viewer' }).where('id', '=', agent.tokenId).execute()
    connection.setOnline(true)
    await eventually('both refusals', () => refusals.length === 2)
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'not_allowed', message: 'You are a viewer here now, and viewers cannot change anything.', stopped: false })
    expect(await own.undone.list()).toHaveLength(2)
    expect([board.readOnly, talk.readOnly]).toEqual([true, true])
    expect(readMission(board.doc, id)?.title).toBe('Made before')
    await pause(700)
    expect(refusals).toHaveLength(2)
    expect(own.waiting()).toEqual({})
  })

  test('one was removed from the workspace, or it is gone: told in words, and nothing goes round', async () => {
    const id = await newMission()
    const [agent, { workspaceId: elsewhere }] = await Promise.all([here.token('member'), here.workspace('Elsewhere')])
    const { connection, refusals, device: own } = page(agent)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    connection.setOnline(false)
    renameMission(board.doc, id, 'Renamed on the train')
    comment(talk.doc, 'train')
    // Signed in as before, but this workspace is not theirs any more.
    await here.db.updateTable('tokens').set({ workspace_id: elsewhere }).where('id', '=', agent.tokenId).execute()
    connection.setOnline(true)
    await eventually('the denial', () => board.denial === 'not here')
    await quiet(connection)
    expect(refusals.map(({ document }) => document).sort()).toEqual([here.board, missionDocument(id)].sort())
    for (const { message } of refusals) expect(message).toBe('It does not exist any more, or you may no longer see it.')
    const kept = await own.undone.list()
    expect(kept).toHaveLength(2)
    expect(readMission(read(kept.find(({ document }) => document === here.board)!), id)?.title).toBe('Renamed on the train')
    await pause(1_500)
    expect(refusals).toHaveLength(2)
    expect(own.waiting()).toEqual({})
    expect([board.denial, talk.denial]).toEqual(['not here', 'not here'])
  }, 20_000)

  test('the mission was deleted: its edits are kept, the board goes on', async () => {
    const id = await newMission()
    const { connection, refusals, device: own } = page(member)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    connection.setOnline(false)
    comment(talk.doc, 'late')
    const other = here.connect(member, here.board)
    await other.synced()
    missionsOf(other.document).delete(id)
    await other.acknowledged()
    connection.setOnline(true)
    await quiet(connection)
    expect(refusals).toMatchObject([{ document: missionDocument(id) }])
    expect(commentsOf(read((await own.undone.list())[0]!)).has('late')).toBe(true)
    createMission(board.doc, { id: newId(), title: 'As ever' }, member.id, 1)
    await board.whenAcknowledged()
    expect(refusals).toHaveLength(1)
  }, 20_000)
})
