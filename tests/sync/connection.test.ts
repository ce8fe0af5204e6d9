import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { missionsOf, readMission } from '#lib/board/board-document.ts'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf, descriptionOf } from '#lib/board/mission-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { replayStored } from '../../server/admin/stored-document.ts'
import { openStore } from '../../server/store/database.ts'
import { device } from '../support/device.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { kinds, readMessage, steps } from '../support/raw-socket.ts'

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

async function newMission(): Promise<MissionId> {
  const id = newId()
  const maker = here.connect(member, here.board)
  await maker.synced()
  createMission(maker.document, { id, title: 'Made before' }, member.id, 1)
  await maker.acknowledged()
  return id
}

describe('[GATE8] a refused edit', () => {
  test('is told with its reason and what was lost; the document is the server’s again, and goes on', async () => {
    const id = await newMission()
    const { connection, refusals } = page(staff)
    const board = connection.open(here.board)
    await board.whenReady()
    let replaced = 0
    board.on('replaced', () => { replaced++ })
    moveMission(board.doc, id, 'done', 0)
    await eventually('a new document', () => replaced > 0)
    await board.whenReady()
    expect(refusals).toMatchObject([{ document: here.board, code: 'not_allowed', message: 'Staff cannot move a mission to Done: a person reviews it first.', stopped: false }])
    const lost = new Y.Doc()
    Y.applyUpdate(lost, refusals[0]!.lost)
    expect(readMission(lost, id)?.status).toBe('done')
    expect(readMission(board.doc, id)?.status).toBe('backlog')

    moveMission(board.doc, id, 'review', 0)
    await board.whenAcknowledged()
    expect(connection.waiting).toBe(0)
    expect(refusals).toHaveLength(1)
  })

  test('leaves other documents of the same page alone', async () => {
    const id = await newMission()
    const { connection, refusals } = page(member)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenReady(), talk.whenReady()])
    const { doc } = talk
    missionsOf(board.doc).get(id)!.set('budget', 1)
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'Beside it' }, 1)
    await eventually('the refusal', () => refusals.length > 0)
    await talk.whenAcknowledged()
    expect(talk.doc).toBe(doc)
    await board.whenReady()
    renameMission(board.doc, id, 'On it goes')
    await board.whenAcknowledged()
    expect(refusals).toMatchObject([{ code: 'unknown_field' }])
  })

  test('that was made offline is refused when the network is back, and does not come back from the device', async () => {
    const id = await newMission()
    const { connection, refusals, device: own } = page(staff)
    const board = connection.open(here.board)
    await board.whenReady()
    connection.setOnline(false)
    moveMission(board.doc, id, 'done', 0)
    expect(connection.waiting).toBe(1)
    connection.setOnline(true)
    await eventually('the refusal', () => refusals.length > 0)
    await board.whenAcknowledged()
    expect(own.waiting()).toEqual({})
    await connection.destroy()
    const again = page(staff, own)
    const reopened = again.connection.open(here.board)
    await reopened.whenAcknowledged()
    expect(readMission(reopened.doc, id)?.status).toBe('backlog')
    expect(again.refusals).toEqual([])
  })

  test('again and again stops the document, instead of going round for ever; opened anew it works', async () => {
    const id = await newMission()
    const { connection, refusals } = page(staff)
    const board = connection.open(here.board)
    await board.whenReady()
    board.on('replaced', () => void board.whenReady().then(() => moveMission(board.doc, id, 'done', 0)))
    moveMission(board.doc, id, 'done', 0)
    await eventually('it to stop', () => refusals.at(-1)?.stopped === true)
    expect(board.denied).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(refusals).toHaveLength(4)
    expect(connection.waiting).toBe(0)
    connection.close(board)
    const anew = connection.open(here.board)
    await anew.whenReady()
    expect(readMission(anew.doc, id)?.status).toBe('backlog')
  })

  test.each([['a little', 5], ['far', 9]])('that is %s too large is told as such, and others go on', async (_, mebibytes) => {
    const id = await newMission()
    const { connection, refusals } = page(member)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenReady(), talk.whenReady()])
    descriptionOf(talk.doc).insert(0, [new Y.XmlText('x'.repeat(mebibytes * 1024 * 1024))])
    await eventually('the refusal', () => refusals.length > 0)
    expect(refusals).toMatchObject([{ document: missionDocument(id), code: 'too_large', stopped: false }])
    await talk.whenReady()
    expect(descriptionOf(talk.doc).length).toBe(0)
    renameMission(board.doc, id, 'As ever')
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'Shorter' }, 1)
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    expect(refusals).toHaveLength(1)
  })
})

