import type { ChatId, DocId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'

/** The documents that exist, by the first part of their name. */
export type DocumentName =
  | { kind: 'board'; id: WorkspaceId }
  | { kind: 'mission'; id: MissionId }
  | { kind: 'run'; id: RunId }
  /** A page of a project; or its brief, under the project's id. */
  | { kind: 'doc'; id: DocId | ProjectId }
  | { kind: 'chat'; id: ChatId }

const kinds = ['board', 'mission', 'run', 'doc', 'chat'] as const

/** Reads `kind/id`; `null` for anything that is not the name of a document. */
export function parseDocumentName(name: string): DocumentName | null {
  const slash = name.indexOf('/')
  const kind = kinds.find((known) => known === name.slice(0, slash))
  const id = name.slice(slash + 1)
  return kind && isId(id) ? { kind, id } as DocumentName : null
}

export const boardDocument = (id: WorkspaceId) => `board/${id}`
export const missionDocument = (id: MissionId) => `mission/${id}`
export const runDocument = (id: RunId) => `run/${id}`
/** Of a project's brief, under the project's own id. */
export const briefDocument = (id: ProjectId) => `doc/${id}`
export const docDocument = (id: DocId) => `doc/${id}`
export const chatDocument = (id: ChatId) => `chat/${id}`
