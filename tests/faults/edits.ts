import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import { assignMission, createMission, moveMission, ownEdit, renameMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { statuses } from '#lib/board/mission.ts'
import { addComment, deleteComment, descriptionOf, editComment, readComments } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Random } from '../support/random.ts'
import type { Participant } from './participant.ts'

/** Everybody opens all of them in the end. */
const mostMissions = 60

const at = Date.UTC(2026, 0, 1)
let count = 0
const newId = (label: string) => `${label}-${count++}`

export const missionsSeenBy = (participant: Participant, board: string) =>
  [...missionsOf(participant.open(board).doc).keys()] as MissionId[]

export function makeMission(participant: Participant, board: string, random: Random): MissionId {
  const id = newId(participant.label) as MissionId
  participant.edit(board, (doc) => createMission(doc, { id, title: `Made by ${participant.label}`, status: random.pick(statuses) }, participant.somebody.id, at))
  return id
}

export function comment(participant: Participant, mission: MissionId, random: Random) {
  participant.edit(missionDocument(mission), (doc) =>
    addComment(doc, { id: newId(participant.label) as CommentId, by: participant.somebody.id, body: `Said ${random.below(1000)}` }, at))
}

/** One edit of the many that people make; of missions, mostly the first few, so that people meet. */
export function editSomething(participant: Participant, board: string, random: Random) {
  const missions = missionsSeenBy(participant, board)
  if (missions.length === 0 || (random.chance(0.08) && missions.length < mostMissions)) return void makeMission(participant, board, random)
  const mission = random.pick(missions.sort().slice(0, 4))
  const own = participant.somebody.id
  random.pick<() => void>([
    () => participant.edit(board, (doc) => moveMission(doc, random.pick(missions), random.pick(statuses), random.below(4))),
    () => participant.edit(board, (doc) => renameMission(doc, mission, `Title ${random.below(1000)}`)),
    () => participant.edit(board, (doc) => assignMission(doc, mission, random.chance(0.5) ? own : null)),
    () => comment(participant, mission, random),
    () => participant.edit(missionDocument(mission), (doc) => {
      const [comments] = [readComments(doc).filter(({ by }) => by === own)]
      if (comments.length === 0) return null
      const { id } = random.pick(comments)
      if (random.chance(0.6)) return void editComment(doc, id, `Said again ${random.below(1000)}`, at)
      deleteComment(doc, id)
      return id
    }),
    () => participant.edit(missionDocument(mission), (doc) => doc.transact(() => write(descriptionOf(doc), random), ownEdit)),
  ])()
}

function write(description: Y.XmlElement, random: Random) {
  if (description.length === 0) description.insert(0, [new Y.XmlText()])
  const text = description.get(0)
  if (!(text instanceof Y.XmlText)) return
  if (text.length > 4 && random.chance(0.3)) text.delete(random.below(text.length - 3), 1 + random.below(3))
  else text.insert(random.below(text.length + 1), random.pick(['a', 'word ', '😀', 'ß']))
}