/** Loses the next update that the page sends, as a broken network would; resolves when it did. */
const loseNextUpdate = ({ socket }: Connection) => new Promise<void>((resolve) => {
  const send = socket.send.bind(socket)
  socket.send = (message) => {
    const { kind, step } = readMessage(message as Uint8Array)
    if (kind !== kinds.sync || step !== steps.update) return send(message)
    socket.send = send
    resolve()
  }
})

describe('[GATE7] [GATE8] a message that was lost on the way', () => {
  test('is brought again: nothing is undone, nothing is said, the document stays the same', async () => {
    const id = await newMission()
    const { connection, refusals } = page(member)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    const { doc } = talk
    let replaced = 0
    talk.on('replaced', () => { replaced++ })
    for (let n = 0; n < 3; n++) {
      const lost = loseNextUpdate(connection)
      addComment(talk.doc, { id: `lost${n}` as CommentId, by: member.id, body: 'Lost on the way' }, 1)
      await lost
      addComment(talk.doc, { id: `next${n}` as CommentId, by: member.id, body: 'Builds on it' }, 2)
      expect(connection.waiting).toBe(2)
      await talk.whenAcknowledged()
    }
    expect(connection.waiting).toBe(0)
    expect(talk.doc).toBe(doc)
    expect([replaced, refusals]).toEqual([0, []])
    const other = here.connect(member, missionDocument(id))
    await other.until('in step', () => commentsOf(other.document).size === 6)
  })

  test('counts as waiting until it was brought again, though later edits are answered', async () => {
    const id = await newMission()
    const store = await openStore(here.server.dataDir, 'process')
    const { connection } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    const lost = loseNextUpdate(connection)
    let stored = -1
    connection.on('waiting', (changes) => {
      if (changes === 0) stored = commentsOf(replayStored(store.sqlite, missionDocument(id))).size
    })
    addComment(talk.doc, { id: 'first' as CommentId, by: member.id, body: 'Lost on the way' }, 1)
    await lost
    for (let n = 1; n < 40; n++) {
      addComment(talk.doc, { id: `c${n}` as CommentId, by: member.id, body: 'Typed on' }, 1)
      if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await quiet(connection)
    expect(stored).toBe(40)
    await store.close()
  })

  test('each time anew is no accident: then it is refused, and told', async () => {
    const id = await newMission()
    const { connection, refusals } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    for (let n = 0; n < 5; n++) {
      const lost = loseNextUpdate(connection)
      addComment(talk.doc, { id: `lost${n}` as CommentId, by: member.id, body: 'Lost' }, 1)
      await lost
      addComment(talk.doc, { id: `next${n}` as CommentId, by: member.id, body: 'Builds on it' }, 2)
      await talk.whenAcknowledged()
    }
    expect(refusals).toEqual([])
    const lost = loseNextUpdate(connection)
    addComment(talk.doc, { id: 'last' as CommentId, by: member.id, body: 'Lost' }, 1)
    await lost
    addComment(talk.doc, { id: 'after' as CommentId, by: member.id, body: 'Builds on it' }, 2)
    await eventually('the refusal', () => refusals.length > 0)
    expect(refusals).toMatchObject([{ code: 'resync', stopped: false }])
    const kept = new Y.Doc()
    Y.applyUpdate(kept, refusals[0]!.lost)
    expect(commentsOf(kept).has('last')).toBe(true)
    await talk.whenAcknowledged()
  })
})

describe('[SYNC1] without a network', () => {
  test('edits count as waiting until the server has them on disk, all of them', async () => {
    const id = await newMission()
    const store = await openStore(here.server.dataDir, 'process')
    const { connection } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    connection.setOnline(false)
    expect(connection.status).toBe('offline')
    for (let n = 1; n <= 30; n++) {
      addComment(talk.doc, { id: `offline${n}` as CommentId, by: member.id, body: 'Later' }, n)
      expect(connection.waiting).toBe(n)
    }
    let stored = -1
    connection.on('waiting', (changes) => {
      if (changes === 0) stored = commentsOf(replayStored(store.sqlite, missionDocument(id))).size
    })
    connection.setOnline(true)
    await quiet(connection)
    expect(stored).toBe(30)
    await store.close()
  })

  test('a network that comes and goes in a moment comes back', async () => {
    const { connection } = page(member)
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    for (let n = 0; n < 5; n++) {
      connection.setOnline(false)
      connection.setOnline(true)
    }
    const id = newId()
    createMission(board.doc, { id, title: 'After all' }, member.id, 1)
    await quiet(connection)
    const other = here.connect(member, here.board)
    await other.until('in step', () => missionsOf(other.document).has(id))
  })

  test('a mission is made and worked on; its document is let in once the board has it', async () => {
    const { connection, refusals } = page(member)
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    connection.setOnline(false)
    const id = newId()
    createMission(board.doc, { id, title: 'On the train' }, member.id, 1)
    const talk = connection.open(missionDocument(id))
    await eventually('the copy', () => talk.doc !== undefined)
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'No signal' }, 1)
    expect(connection.waiting).toBe(2)
    connection.setOnline(true)
    await quiet(connection)
    expect(refusals).toEqual([])
    const other = here.connect(member, missionDocument(id))
    await other.until('in step', () => commentsOf(other.document).has('c'))
  })

  test('what waited when the page was closed is sent by the next one, though nobody opens it', async () => {
    const id = await newMission()
    const first = page(member)
    const talk = first.connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    first.connection.setOnline(false)
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'Before I go' }, 1)
    await first.connection.destroy()
    expect(first.device.waiting()).toEqual({ [missionDocument(id)]: 1 })

    const second = page(member, first.device)
    expect(second.connection.waiting).toBe(1)
    await quiet(second.connection)
    expect(first.device.waiting()).toEqual({})
    const other = here.connect(member, missionDocument(id))
    await other.until('in step', () => commentsOf(other.document).has('c'))
  })

  test('a document that is given up stays until its edits are sent', async () => {
    const id = await newMission()
    const { connection } = page(member)
    const talk = connection.open(missionDocument(id))
    await talk.whenAcknowledged()
    connection.setOnline(false)
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'Closing the panel' }, 1)
    connection.close(talk)
    connection.setOnline(true)
    await quiet(connection)
    const other = here.connect(member, missionDocument(id))
    await other.until('in step', () => commentsOf(other.document).has('c'))
  })

  test('edits of what was deleted meanwhile are given back, and nothing waits for ever', async () => {
    const id = await newMission()
    const { connection, refusals } = page(member)
    const [board, talk] = [connection.open(here.board), connection.open(missionDocument(id))]
    await Promise.all([board.whenAcknowledged(), talk.whenAcknowledged()])
    connection.setOnline(false)
    addComment(talk.doc, { id: 'c' as CommentId, by: member.id, body: 'Do not delete this' }, 1)
    const other = here.connect(member, here.board)
    await other.synced()
    missionsOf(other.document).delete(id)
    await other.acknowledged()
    connection.setOnline(true)
    await quiet(connection)
    expect(refusals).toMatchObject([{ document: missionDocument(id), code: 'not_allowed' }])
    const lost = new Y.Doc()
    Y.applyUpdate(lost, refusals[0]!.lost)
    expect(commentsOf(lost).has('c')).toBe(true)
  }, 20_000)
})

