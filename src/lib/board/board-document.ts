import * as Y from 'yjs'
import type { Doc } from './doc.ts'
import type { ActorId, AskId, CommentId, DocId, MissionId, ProjectId, RunId } from './ids.ts'
import { isId } from './ids.ts'
import {
  noFacts, priorities, runStates, statuses,
  type Facts, type Member, type Mission, type Project,
} from './mission.ts'
import { byRank } from './rank.ts'

/** The roots of `board/<workspace>`. */
export const boardRoots = ['missions', 'projects', 'docs', 'proposals', 'facts', 'directory'] as const

export const missionsOf = (board: Y.Doc) => board.getMap<Y.Map<unknown>>('missions')
export const projectsOf = (board: Y.Doc) => board.getMap<Y.Map<unknown>>('projects')
export const docsOf = (board: Y.Doc) => board.getMap<Y.Map<unknown>>('docs')
export const factsOf = (board: Y.Doc) => board.getMap<unknown>('facts')
export const directoryOf = (board: Y.Doc) => board.getMap<unknown>('directory')

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const id = (value: unknown) => (isId(value) ? value : null)
const oneOf = <T extends string>(values: readonly T[], value: unknown, otherwise: T): T =>
  values.includes(value as T) ? (value as T) : otherwise

/** Epoch milliseconds of a time that a client wrote as a number or as ISO 8601; `null` for anything else. */
export const instant = (value: unknown): number | null => {
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isFinite(at) ? at : null
}

/** Reads one mission, or `null` where the id holds none. A field that is missing or malformed reads as its empty value. */
export function readMission(board: Y.Doc, missionId: MissionId): Mission | null {
  const map = missionsOf(board).get(missionId)
  if (!(map instanceof Y.Map)) return null
  const [labels, blockedBy] = [map.get('labels'), map.get('blockedBy')]
  return {
    id: missionId,
    title: text(map.get('title')),
    status: oneOf(statuses, map.get('status'), 'backlog'),
    rank: text(map.get('rank')),
    projectId: id(map.get('projectId')) as ProjectId | null,
    assigneeId: id(map.get('assigneeId')) as ActorId | null,
    reviewerId: id(map.get('reviewerId')) as ActorId | null,
    autoRun: map.get('autoRun') === true,
    priority: oneOf(priorities, map.get('priority'), 'none'),
    labels: Array.isArray(labels) ? labels.filter((label): label is string => typeof label === 'string') : [],
    dueOn: typeof map.get('dueOn') === 'string' ? text(map.get('dueOn')) : null,
    blockedBy: Array.isArray(blockedBy) ? blockedBy.filter(isId) as MissionId[] : [],
    createdBy: id(map.get('createdBy')) as ActorId | null,
    createdAt: instant(map.get('createdAt')) ?? 0,
    archivedAt: instant(map.get('archivedAt')),
  }
}

/** All missions that are not archived, in the order of their ranks. */
export function readMissions(board: Y.Doc): Mission[] {
  const missions: Mission[] = []
  for (const missionId of missionsOf(board).keys()) {
    const mission = readMission(board, missionId as MissionId)
    if (mission && mission.archivedAt === null) missions.push(mission)
  }
  return missions.sort(byRank)
}

export function readProject(board: Y.Doc, projectId: ProjectId): Project | null {
  const map = projectsOf(board).get(projectId)
  if (!(map instanceof Y.Map)) return null
  return {
    id: projectId,
    name: text(map.get('name')),
    colour: text(map.get('colour')) || 'slate',
    archivedAt: instant(map.get('archivedAt')),
  }
}

export const readProjects = (board: Y.Doc): Project[] =>
  [...projectsOf(board).keys()]
    .map((projectId) => readProject(board, projectId as ProjectId))
    .filter((project): project is Project => project !== null && project.archivedAt === null)
    .sort((a, b) => a.name.localeCompare(b.name))

export function readDoc(board: Y.Doc, docId: DocId): Doc | null {
  const map = docsOf(board).get(docId)
  if (!(map instanceof Y.Map)) return null
  return {
    id: docId,
    title: text(map.get('title')),
    projectId: id(map.get('projectId')) as ProjectId | null,
    parentId: id(map.get('parentId')) as DocId | null,
    rank: text(map.get('rank')),
    createdBy: id(map.get('createdBy')) as ActorId | null,
    createdAt: instant(map.get('createdAt')) ?? 0,
    archivedAt: instant(map.get('archivedAt')),
  }
}

/** All docs of all projects, deleted ones too, in no order. */
export const readDocs = (board: Y.Doc): Doc[] =>
  [...docsOf(board).keys()].map((docId) => readDoc(board, docId as DocId)).filter((doc): doc is Doc => doc !== null)

const count = (value: unknown) => (typeof value === 'number' ? value : 0)

export function readFacts(board: Y.Doc, missionId: MissionId): Facts {
  const facts = factsOf(board).get(missionId)
  if (typeof facts !== 'object' || facts === null) return noFacts
  const { run, comments, lastComment, attachments, artifacts } = facts as Record<string, unknown>
  const last = typeof lastComment === 'object' && lastComment !== null ? (lastComment as Record<string, unknown>) : null
  const latest = typeof run === 'object' && run !== null ? (run as Record<string, unknown>) : null
  return {
    run: latest && {
      id: text(latest.id) as RunId,
      state: oneOf(runStates, latest.state, 'failed'),
      staffId: text(latest.staffId) as ActorId,
      line: text(latest.line),
      since: count(latest.since),
      ask: id(latest.ask) as AskId | null,
    },
    comments: count(comments),
    lastComment: last && isId(last.id) ? { id: last.id as CommentId, by: text(last.by) as ActorId, at: count(last.at) } : null,
    attachments: count(attachments),
    artifacts: count(artifacts),
  }
}

export function readDirectory(board: Y.Doc): Member[] {
  const members: Member[] = []
  for (const [memberId, value] of directoryOf(board).entries()) {
    if (typeof value !== 'object' || value === null) continue
    const { kind, name, role, avatar } = value as Record<string, unknown>
    members.push({
      id: memberId as ActorId,
      kind: kind === 'staff' ? 'staff' : 'person',
      name: text(name),
      role: text(role),
      avatar: typeof avatar === 'string' ? avatar : null,
    })
  }
  return members.sort((a, b) => a.name.localeCompare(b.name))
}
