import type * as Y from 'yjs'
import type { ActorId } from '#lib/board/ids.ts'
import { answerField, fieldOfQuestion, proposalsOf, type Proposal } from '#lib/board/proposal.ts'
import { takenField } from '#lib/board/proposal-changes.ts'
import type { GivenAnswer } from './refinement.ts'

/** `field`: of a template, which the answer fills in. */
export type Pending = Omit<GivenAnswer, 'answer' | 'by'> & { answer: string | null; by: ActorId | null; field: string | null; /** The item that holds the answer. */ item: string }

/** Answers that were given, changed or taken back since the COO took any up. */
export function pendingIn(board: Y.Doc, proposal: Proposal): Pending[] {
  const map = proposalsOf(board).get(proposal.id)!
  return proposal.questions.flatMap(({ id, text, choices, answer, answeredBy }) => {
    const held = map._map.get(answerField(id))?.id
    const item = held ? `${held.client}.${held.clock}` : null
    return item === null || map.get(takenField(id)) === item ? [] : [{ id, question: text, choices, answer, by: answeredBy, field: fieldOfQuestion(id), item }]
  })
}