describe('rights', () => {
  test('nobody we know: signed out, and what was written stays here', async () => {
    const agent = await here.token('member')
    const { connection, signedOut, device: own } = page(agent)
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    connection.setOnline(false)
    createMission(board.doc, { id: newId(), title: 'Mine' }, agent.id, 1)
    await here.auth.revokeToken(here.workspaceId, agent.tokenId)
    connection.setOnline(true)
    await eventually('to be told', () => signedOut() > 0)
    expect(board.denied).toBe(true)
    expect(connection.waiting).toBe(1)
    expect(own.has(here.board)).toBe(true)
  })

  test('a role that is lowered while one looks: read on, and told when one writes', async () => {
    const id = await newMission()
    const somebody = await here.member('member')
    // Our client sends no cookie from here: an agent token stands for the person.
    const agent = await here.token('member')
    await here.db.updateTable('tokens').set({ acts_as: 'member' }).where('id', '=', agent.tokenId).execute()
    const { connection, refusals } = page({ ...somebody, token: agent.token })
    const board = connection.open(here.board)
    await board.whenAcknowledged()
    expect(board.readOnly).toBe(false)
    await here.db.updateTable('tokens').set({ acts_as: 'viewer' }).where('id', '=', agent.tokenId).execute()
    await eventually('read-only', () => board.readOnly === true && board.synced)
    const writer = here.connect(member, here.board)
    await writer.synced()
    renameMission(writer.document, id, 'Still live')
    await eventually('the new title', () => readMission(board.doc, id)?.title === 'Still live')
    renameMission(board.doc, id, 'By a viewer')
    await eventually('the refusal', () => refusals.length > 0)
    expect(refusals[0]).toMatchObject({ code: 'not_allowed' })
    await eventually('the server’s title', () => board.synced && readMission(board.doc, id)?.title === 'Still live')
  })

  test('what does not exist is denied, and let in as soon as it does', async () => {
    const id = newId()
    const { connection, refusals } = page(member)
    const talk = connection.open(missionDocument(id))
    await eventually('the denial', () => talk.denied)
    const maker = here.connect(member, here.board)
    await maker.synced()
    createMission(maker.document, { id, title: 'Late' }, member.id, 1)
    await talk.whenReady()
    expect(talk.denied).toBe(false)
    expect(refusals).toEqual([])
  })
})

