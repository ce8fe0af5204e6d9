import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { ownEdit } from './edits.ts'
import { isId, type ActorId, type FileId, type ReviewId, type RunId } from './ids.ts'
import type { RunState } from './mission.ts'
import { readQuote, type Quote } from './quote.ts'

export const verdicts = ['approved', 'changes_requested'] as const
export type Verdict = (typeof verdicts)[number]

/** A version of a file as it was when somebody judged it. */
export type JudgedFile = { id: FileId; version: number; hash: string; name: string }

/** `note` is Markdown; times are epoch milliseconds. */
export type Review = {
  id: ReviewId
  by: ActorId
  verdict: Verdict
  note: string
  quotes: readonly Quote[]
  /** What was judged: the run, and what it had made. */
  runId: RunId | null
  files: readonly JudgedFile[]
  createdAt: number
  /** Whoever moves a mission to Done approves it: the server wrote that down for them. */
  byMove: boolean
  /** When who had approved took the mission out of Done again. */
  withdrawnAt: number | null
}

/** A run as far as a review needs to know it. */
type Run = { id: RunId; state: RunState; createdAt: number }

/** An artifact as a mission's document has it: `versions` oldest first, where it has more than one. */
type Artifact = {
  id: FileId; kind: string; name: string; type: string; size: number; hash: string; version: number; runId: RunId | null
  versions?: readonly { version: number; hash: string; size: number; type: string; runId: RunId | null }[]
}

/** One version of an artifact, made by one run. */
export type Produced = JudgedFile & { type: string; size: number }

export type ArtifactChange =
  | { state: 'new'; before: null; after: Produced }
  | { state: 'changed' | 'same'; before: Produced; after: Produced }
  | { state: 'gone'; before: Produced; after: null }

export const reviewsOf = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('reviews')

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const list = (value: unknown) => (Array.isArray(value) ? value : []).filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)

function readReview(id: string, map: Y.Map<unknown>): Review {
  const field = (name: string) => map.get(name)
  return {
    id: id as ReviewId,
    by: text(field('by')) as ActorId,
    verdict: field('verdict') === 'approved' ? 'approved' : 'changes_requested',
    note: text(field('note')),
    quotes: list(field('quotes')).map(readQuote).filter((quote) => quote !== null),
    runId: isId(field('runId')) ? field('runId') as RunId : null,
    files: list(field('files')).filter((file) => isId(file.id))
      .map((file) => ({ id: file.id as FileId, version: typeof file.version === 'number' ? file.version : 1, hash: text(file.hash), name: text(file.name) })),
    createdAt: instant(field('createdAt')) ?? 0,
    byMove: field('byMove') === true,
    withdrawnAt: instant(field('withdrawnAt')),
  }
}

/** Oldest first. */
export const readReviews = (doc: Y.Doc): Review[] =>
  [...reviewsOf(doc).entries()]
    .filter((entry): entry is [string, Y.Map<unknown>] => entry[1] instanceof Y.Map)
    .map(([id, map]) => readReview(id, map))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))

type NewReview = Pick<Review, 'id' | 'by' | 'verdict' | 'note' | 'runId'> & Partial<Pick<Review, 'quotes' | 'files'>>

export function addReview(doc: Y.Doc, { quotes = [], files = [], ...review }: NewReview, now: number) {
  doc.transact(() => writeReview(doc, { ...review, quotes, files, createdAt: now }), ownEdit)
}

/** The approval of a person who moved the mission to Done; only the server writes one. */
export const addApprovalByMove = (doc: Y.Doc, approval: Pick<Review, 'id' | 'by' | 'runId' | 'files'>, now: number) =>
  writeReview(doc, { ...approval, verdict: 'approved', note: '', quotes: [], createdAt: now, byMove: true })

function writeReview(doc: Y.Doc, { id, ...fields }: Omit<Review, 'byMove' | 'withdrawnAt'> & { byMove?: true }) {
  reviewsOf(doc).set(id, new Y.Map<unknown>(Object.entries({ ...fields, quotes: [...fields.quotes], files: [...fields.files] })))
}

/** The record stays, and says that it was taken back; only the server writes this. */
export function withdrawReview(doc: Y.Doc, id: ReviewId, now: number) {
  const review = reviewsOf(doc).get(id)
  if (review instanceof Y.Map && instant(review.get('withdrawnAt')) === null) review.set('withdrawnAt', now)
}

/** The approval that a mission in Done rests on. */
export const standingApproval = (reviews: readonly Review[]): Review | null =>
  reviews.findLast(({ verdict, withdrawnAt }) => verdict === 'approved' && withdrawnAt === null) ?? null

/** The run that a review of a mission judges: the newest that finished well, else the newest there is. */
export const judgedRun = <R extends Run>(runs: readonly R[]): R | null =>
  runs.findLast(({ state }) => state === 'succeeded') ?? runs.at(-1) ?? null

/** The run whose result was there to be judged before this one. */
export const runBefore = <R extends Run>(runs: readonly R[], run: Run): R | null =>
  runs.findLast(({ id, state, createdAt }) => id !== run.id && state === 'succeeded' && createdAt <= run.createdAt) ?? null

/** What was asked of this run: the newest request for changes from before it began. */
export const askedBefore = (reviews: readonly Review[], run: Run | null): Review | null =>
  reviews.findLast(({ verdict, withdrawnAt, createdAt }) => verdict === 'changes_requested' && withdrawnAt === null && (!run || createdAt <= run.createdAt)) ?? null

/** What a run made, in its own versions, whatever became of the files afterwards. */
export function producedBy(files: readonly Artifact[], runId: RunId | null): Produced[] {
  if (!runId) return []
  return files.flatMap((file) => {
    if (file.kind !== 'artifact') return []
    const made = file.versions?.findLast((version) => version.runId === runId) ?? (file.runId === runId ? file : null)
    return made ? [{ id: file.id, name: file.name, version: made.version, hash: made.hash, type: made.type, size: made.size }] : []
  })
}

/** What a run made against what the run before it made, by name. A file of the same content is the same, whichever run wrote it. */
export function compareArtifacts(before: readonly Produced[], after: readonly Produced[]): ArtifactChange[] {
  const earlier = new Map(before.map((file) => [file.name, file]))
  const changes = after.map((file): ArtifactChange => {
    const match = earlier.get(file.name)
    earlier.delete(file.name)
    return match ? { state: match.hash === file.hash ? 'same' : 'changed', before: match, after: file } : { state: 'new', before: null, after: file }
  })
  return [...changes, ...[...earlier.values()].map((file): ArtifactChange => ({ state: 'gone', before: file, after: null }))]
}

/** The points of a note, one by one, so that they can be ticked off: its list items, or where it has no list its paragraphs. */
export function pointsOf(note: string): string[] {
  const lines = note.split('\n')
  const isItem = (line: string) => /^\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+\S/.test(line)
  const points: string[] = []
  let open = false
  for (const line of lines) {
    if (isItem(line)) points.push(line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/, '').trim())
    else if (line.trim() === '') open = false
    else if (open) points.push(`${points.pop() ?? ''}\n${line.trim()}`)
    else points.push(line.trim())
    if (line.trim() !== '') open = true
  }
  return points
}
