import type { ActorId, AskId, RunId } from '#lib/board/ids.ts'
import type { Member, Mission, RunState } from '#lib/board/mission.ts'
import type { AskKind } from '#lib/board/run-record.ts'
import { responsibleFor, reviewersOf } from '#lib/board/reviewers.ts'
import { withoutMarks } from '../files/extract/extract-markdown.ts'
import { excerpt, type Reason } from './reason.ts'

/** The newest run of a mission, as far as somebody may have to act on it. */
export type CardRun = { id: RunId; staffId: ActorId; state: RunState; requestedBy: ActorId | null; summary: string; reason: string; attempt: number; asks: readonly OpenAsk[] }

/** What a run asked and nobody has answered. */
export type OpenAsk = { id: AskId; kind: AskKind; question: string }

export type Card = Pick<Mission, 'id' | 'title' | 'status' | 'assigneeId' | 'reviewerId' | 'createdBy' | 'archivedAt'>

/** What a mission's card gives somebody to do: a verdict, an answer, a failure to look at, the work itself. */
export function cardReasons(card: Card, run: CardRun | null, { members, assignedBy }: {
  members: ReadonlyMap<ActorId, Member>
  /** Who gave the mission to whom it is assigned to. */
  assignedBy: ActorId | null
}): Reason[] {
  if (card.archivedAt !== null || card.status === 'done') return []
  const everybody = [...members.values()]
  const find = (id: ActorId) => members.get(id) ?? null
  const on = { missionId: card.id, docId: null }
  const reasons: Reason[] = []

  if (card.status === 'review') {
    for (const userId of reviewersOf(card, run, find, everybody).people) {
      reasons.push({ ...on, userId, kind: 'review', reason: `review:${card.id}:${run?.id ?? ''}`, place: '', by: run?.staffId ?? card.assigneeId, words: excerpt(run?.summary ?? '') })
    }
  }
  if (run?.state === 'failed') {
    for (const userId of responsibleFor(card, run, find, everybody).people) {
      reasons.push({ ...on, userId, kind: 'failure', reason: `failure:${run.id}:${run.attempt}`, place: `run/${run.id}`, by: run.staffId, words: excerpt(run.reason) })
    }
  }
  for (const ask of run?.asks ?? []) {
    for (const userId of responsibleFor(card, run, find, everybody).people) {
      reasons.push({ ...on, userId, kind: ask.kind, reason: `ask:${ask.id}`, place: `run/${run!.id}`, by: run!.staffId, words: excerpt(withoutMarks(ask.question)) })
    }
  }
  const assignee = card.assigneeId && find(card.assigneeId)
  if (assignee?.kind === 'person' && (assignee.role === 'owner' || assignee.role === 'member') && assignedBy !== assignee.id) {
    reasons.push({ ...on, userId: assignee.id, kind: 'assignment', reason: `assignment:${card.id}:${assignee.id}`, place: '', by: assignedBy, words: '' })
  }
  return reasons
}
