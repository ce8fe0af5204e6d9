import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'
import { approvers, can, type Actor, type Approvers } from '#lib/board/policy.ts'
import type { Happening } from '../activity/happening.ts'
import type { Database } from '../store/database.ts'

/** Who puts proposals onto the board of a workspace: its members, or its owners alone. */
export function createApprovers({ db, record, members }: { db: Database; record: (happening: Happening) => void; members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>> }) {
  const of = async (workspaceId: WorkspaceId): Promise<Approvers> =>
    (await db.selectFrom('workspaces').select('approvers').where('id', '=', workspaceId).executeTakeFirst())?.approvers ?? 'members'

  return {
    of,

    mayApprove: async (actor: Actor): Promise<boolean> => can(actor, 'approve', { kind: 'proposal', workspaceId: actor.workspaceId, approvers: await of(actor.workspaceId) }),

    /** What to say to whoever may not. */
    async refusal(workspaceId: WorkspaceId): Promise<string> {
      const owners = [...(await members(workspaceId)).values()].filter(({ role }) => role === 'owner').map(({ name }) => name)
      return `In this workspace owners alone approve proposals. Ask ${owners.length > 1 ? `${owners.slice(0, -1).join(', ')} or ${owners.at(-1)}` : owners[0] ?? 'an owner'}.`
    },

    /** The caller has asked `can(actor, 'manage', workspace)`. `null` where there is no such choice. */
    async set(workspaceId: WorkspaceId, asked: unknown, by: ActorId): Promise<Approvers | null> {
      const chosen = approvers.find((each) => each === asked)
      if (!chosen) return null
      const before = await of(workspaceId)
      if (before === chosen) return chosen
      await db.updateTable('workspaces').set({ approvers: chosen }).where('id', '=', workspaceId).execute()
      record({ workspaceId, kind: 'workspace.approvers_changed', actor: { kind: 'person', id: by }, subject: { kind: 'workspace', id: workspaceId }, projectId: null, details: { from: before, to: chosen } })
      return chosen
    },
  }
}
