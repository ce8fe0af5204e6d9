import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor, Role } from '#lib/board/policy.ts'
import type { AuthContext } from './context.ts'

export type Membership = { workspaceId: WorkspaceId; workspaceName: string; role: Role }

export const actors = ({ db }: AuthContext) => ({
  /** Who a signed-in person is in a workspace; `null` where they are no member, as where it does not exist or was deleted. */
  async actorFor(userId: ActorId, workspaceId: WorkspaceId): Promise<Actor | null> {
    const row = await db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id')
      .innerJoin('workspaces', 'workspaces.id', 'members.workspace_id').select(['users.name', 'members.role'])
      .where('workspace_id', '=', workspaceId).where('user_id', '=', userId).where('removed_at', 'is', null).where('deleted_at', 'is', null).executeTakeFirst()
    return row ? { kind: 'person', id: userId, name: row.name, workspaceId, role: row.role } : null
  },

  /** The workspaces of a person, in the order in which they joined. */
  membershipsOf: (userId: ActorId): Promise<Membership[]> =>
    db.selectFrom('members').innerJoin('workspaces', 'workspaces.id', 'members.workspace_id')
      .select(['workspaces.id as workspaceId', 'workspaces.name as workspaceName', 'members.role'])
      .where('user_id', '=', userId).where('removed_at', 'is', null).where('deleted_at', 'is', null)
      .orderBy('members.created_at').orderBy('workspaces.id').execute(),
})
