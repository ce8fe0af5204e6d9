import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import type { AuthContext } from './context.ts'
import { avatarPath } from './profile.ts'

export type DirectoryEntry = Omit<Member, 'id'>

/** Role of who is gone: shown beside what they wrote, not offered where people are chosen. */
export const formerRole = 'former'

export const directory = ({ db }: AuthContext) => ({
  /**
   * Everyone who acts or acted in a workspace, as the board document's `directory` has them: people with their role,
   * accounts of agent tokens, staff with what they do and the colour they are shown in.
   */
  async directoryEntries(workspaceId: WorkspaceId): Promise<Record<ActorId, DirectoryEntry>> {
    const people = await db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id').leftJoin('avatars', 'avatars.user_id', 'users.id')
      .select(['users.id', 'users.name', 'members.role', 'members.removed_at as gone', 'avatars.hash']).where('workspace_id', '=', workspaceId).execute()
    const accounts = await db.selectFrom('tokens').select(['actor_id as id', 'name', 'acts_as as role', 'revoked_at as gone'])
      .where('workspace_id', '=', workspaceId).where('acts_as', 'not in', ['staff', 'worker']).execute()
    const staff = await db.selectFrom('staff').select(['id', 'name', 'role', 'avatar', 'archived_at as gone']).where('workspace_id', '=', workspaceId).execute()
    const entries: Record<ActorId, DirectoryEntry> = {}
    for (const { id, name, role, gone, hash } of [...people, ...accounts.map((account) => ({ ...account, hash: null }))]) {
      entries[id] = { kind: 'person', name, role: gone === null ? role : formerRole, avatar: hash && avatarPath(id, hash) }
    }
    for (const { id, name, role, avatar, gone } of staff) entries[id] = { kind: 'staff', name, role: gone === null ? role : formerRole, avatar }
    return entries
  },
})
