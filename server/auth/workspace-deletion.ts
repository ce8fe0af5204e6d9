import type { WorkspaceId } from '#lib/board/ids.ts'
import type { AuthContext } from './context.ts'
import { recorder, type By } from './recorder.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A deleted workspace is as if it did not exist, yet all of it stays stored: whoever runs the installation brings it back, or purges it. */
export function workspaceDeletion(context: AuthContext) {
  const { db, now, onAccessChanged } = context
  const record = recorder(context)
  return {
    /** Nobody gets in any more, and whoever is in is out. The caller has asked `can(actor, 'manage', workspace)`. */
    async deleteWorkspace(workspaceId: WorkspaceId, by?: By): Promise<{ ok: true } | Refusal> {
      const deleted = await db.updateTable('workspaces').set({ deleted_at: now() })
        .where('id', '=', workspaceId).where('deleted_at', 'is', null).returning('name').executeTakeFirst()
      if (!deleted) return refuse('not_found', 'There is no such workspace.')
      record('workspace.deleted', workspaceId, by, { kind: 'workspace', id: workspaceId, name: deleted.name })
      await onAccessChanged({ workspaceId, actorId: null })
      return { ok: true }
    },

    /** As it was, with the same people and tokens; runs that the deletion ended stay ended. */
    async undeleteWorkspace(workspaceId: WorkspaceId): Promise<{ ok: true } | Refusal> {
      const restored = await db.updateTable('workspaces').set({ deleted_at: null })
        .where('id', '=', workspaceId).where('deleted_at', 'is not', null)
        // A purge takes the members first.
        .where((eb) => eb.exists(eb.selectFrom('members').select('user_id').whereRef('workspace_id', '=', 'workspaces.id')))
        .returning('name').executeTakeFirst()
      if (restored) {
        record('workspace.restored', workspaceId, undefined, { kind: 'workspace', id: workspaceId, name: restored.name })
        return { ok: true }
      }
      const found = await db.selectFrom('workspaces').select('deleted_at').where('id', '=', workspaceId).executeTakeFirst()
      if (!found) return refuse('not_found', 'There is no such workspace.')
      if (found.deleted_at === null) return refuse('not_deleted', 'This workspace is not deleted.')
      return refuse('purged', 'This workspace was purged in part and cannot be brought back. Purge it again to remove the rest.')
    },
  }
}