test('a server that is killed in between is found again, and gets what it missed', async () => {
  const id = await newMission()
  const { connection } = page(member)
  const board = connection.open(here.board)
  await board.whenAcknowledged()
  await here.server.kill()
  renameMission(board.doc, id, 'While nobody listened')
  expect(connection.waiting).toBe(1)
  await here.server.restart()
  await quiet(connection)
  const other = here.connect(member, here.board)
  await other.until('in step', () => readMission(other.document, id)?.title === 'While nobody listened')
})

test('a server that cannot store for a while is given everything again, and nobody is told that it has it before', async () => {
  const id = await newMission()
  const { connection, refusals } = page(member)
  const board = connection.open(here.board)
  await board.whenAcknowledged()
  const store = await openStore(here.server.dataDir, 'process')
  // Another program writes for longer than anybody would call a moment.
  store.sqlite.exec('begin immediate')
  renameMission(board.doc, id, 'While the disk was busy')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(connection.waiting).toBe(1)
  store.sqlite.exec('rollback')
  await quiet(connection)
  expect(readMission(replayStored(store.sqlite, here.board), id)?.title).toBe('While the disk was busy')
  expect(refusals).toEqual([])
  await store.close()
}, 30_000)

test('[SYNC2] edits of others that come faster than a page draws are taken together, and none is missed', async () => {
  const id = await newMission()
  const { connection } = page(member)
  const board = connection.open(here.board)
  await board.whenReady()
  await board.whenAcknowledged()
  let transactions = 0
  let edits = 0
  board.doc.on('afterTransaction', ({ local }: Y.Transaction) => { if (!local) transactions++ })
  const writer = here.connect(member, here.board)
  await writer.synced()
  writer.document.on('update', () => { edits++ })
  for (let n = 0; n < 60; n++) {
    renameMission(writer.document, id, `Renamed ${n} times`)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  await writer.acknowledged()
  await eventually('the last title', () => readMission(board.doc, id)?.title === 'Renamed 59 times')
  expect(Y.encodeStateVector(board.doc)).toEqual(Y.encodeStateVector(writer.document))
  expect(edits).toBeGreaterThanOrEqual(60)
  expect(transactions).toBeLessThan(edits / 2)
  // What comes after a pause does not wait for more.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const from = performance.now()
  renameMission(writer.document, id, 'And once more')
  await eventually('the title', () => readMission(board.doc, id)?.title === 'And once more')
  expect(performance.now() - from).toBeLessThan(1_000)
})
