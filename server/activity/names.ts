import * as Y from 'yjs'
import type { Details, Named, SubjectKind } from '#lib/activity/entry.ts'
import { directoryOf, docsOf, readMission, readProject } from '#lib/board/board-document.ts'
import type { MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Happening } from './happening.ts'

/** A happening with all its names. */
export type Complete = Happening & { actor: { name: string }; subject: { name: string }; projectId: ProjectId | null }

/** Whether a board must be asked before a happening can be written down. */
export const isComplete = (happening: Happening): happening is Complete =>
  happening.actor.name !== undefined && happening.subject.name !== undefined && happening.projectId !== undefined && happening.details?.comment?.by?.name !== ''

/** Fills in what was left out, from the board as it is; what is not there any more stays without a name. */
export function complete(happening: Happening, board: Y.Doc): Complete {
  const subject = subjectOf(happening, board)
  const missionId = happening.missionId ?? null
  const by = happening.details?.comment?.by
  return {
    ...happening,
    // What is written in a project's brief is written in the document of its id.
    ...subject.kind === 'project' && happening.kind === 'doc.edited' && { kind: 'project.briefed' as const },
    // A token's bearer is whatever the directory says.
    actor: { ...happening.actor, ...isStaff(board, happening.actor.id) && { kind: 'staff' as const }, name: happening.actor.name ?? nameOfPerson(board, happening.actor.id) },
    subject,
    projectId: happening.projectId !== undefined ? happening.projectId
      : missionId ? readMission(board, missionId)?.projectId ?? null
      : subject.kind === 'project' ? subject.id as ProjectId : projectOfDoc(board, subject.id),
    ...by && { details: { ...happening.details, comment: { ...happening.details!.comment!, by: { ...by, name: nameOfPerson(board, by.id) } } } satisfies Details },
  }
}

function subjectOf({ subject }: Happening, board: Y.Doc): Named & { kind: SubjectKind } {
  const { kind, id } = subject
  if (subject.name !== undefined) return { kind, id, name: subject.name }
  if (kind === 'mission') return { kind, id, name: readMission(board, id as MissionId)?.title ?? '' }
  const project = kind === 'doc' || kind === 'project' ? readProject(board, id as ProjectId) : null
  if (project) return { kind: 'project', id, name: project.name }
  if (kind === 'doc') return { kind, id, name: textIn(docsOf(board).get(id), 'title') }
  return { kind, id, name: nameOfPerson(board, id) }
}

const isStaff = (board: Y.Doc, id: string | null) => id !== null && textIn(directoryOf(board).get(id), 'kind') === 'staff'
const textIn = (record: unknown, field: string) => {
  const value = record instanceof Y.Map ? record.get(field) : (record as Record<string, unknown> | undefined)?.[field]
  return typeof value === 'string' ? value : ''
}
const nameOfPerson = (board: Y.Doc, id: string | null) => (id === null ? '' : textIn(directoryOf(board).get(id), 'name'))
const projectOfDoc = (board: Y.Doc, id: string) => (textIn(docsOf(board).get(id), 'projectId') || null) as ProjectId | null
