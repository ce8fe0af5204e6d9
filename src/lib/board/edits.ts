import * as Y from 'yjs'
import { missionsOf, projectsOf, readMission, readMissions } from './board-document.ts'
import type { ActorId, MissionId, ProjectId } from './ids.ts'
import type { Mission, Priority, Project, Status } from './mission.ts'
import { byRank, rankAt, rankBetween } from './rank.ts'

/** Origin of one's own edits: what `Y.UndoManager` follows. */
export const ownEdit = Symbol('own edit')

export type NewMission = Pick<Mission, 'id' | 'title'> &
  Partial<Pick<Mission, 'status' | 'projectId' | 'assigneeId' | 'autoRun' | 'priority' | 'labels' | 'dueOn' | 'blockedBy'>>

const set = (board: Y.Doc, missionId: MissionId, fields: Partial<Record<keyof Mission, unknown>>) =>
  board.transact(() => {
    const mission = missionsOf(board).get(missionId)
    if (!(mission instanceof Y.Map)) return
    for (const [field, value] of Object.entries(fields)) {
      if (mission.get(field) !== value) mission.set(field, value)
    }
  }, ownEdit)

/** The cards of a column, in order, archived ones left out. */
export const column = (board: Y.Doc, status: Status, without?: MissionId) =>
  readMissions(board).filter((mission) => mission.status === status && mission.id !== without)

/** Puts new missions at the ends of their columns (Backlog unless told), in this order. The board is read once for all of them. */
export function createMissions(board: Y.Doc, missions: readonly NewMission[], by: ActorId | null, now: number) {
  const last = new Map<Status, { id: string; rank: string }>()
  for (const mission of readMissions(board)) last.set(mission.status, mission)
  board.transact(() => {
    for (const mission of missions) {
      const status = mission.status ?? 'backlog'
      const rank = rankBetween(last.get(status)?.rank ?? null, null)
      last.set(status, { id: mission.id, rank })
      missionsOf(board).set(mission.id, new Y.Map(Object.entries({
        title: mission.title,
        status,
        rank,
        projectId: mission.projectId ?? null,
        assigneeId: mission.assigneeId ?? null,
        autoRun: mission.autoRun ?? false,
        priority: mission.priority ?? 'none',
        labels: mission.labels ?? [],
        dueOn: mission.dueOn ?? null,
        blockedBy: mission.blockedBy ?? [],
        createdBy: by,
        createdAt: now,
        archivedAt: null,
      } satisfies Omit<Mission, 'id' | 'reviewerId'>)))
    }
  }, ownEdit)
}

export const createMission = (board: Y.Doc, mission: NewMission, by: ActorId | null, now: number) => createMissions(board, [mission], by, now)

export const renameMission = (board: Y.Doc, id: MissionId, title: string) => set(board, id, { title })
export const assignMission = (board: Y.Doc, id: MissionId, assigneeId: ActorId | null) => set(board, id, { assigneeId })
export const askForReview = (board: Y.Doc, id: MissionId, reviewerId: ActorId | null) => set(board, id, { reviewerId })
export const setProject = (board: Y.Doc, id: MissionId, projectId: ProjectId | null) => set(board, id, { projectId })
export const setAutoRun = (board: Y.Doc, id: MissionId, autoRun: boolean) => set(board, id, { autoRun })
export const setPriority = (board: Y.Doc, id: MissionId, priority: Priority) => set(board, id, { priority })
export const setDueOn = (board: Y.Doc, id: MissionId, dueOn: string | null) => set(board, id, { dueOn })
export const setLabels = (board: Y.Doc, id: MissionId, labels: readonly string[]) => set(board, id, { labels })
export const setBlockedBy = (board: Y.Doc, id: MissionId, blockedBy: readonly MissionId[]) => set(board, id, { blockedBy })
export const archiveMission = (board: Y.Doc, id: MissionId, now: number) => set(board, id, { archivedAt: now })
export const restoreMission = (board: Y.Doc, id: MissionId) => set(board, id, { archivedAt: null })

/** Moves a mission to `index` of a column, counted among the cards there without the mission itself. */
export function moveMission(board: Y.Doc, id: MissionId, status: Status, index: number) {
  const cards = column(board, status, id)
  const mission = readMission(board, id)
  if (!mission) return
  const at = Math.max(0, Math.min(index, cards.length))
  const inPlace = mission.status === status
    && (at === 0 || byRank(cards[at - 1]!, mission) < 0)
    && (at === cards.length || byRank(mission, cards[at]!) < 0)
  if (!inPlace) set(board, id, { status, rank: rankAt(cards, at) })
}

export function createProject(board: Y.Doc, id: ProjectId, name: string, colour: string) {
  board.transact(() => {
    projectsOf(board).set(id, new Y.Map<unknown>([['name', name], ['colour', colour], ['archivedAt', null]]))
  }, ownEdit)
}

const setInProject = (board: Y.Doc, id: ProjectId, field: keyof Project, value: unknown) =>
  board.transact(() => {
    const project = projectsOf(board).get(id)
    if (project instanceof Y.Map && project.get(field) !== value) project.set(field, value)
  }, ownEdit)

export const renameProject = (board: Y.Doc, id: ProjectId, name: string) => setInProject(board, id, 'name', name)
export const recolourProject = (board: Y.Doc, id: ProjectId, colour: string) => setInProject(board, id, 'colour', colour)
export const archiveProject = (board: Y.Doc, id: ProjectId, now: number) => setInProject(board, id, 'archivedAt', now)
export const restoreProject = (board: Y.Doc, id: ProjectId) => setInProject(board, id, 'archivedAt', null)
