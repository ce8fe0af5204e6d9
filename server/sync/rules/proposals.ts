import type * as Y from 'yjs'
import type { MissionId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { priorities } from '#lib/board/mission.ts'
import type { Actor } from '#lib/board/policy.ts'
import { answerField, proposalSizes, readProposal } from '#lib/board/proposal.ts'
import { isChangeField } from '#lib/board/proposal-changes.ts'
import type { Op } from '../resolve-update.ts'
import { judgeRecords, type Records } from './records.ts'
import { each, refuse, type Refusal } from './rule.ts'
import { boolean, id, listOf, oneOf, optional, text, written, type Check } from './value.ts'

/** Proposals come from the server, which also writes what is decided about them; people edit what they say while they are open. */
const proposals: Records = {
  name: 'proposal',
  fields: {
    title: text(limits.title),
    projectId: optional(id),
    assigneeId: optional(id),
    why: text(limits.note),
    priority: oneOf(priorities),
    dueOn: optional(text(40)),
    labels: listOf(text(limits.label), limits.labels),
    autoRun: boolean,
    size: optional(oneOf(proposalSizes)),
    blockedBy: listOf(id, limits.references),
    context: listOf(text(200), limits.references),
  },
  mayCreate: () => false,
  mayEdit: ({ kind }) => kind === 'person',
  mayDelete: () => false,
}

const served = new Set(['questions', 'state', 'by', 'origin', 'createdAt', 'decidedBy', 'decidedAt', 'reason', 'duplicates', 'template'])

/** An answer names whoever gives it. */
const answerBy = (actor: Actor): Check => (value) => {
  if (typeof value !== 'object' || value === null) return false
  const { text: words, by, ...more } = value as Record<string, unknown>
  return text(limits.note)(words) && by === actor.id && Object.keys(more).length === 0
}

export function judgeProposals(actor: Actor, board: Y.Doc, ops: readonly Op[]): Refusal | null {
  const own = ops.filter(({ path: [root] }) => root === 'proposals')
  const answers: Record<string, Check> = {}
  return each(own, (op) => {
    const [, key, field] = op.path
    const proposal = readProposal(board, key as MissionId)
    // What goes with its record is judged with that.
    if ((served.has(field as string) || (typeof field === 'string' && isChangeField(field))) && written(op).kind !== 'gone') return refuse('not_allowed', `Only the server writes "${String(field)}" of a proposal.`)
    if (proposal && (proposal.state === 'approved' || proposal.state === 'declined')) return refuse('not_allowed', `“${proposal.title}” was ${proposal.state} already.`)
    for (const question of proposal?.questions ?? []) answers[answerField(question.id)] = optional(answerBy(actor))
    return null
  })
    ?? judgeRecords('proposals', { ...proposals, fields: { ...proposals.fields, ...answers } }, actor, board, own)
}
