import type { ActivityKind, Details } from '#lib/activity/entry.ts'
import type { MissionId, RunId } from '#lib/board/ids.ts'
import type { Accepted } from '../sync/accepted.ts'
import { byRecord } from './from-board.ts'
import type { Happening } from './happening.ts'

const given = (value: unknown) => value !== undefined && value !== null && value !== false

/**
 * What the changes of a mission's document, or of a doc's, mean. Words that were said are not kept here: a comment that is deleted
 * is gone. Whether a doc is a project's brief, and what it is called, is looked up when it is written down.
 */
export function fromContent({ name, author: { workspaceId, runId, ...actor }, changes }: Accepted): Happening[] {
  if (name.kind !== 'mission' && name.kind !== 'doc') return []
  const happening = (kind: ActivityKind, details?: Details): Happening => ({
    workspaceId, kind, actor, runId, subject: { kind: name.kind === 'mission' ? 'mission' : 'doc', id: name.id },
    ...name.kind === 'mission' && { missionId: name.id as MissionId },
    ...details && { details },
  })
  const happenings: Happening[] = changes
    .filter((change) => change.kind === 'text')
    .map(() => happening(name.kind === 'mission' ? 'mission.described' : 'doc.edited'))
  for (const [root, id, { made, gone, fields }] of byRecord(changes)) {
    if (root === 'reviews' && made) {
      happenings.push({ ...happening(made.verdict === 'approved' ? 'review.approved' : 'review.changes_requested'), ...typeof made.runId === 'string' && { runId: made.runId as RunId } })
    }
    const withdrawn = root === 'reviews' && fields.get('withdrawnAt')
    if (withdrawn && given(withdrawn.after)) happenings.push(happening('review.withdrawn'))
    if (root !== 'comments') continue
    if (made) happenings.push(happening('comment.added', { comment: { id, ...typeof made.replyTo === 'string' && { replyTo: made.replyTo } } }))
    else if (gone) happenings.push(happening('comment.deleted', { comment: { id, ...typeof gone.by === 'string' && gone.by !== actor.id && { by: { id: gone.by, name: '' } } } }))
    else {
      if (fields.has('body')) happenings.push(happening('comment.edited', { comment: { id } }))
      const resolved = [...fields].find(([field]) => field.startsWith('resolved'))?.[1]
      if (resolved && given(resolved.before) !== given(resolved.after)) {
        happenings.push(happening(given(resolved.after) ? 'comment.resolved' : 'comment.reopened', { comment: { id } }))
      }
    }
  }
  return happenings
}
