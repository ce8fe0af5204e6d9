import { can } from '#lib/board/policy.ts'
import { commentRecords } from './comments.ts'
import { judgeRecords } from './records.ts'
import { judgeRichText } from './rich-text.ts'
import { each, refuse, type Rules } from './rule.ts'

const comments = commentRecords('doc')

/** Briefs and docs of projects: one root of rich text, and what is said about it. */
export const docRules: Rules = (actor, doc, ops) =>
  each(ops, (op) => {
    const [root] = op.path
    if (root === 'comments') return null
    if (root === 'files') return refuse('not_allowed', 'Only the server writes "files".')
    if (root !== 'body') return refuse('unknown_field', `A doc has no "${String(root).slice(0, 40)}".`)
    if (!can(actor, 'edit', { kind: 'doc', workspaceId: actor.workspaceId })) return refuse('not_allowed', 'You may not edit this doc.')
    return judgeRichText('a doc', op)
  })
  ?? judgeRecords('comments', comments, actor, doc, ops)
