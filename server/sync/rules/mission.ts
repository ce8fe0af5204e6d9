import { missionRoots } from '#lib/board/mission-document.ts'
import { can, type Actor } from '#lib/board/policy.ts'
import { commentRecords } from './comments.ts'
import { judgeRecords } from './records.ts'
import { judgeReviews } from './review.ts'
import { judgeRichText } from './rich-text.ts'
import { each, refuse, type Rules } from './rule.ts'

const mayEdit = (actor: Actor) => can(actor, 'edit', { kind: 'mission', workspaceId: actor.workspaceId })
const comments = commentRecords('mission')

export const missionRules: Rules = (actor, mission, ops) =>
  each(ops, (op) => {
    const [root] = op.path
    if (root === 'files' || root === 'runs') return refuse('not_allowed', `Only the server writes "${root}".`)
    if (root === 'changes') return actor.kind === 'staff' && actor.tool === 'refine' ? null : refuse('not_allowed', 'Only the COO writes "changes".')
    if (!missionRoots.some((known) => known === root)) return refuse('unknown_field', `A mission has no "${String(root).slice(0, 40)}".`)
    if (root === 'description' && !mayEdit(actor)) return refuse('not_allowed', 'You may not edit the description.')
    return root === 'description' ? judgeRichText('a description', op) : null
  })
  ?? judgeRecords('comments', comments, actor, mission, ops)
  ?? judgeReviews(actor, mission, ops)
