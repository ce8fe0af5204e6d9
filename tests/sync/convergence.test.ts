import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { archiveMission, assignMission, createMission, moveMission, ownEdit, renameMission, restoreMission } from '#lib/board/edits.ts'
import { missionsOf, projectsOf } from '#lib/board/board-document.ts'
import type { ActorId, CommentId, MissionId } from '#lib/board/ids.ts'
import { statuses } from '#lib/board/mission.ts'
import { addComment, commentsOf, deleteComment, descriptionOf, editComment, readComments } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { type Client } from '../support/client.ts'
import { harbour } from '../support/harbour.ts'
import { randomFrom, seedOf, type Random } from '../support/random.ts'

const seeds = Number(process.env.CONVERGENCE_SEEDS ?? 4)
const firstSeed = seedOf('CONVERGENCE_SEED')
const missionId = 'shared' as MissionId
const at = Date.UTC(2026, 0, 1)

type Participant = { board: Client; mission: Client; undo: Y.UndoManager; id: ActorId; label: string }

function edit({ board, mission, undo, id, label }: Participant, random: Random, next: () => number) {
  const ids = [...missionsOf(board.document).keys()] as MissionId[]
  const some = () => random.pick(ids)
  const { document } = mission
  const edits: (() => void)[] = [
    () => createMission(board.document, { id: `${label}-${next()}` as MissionId, title: `Made by ${label}`, status: random.pick(statuses) }, id, at),
    () => moveMission(board.document, some(), random.pick(statuses), random.below(6)),
    () => moveMission(board.document, some(), random.pick(statuses), 0),
    () => renameMission(board.document, some(), `Title ${random.below(1000)}`),
    () => assignMission(board.document, some(), random.chance(0.5) ? id : null),
    () => random.chance(0.5) ? archiveMission(board.document, some(), at) : restoreMission(board.document, some()),
    () => void undo.undo(),
    () => void undo.redo(),
    () => addComment(document, { id: `${label}-${next()}` as CommentId, by: id, body: `Said ${random.below(1000)}` }, at),
    () => {
      const own = readComments(document).filter((comment) => comment.by === id)
      if (own.length === 0) return
      if (random.chance(0.3)) deleteComment(document, random.pick(own).id)
      else editComment(document, random.pick(own).id, `Said again ${random.below(1000)}`, at)
    },
    () => document.transact(() => {
      const root = descriptionOf(document)
      if (root.length === 0) root.insert(0, [new Y.XmlText()])
      const text = root.get(0)
      if (!(text instanceof Y.XmlText)) return
      if (text.length > 4 && random.chance(0.3)) text.delete(random.below(text.length - 3), 1 + random.below(3))
      else text.insert(random.below(text.length + 1), random.pick(['a', 'word ', '😀', 'ß']))
    }, ownEdit),
  ]
  random.pick(edits)()
}

const boardState = (doc: Y.Doc) => ({ missions: missionsOf(doc).toJSON(), projects: projectsOf(doc).toJSON() })
const missionState = (doc: Y.Doc) => ({ comments: commentsOf(doc).toJSON(), description: descriptionOf(doc).toString() })

/** `null` when two clients show the same; both sides are read at each asking, since either may be the one that is behind. */
function difference(state: (doc: Y.Doc) => unknown, one: Client, other: Client) {
  const [here, there] = [state(one.document), state(other.document)]
  return isDeepStrictEqual(here, there) ? null : { here, there }
}

test.each(Array.from({ length: seeds }, (_, index) => firstSeed + index))(
  '[SYNC2] three clients that edit and lose the network at random are equal in the end, and so is a fourth that comes late (CONVERGENCE_SEED=%i)',
  { timeout: 60_000 },
  async (seed) => {
    const random = randomFrom(seed)
    const { server, connect, token, board: boardName, end } = await harbour()
    const names = [boardName, missionDocument(missionId)] as const
    let count = 0
    const next = () => count++

    const participants: Participant[] = []
    for (const label of ['a', 'b', 'c']) {
      const member = await token('member', label)
      const board = connect(member, names[0])
      await board.synced()
      if (label === 'a') {
        createMission(board.document, { id: missionId, title: 'Shared' }, member.id, at)
        await board.acknowledged()
      }
      const mission = connect(member, names[1])
      await mission.synced()
      const undo = new Y.UndoManager([missionsOf(board.document)], { trackedOrigins: new Set([ownEdit]), captureTimeout: 0 })
      participants.push({ board, mission, undo, id: member.id, label })
    }

    for (let step = 0; step < 250; step++) {
      const who = random.pick(participants)
      const line = random.pick([who.board, who.mission])
      if (random.chance(0.03)) line.goAway()
      else if (random.chance(0.06)) await line.comeBack()
      else edit(who, random, next)
      if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(10)))
      if (step === 120 && random.chance(0.5)) {
        await server.kill()
        await server.restart()
      }
    }

    for (const { board, mission } of participants) for (const line of [board, mission]) await line.comeBack()
    await Promise.all(participants.flatMap(({ board, mission }) => [board.acknowledged(20_000), mission.acknowledged(20_000)]))
    const late = await token('viewer')
    const [board, mission] = names.map((name) => connect(late, name))
    await Promise.all([board!.synced(), mission!.synced()])
    // Everybody has acknowledged; what the others wrote may still be on its way.
    const level = { timeout: 20_000, interval: 50 }
    for (const participant of participants) {
      await expect.poll(() => difference(boardState, participant.board, board!), level).toBeNull()
      await expect.poll(() => difference(missionState, participant.mission, mission!), level).toBeNull()
      expect(participant.board.closes().concat(participant.mission.closes()).filter((reason) => reason?.startsWith('policy:')), 'refused').toEqual([])
    }
    await end()
  },
)
