import * as Y from 'yjs'
import { readComments } from '#lib/board/comments.ts'
import type { ActorId, DocId, MissionId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { parseReference, referencesIn } from '#lib/board/reference.ts'
import { readReviews } from '#lib/board/review.ts'
import { readThreads } from '#lib/board/threads.ts'
import { mentionsIn } from '#lib/editor/mentions-in.ts'
import { readBlock } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import { excerpt, type Reason } from './reason.ts'

/** The document that is read: a mission's own, or a doc of a project. */
export type Place = { missionId: MissionId; docId: null; root: 'description' } | { missionId: null; docId: DocId; root: 'body' }

type Context = {
  members: ReadonlyMap<ActorId, Member>
  /** Whose the client ids of this document are. */
  authors: ReadonlyMap<number, string>
}

const isHere = (member: Member | undefined): member is Member => member?.kind === 'person' && member.role !== 'former'

const mentioned = (markdown: string, { members }: Context) =>
  referencesIn(markdown).flatMap((reference) => (reference.kind === 'person' && isHere(members.get(reference.id)) ? [reference.id] : []))

/** The paragraph in which somebody is mentioned. */
const wordsAround = (markdown: string, id: ActorId) =>
  excerpt(withoutMarks(markdown.split(/\n+/).find((line) => line.includes(`missions://person/${id}`)) ?? ''))

/** Mentions in comments, and answers in threads that one is part of. Whoever has answered since is not waited for, nor is anybody in what is settled. */
function talkReasons(doc: Y.Doc, place: Place, context: Context): Reason[] {
  return readThreads(readComments(doc)).filter(({ resolved }) => !resolved).flatMap(({ first, replies }) => {
    const comments = first ? [first, ...replies] : replies
    return comments.flatMap((comment, index): Reason[] => {
      const answered = new Set(comments.slice(index + 1).map(({ by }) => by))
      const named = new Set(mentioned(comment.body, context))
      const before = comments.slice(0, index).map(({ by }) => by).filter((id) => isHere(context.members.get(id)))
      return [...new Set([...named, ...before])].filter((userId) => userId !== comment.by && !answered.has(userId)).map((userId): Reason => ({
        ...reasonAt(place), userId, kind: named.has(userId) ? 'mention' : 'reply', reason: `comment:${comment.id}`, place: `comment/${comment.id}`,
        by: comment.by, words: excerpt(withoutMarks(comment.body)),
      }))
    })
  })
}

function reviewReasons(doc: Y.Doc, place: Place, context: Context): Reason[] {
  return readReviews(doc).flatMap(({ id, by, note }) => mentioned(note, context).filter((userId) => userId !== by).map((userId): Reason => ({
    ...reasonAt(place), userId, kind: 'mention', reason: `review:${id}`, place: `review/${id}`, by, words: wordsAround(note, userId) || excerpt(withoutMarks(note)),
  })))
}

function writtenReasons(doc: Y.Doc, place: Place, context: Context): Reason[] {
  const mentions = mentionsIn(doc.get(place.root, Y.XmlElement) as Y.XmlElement)
  return [...Map.groupBy(mentions, ({ target }) => target)].flatMap(([target, all]): Reason[] => {
    const reference = parseReference(target)
    if (reference?.kind !== 'person' || !isHere(context.members.get(reference.id))) return []
    const userId = reference.id
    const by = (all.map(({ client }) => context.authors.get(client)).findLast((author) => author !== undefined) ?? null) as ActorId | null
    if (by === userId) return []
    return [{ ...reasonAt(place), userId, kind: 'mention', reason: `${place.root}:${place.missionId ?? place.docId}`, place: place.root, by, words: wordsAround(toMarkdown([readBlock(all[0]!.block)]), userId) }]
  })
}

/** Everything in a document that waits for somebody. */
export function textReasons(doc: Y.Doc, place: Place, context: Context): Reason[] {
  return [
    ...talkReasons(doc, place, context),
    ...(place.missionId ? reviewReasons(doc, place, context) : []),
    ...writtenReasons(doc, place, context),
  ]
}

/** Why a comment waits for somebody no more. */
export function whyTalkSettled(doc: Y.Doc, commentId: string, userId: ActorId): string {
  const thread = readThreads(readComments(doc)).find(({ first, replies }) => first?.id === commentId || replies.some(({ id }) => id === commentId))
  if (!thread) return 'The comment was deleted.'
  if (thread.resolved) return 'The thread was resolved.'
  const comments = thread.first ? [thread.first, ...thread.replies] : thread.replies
  const after = comments.slice(comments.findIndex(({ id }) => id === commentId) + 1)
  return after.some(({ by }) => by === userId) ? 'You answered.' : 'The comment does not mention you any more.'
}

const reasonAt = ({ missionId, docId }: Place) => ({ missionId, docId })
