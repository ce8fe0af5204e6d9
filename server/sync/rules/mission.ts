import type { ActorId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { missionRoots } from '#lib/board/mission-document.ts'
import { can, type Actor } from '#lib/board/policy.ts'
import { judgeRecords, type Records } from './records.ts'
import { judgeRichText } from './rich-text.ts'
import { each, refuse, type Rules } from './rule.ts'
import { id, instant, oneOf, optional, text } from './value.ts'

const may = (actor: Actor, action: 'comment' | 'edit' | 'review') => can(actor, action, { kind: 'mission', workspaceId: actor.workspaceId })
const mayTouch = (action: 'edit' | 'delete') => (actor: Actor, by: unknown) =>
  can(actor, action, { kind: 'comment', workspaceId: actor.workspaceId, by: by as ActorId })

const comments: Records = {
  name: 'comment',
  author: 'by',
  authorRequired: true,
  fields: {
    by: id,
    body: text(limits.comment),
    createdAt: instant,
    editedAt: optional(instant),
    replyTo: optional(id),
    about: optional(text(limits.comment)),
  },
  mayCreate: (actor) => may(actor, 'comment'),
  mayEdit: mayTouch('edit'),
  mayDelete: mayTouch('delete'),
}

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
