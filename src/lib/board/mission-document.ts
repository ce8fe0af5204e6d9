import * as Y from 'yjs'
import { instant } from './board-document.ts'
import type { ActorId, RunId } from './ids.ts'
import { isId } from './ids.ts'
import { runStates, type RunState } from './mission.ts'
import { runCodes, type RunCode } from './run-record.ts'

export { addComment, commentsOf, deleteComment, editComment, readComments, type Comment } from './comments.ts'
export { filesOf, readFiles, type WorkFile as MissionFile } from './files.ts'
export { addReview, readReviews, reviewsOf, type Review, type Verdict } from './review.ts'

/** The roots of `mission/<id>`. */
export const missionRoots = ['description', 'comments', 'files', 'runs', 'reviews', 'changes'] as const

/** Root of the rich text: what Lexical's binding and the server's Markdown both read. */
export const descriptionOf = (doc: Y.Doc) => doc.get('description', Y.XmlElement) as Y.XmlElement
export const runsOf = (doc: Y.Doc) => doc.getMap<unknown>('runs')
/** How what the COO changed in the description of a proposal can be taken back; the COO alone writes it. */
export const changesOf = (doc: Y.Doc) => doc.getMap<unknown>('changes')

export type RunSummary = {
  id: RunId
  staffId: ActorId
  state: RunState
  attempt: number
  requestedBy: ActorId | null
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  summary: string
  /** Why the run ended as it did, in words for a person; empty while it goes well. */
  reason: string
  code: RunCode
  /** Questions and approvals that nobody has answered yet. */
  asks: number
  /** Tokens in both directions, and their price in millionths of a dollar where it is known. */
  tokens: number
  micros: number | null
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const count = (value: unknown) => (typeof value === 'number' && value >= 0 ? value : null)
const byTime = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }) =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

const plain = (value: unknown): Record<string, unknown> | null =>
  value instanceof Y.Map ? value.toJSON() : typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null

function readAll<T extends { createdAt: number; id: string }>(map: Y.Map<unknown>, read: (id: string, value: Record<string, unknown>) => T): T[] {
  const all: T[] = []
  for (const [id, value] of map.entries()) {
    const fields = plain(value)
    if (fields) all.push(read(id, fields))
  }
  return all.sort(byTime)
}

/** Oldest first. */
export const readRuns = (doc: Y.Doc): RunSummary[] =>
  readAll(runsOf(doc), (id, value) => ({
    id: id as RunId,
    staffId: text(value.staffId) as ActorId,
    state: runStates.find((state) => state === value.state) ?? 'failed',
    attempt: typeof value.attempt === 'number' ? value.attempt : 0,
    requestedBy: isId(value.requestedBy) ? value.requestedBy as ActorId : null,
    createdAt: instant(value.createdAt) ?? 0,
    startedAt: instant(value.startedAt),
    endedAt: instant(value.endedAt),
    summary: text(value.summary),
    reason: text(value.reason),
    code: runCodes.find((code) => code === value.code) ?? '',
    asks: count(value.asks) ?? 0,
    tokens: count(value.tokens) ?? 0,
    micros: count(value.micros),
  }))

