import type { ActorId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { can, type Actor } from '#lib/board/policy.ts'
import type { Records } from './records.ts'
import { id, instant, optional, quote, text } from './value.ts'

const mayTouch = (action: 'edit' | 'delete') => (actor: Actor, by: unknown) =>
  can(actor, action, { kind: 'comment', workspaceId: actor.workspaceId, by: by as ActorId })

/** The comments of a mission or of a doc: everybody's own, but for whether a thread is settled, which is for all who may comment. */
export function commentRecords(kind: 'mission' | 'doc'): Records {
  const mayComment = (actor: Actor) => can(actor, 'comment', { kind, workspaceId: actor.workspaceId })
  return {
    name: 'comment',
    author: 'by',
    authorRequired: true,
    most: limits.comments,
    fields: {
      by: id,
      body: text(limits.comment),
      createdAt: instant,
      editedAt: optional(instant),
      replyTo: optional(id),
      threadAt: optional(instant),
      about: optional(text(limits.comment)),
      quote: optional(quote),
      resolvedBy: optional(id),
      resolvedAt: optional(instant),
    },
    common: { fields: ['resolvedBy', 'resolvedAt'], naming: 'resolvedBy', mayWrite: mayComment },
    mayCreate: mayComment,
    mayEdit: mayTouch('edit'),
    mayDelete: mayTouch('delete'),
  }
}
