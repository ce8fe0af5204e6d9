import { can } from '#lib/board/policy.ts'
import { judgeRichText } from './rich-text.ts'
import { each, refuse, type Rules } from './rule.ts'

/** Briefs and docs of projects: one root of rich text. */
export const docRules: Rules = (actor, _doc, ops) =>
  each(ops, (op) => {
    const [root] = op.path
    if (root !== 'body') return refuse('unknown_field', `A doc has no "${String(root).slice(0, 40)}".`)
    if (!can(actor, 'edit', { kind: 'doc', workspaceId: actor.workspaceId })) return refuse('not_allowed', 'You may not edit this doc.')
    return judgeRichText('a doc', op)
  })
