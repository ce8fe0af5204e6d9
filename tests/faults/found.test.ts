import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readMission } from '#lib/board/board-document.ts'
import { createMission, renameMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { eventually } from '../support/harbour.ts'
import { randomFrom } from '../support/random.ts'
import { comment, makeMission } from './edits.ts'
import { useFaultySockets } from './faulty-socket.ts'
import { lostFrom } from './ledger.ts'
import { Participant } from './participant.ts'
import { canFillDisk, unreliableServer, type UnreliableServer } from './unreliable-server.ts'

// What the schedules found, each as small as it gets.

let unreliable: UnreliableServer
const participants: Participant[] = []

beforeAll(async () => {
  useFaultySockets()
  unreliable = await unreliableServer()
})
afterAll(() => unreliable.end())
afterEach(async () => {
  for (const participant of participants.splice(0)) await participant.end()
})

async function people(...labels: string[]) {
  const { here } = unreliable
  const { workspaceId } = await here.workspace('Found')
  const all = await Promise.all(labels.map(async (label, place) => new Participant({
    url: here.server.wsUrl,
    label,
    somebody: await here.token('member', label, workspaceId),
    random: randomFrom(place),
  })))
  participants.push(...all)
  return { workspaceId, board: boardDocument(workspaceId), all }
}

const missionAs = (id: string, { somebody }: Participant) => ({ id: id as MissionId, title: id, by: somebody.id })

test('[SYNC1] a document that is asked for twice in one turn is exchanged once: no acknowledgement counts for something else (FAULT_SEED=129105)', async () => {
  const { board, all: [maker, other] } = await people('maker', 'other')
  const { id, title, by } = missionAs('asked-twice', maker!)
  const name = missionDocument(id)
  const talk = other!.open(name)
  await eventually('the denial', () => talk.denied)
  maker!.open(board)
  maker!.edit(board, (doc) => createMission(doc, { id, title }, by, 1))
  await maker!.acknowledged()
  talk.retryIfDenied()
  talk.retryIfDenied()
  await talk.whenAcknowledged()
  const askings = other!.network.lastSeen(name).filter((line) => line.includes('→ 0.0'))
  const names = askings.map((line) => line.split(' ')[1])
  expect(names).toHaveLength(new Set(names).size)
})

test('[SYNC1] somebody who worked in 300 documents without a network comes back with all of them', async () => {
  const { board, all: [person] } = await people('traveller')
  await person!.open(board).whenReady()
  person!.connection?.setOnline(false)
  const random = randomFrom(1)
  for (let made = 0; made < 300; made++) comment(person!, makeMission(person!, board, random), random)
  expect(person!.connection?.waiting).toBe(600)
  person!.connection?.setOnline(true)
  await eventually('everything to be taken', () => person!.connection?.waiting === 0, 30_000)
  expect(person!.refusals).toEqual([])
  expect(lostFrom(unreliable.store.sqlite, [person!.ledger])).toEqual([])
  expect(person!.ledger.count).toBe(600)
})

test.skipIf(!canFillDisk)('[GATE8] what the server wrote itself and could not store costs nobody an edit of their own (FAULT_SEED=129123)', async () => {
  const { here, server } = unreliable
  const { workspaceId, board, all: [person] } = await people('person')
  const { id, title, by } = missionAs('before-the-disk-was-full', person!)
  const open = person!.open(board)
  person!.edit(board, (doc) => createMission(doc, { id, title }, by, 1))
  await person!.acknowledged()

  const filled = unreliable.fillDisk(2_500, true)
  const names = () => Object.keys(open.doc.getMap('directory').toJSON()).length
  const before = names()
  // Another process adds somebody; the server writes their name into the board.
  await here.token('member', 'Newcomer', workspaceId)
  const seen = await eventually('the name', () => names() > before, 1_800).then(() => true, () => false)
  expect(seen, 'the name is shown before it is stored').toBe(false)
  person!.edit(board, (doc) => renameMission(doc, id, 'Renamed meanwhile'))
  await server.kill()
  await server.restart()
  await eventually('the edit to be taken', () => open.synced && person!.connection?.waitingIn(board) === 0, 15_000)
  expect(person!.refusals.map(({ code, message }) => ({ code, message }))).toEqual([])
  expect(readMission(open.doc, id)?.title).toBe('Renamed meanwhile')
  await filled
})
