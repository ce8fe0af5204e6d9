import type { ActivityKind, ActivitySubject, Details } from '#lib/activity/entry.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { theServer } from '../activity/happening.ts'
import type { AuthContext } from './context.ts'

/** Who does it: a signed-in person, or nobody of the workspace. */
export type By = ActorId | { id: ActorId; name: string } | undefined

/** Records what became of people, tokens and the workspace itself; what nobody signed in did, whoever this process works for did. */
export const recorder = ({ record, otherwise = theServer }: AuthContext) =>
  (kind: ActivityKind, workspaceId: WorkspaceId, by: By, subject: Omit<ActivitySubject, 'name'> & { name?: string }, details: Details = {}) =>
    record?.({
      workspaceId, kind, subject, details, projectId: null,
      actor: by === undefined ? otherwise : typeof by === 'string' ? { kind: 'person', id: by } : { kind: 'person', ...by },
    })
