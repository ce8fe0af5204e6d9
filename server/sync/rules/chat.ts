import { chatRoots } from '#lib/board/chat.ts'
import { limits } from '#lib/board/limits.ts'
import { can, type Actor } from '#lib/board/policy.ts'
import type { ActorId } from '#lib/board/ids.ts'
import { judgeRecords, type Records } from './records.ts'
import { each, refuse, type Rules } from './rule.ts'
import { id, instant, listOf, optional, text } from './value.ts'

const mayTouch = (action: 'edit' | 'delete') => (actor: Actor, by: unknown) =>
  actor.kind === 'person' && can(actor, action, { kind: 'comment', workspaceId: actor.workspaceId, by: by as ActorId })

/** What people say. What the COO says, and what it does about a message, the server writes. */
const messages: Records = {
  name: 'message',
  author: 'by',
  authorRequired: true,
  most: limits.messages,
  fields: {
    by: id,
    body: text(limits.message),
    createdAt: instant,
    editedAt: optional(instant),
    quotes: listOf(text(200), limits.references),
    files: listOf(id, limits.references),
  },
  mayCreate: (actor) => can(actor, 'edit', { kind: 'chat', workspaceId: actor.workspaceId }),
  mayEdit: mayTouch('edit'),
  mayDelete: mayTouch('delete'),
}

export const chatRules: Rules = (actor, chat, ops) =>
  each(ops, ({ path: [root] }) => {
    if (root === 'messages') return null
    return chatRoots.some((known) => known === root) ? refuse('not_allowed', `Only the server writes "${root}".`) : refuse('unknown_field', `A chat has no "${String(root).slice(0, 40)}".`)
  })
  ?? judgeRecords('messages', messages, actor, chat, ops)
