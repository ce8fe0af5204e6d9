import { limits } from '#lib/board/limits.ts'
import { missionRoots } from '#lib/board/mission-document.ts'
import { can, type Actor } from '#lib/board/policy.ts'
import { commentRecords } from './comments.ts'
import { judgeRecords, type Records } from './records.ts'
import { judgeRichText } from './rich-text.ts'
import { each, refuse, type Rules } from './rule.ts'
import { id, instant, oneOf, optional, text } from './value.ts'

const may = (actor: Actor, action: 'edit' | 'review') => can(actor, action, { kind: 'mission', workspaceId: actor.workspaceId })
const comments = commentRecords('mission')

const reviews: Records = {
  name: 'review',
  author: 'by',
  authorRequired: true,
  fields: {
    by: id,
    verdict: oneOf(['approved', 'changes_requested']),
    note: text(limits.note),
    runId: optional(id),
    createdAt: instant,
  },
  mayCreate: (actor) => may(actor, 'review'),
  // A verdict is a record: a second opinion is a second review.
  mayEdit: () => false,
  mayDelete: () => false,
}

export const missionRules: Rules = (actor, mission, ops) =>
  each(ops, (op) => {
    const [root] = op.path
    if (root === 'files' || root === 'runs') return refuse('not_allowed', `Only the server writes "${root}".`)
    if (!missionRoots.some((known) => known === root)) return refuse('unknown_field', `A mission has no "${String(root).slice(0, 40)}".`)
    if (root === 'description' && !may(actor, 'edit')) return refuse('not_allowed', 'You may not edit the description.')
    return root === 'description' ? judgeRichText('a description', op) : null
  })
  ?? judgeRecords('comments', comments, actor, mission, ops)
  ?? judgeRecords('reviews', reviews, actor, mission, ops)
