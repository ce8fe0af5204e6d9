import type { ActorId, ChatId, DocId, FileId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import type { Status } from '#lib/board/mission.ts'
import type { SearchKind } from './query.ts'

/** A text in pieces; those that were looked for are hits. */
export type Marked = readonly { text: string; hit: boolean }[]

/**
 * Something that was found, and where it stands. `item` is what it is within the mission or doc: a comment's, review's or run's id.
 * `at` is when it was made, in epoch milliseconds. `excerpt` is around the first hit, empty where the title alone says it.
 */
export type SearchResult = {
  kind: SearchKind
  item: string
  title: Marked
  excerpt: Marked
  at: number
  by: ActorId | null
  mission: { id: MissionId; title: string; status: Status; archived: boolean } | null
  doc: { id: DocId; title: string } | null
  chat: { id: ChatId; title: string } | null
  project: { id: ProjectId; name: string } | null
  file: { id: FileId; name: string; type: string } | null
  runId: RunId | null
  /** The text goes on beyond what can be found: of a file its first `longestFound` characters. */
  cut: boolean
}

/** Of one text so much is found, in characters. */
export const longestFound = 2_000_000

/** `instead`: nothing has the words as they were typed, so these were looked for. `next` goes on, `null` at the end. */
export type SearchPage = { results: SearchResult[]; instead: string | null; problems: string[]; next: number | null }

export const textOf = (marked: Marked) => marked.map(({ text }) => text).join('')
