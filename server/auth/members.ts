import { sql, type Transaction } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { checkCredentials, findAccount, prepareAccount, storeAccount, type NewAccount } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { recorder, type By } from './recorder.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A person of a workspace as its members page shows them. Times: epoch milliseconds; `lastSeenAt` is `null` for who was never here. */
type WorkspaceMember = { id: ActorId; name: string; email: string; role: Role; joinedAt: number; lastSeenAt: number | null }

type Membership = { workspaceId: WorkspaceId; userId: ActorId }

/** Makes somebody a member, also one who was removed before. Refused for who is one. */
export async function storeMember(
  transaction: Transaction<Tables>, { workspaceId, userId }: Membership, role: Role, now: number,
): Promise<{ ok: true } | Refusal> {
  const joined = { role, created_at: now, removed_at: null }
  const { numInsertedOrUpdatedRows } = await transaction.insertInto('members').values({ workspace_id: workspaceId, user_id: userId, ...joined })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet(joined).where('members.removed_at', 'is not', null))
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows ? { ok: true } : refuse('already_member', 'This account is already a member of the workspace.')
}

/** The caller has asked `can(actor, 'manage', members)`. */
export function members(context: AuthContext) {
  const { db, now, onAccessChanged, onDirectoryChanged } = context
  const record = recorder(context)
  const all = (workspaceId: WorkspaceId) => db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id')
    .leftJoin('member_visits', (join) => join.onRef('member_visits.user_id', '=', 'members.user_id').onRef('member_visits.workspace_id', '=', 'members.workspace_id'))
    .select(['users.id', 'users.name', 'users.email', 'members.role', 'members.created_at as joinedAt', 'member_visits.at as lastSeenAt'])
    .where('members.workspace_id', '=', workspaceId).where('removed_at', 'is', null)
  const one = ({ workspaceId, userId }: Membership) => all(workspaceId).where('members.user_id', '=', userId).executeTakeFirst()

  // Part of the statement that changes the row: two owners who remove each other at once leave one.
  const anotherOwner = ({ workspaceId, userId }: Membership) => sql<boolean>`(role <> 'owner' or exists (
    select 1 from members other where other.workspace_id = ${workspaceId} and other.user_id <> ${userId}
    and other.role = 'owner' and other.removed_at is null))`

  const refuseChange = async (membership: Membership): Promise<Refusal> => {
    const member = await one(membership)
    if (!member) return refuse('not_found', 'This person is not a member of the workspace.')
    return refuse('last_owner', `${member.name} is the only owner of this workspace. Make somebody else an owner first.`)
  }

  // Someone who may no longer manage the workspace must not come back, or up, by a link they made while they could.
  const revokeInvitationsBy = (transaction: Database, { workspaceId, userId }: Membership) =>
    transaction.deleteFrom('invitations').where('workspace_id', '=', workspaceId).where('created_by', '=', userId).where('used_at', 'is', null).execute()

  async function announce({ workspaceId, userId }: Membership) {
    await onAccessChanged({ workspaceId, actorId: userId })
    await onDirectoryChanged(workspaceId)
  }

  return {
    /** Members in the order in which they joined. */
    members: (workspaceId: WorkspaceId): Promise<WorkspaceMember[]> =>
      all(workspaceId).orderBy('members.created_at').orderBy('users.id').execute(),

    /**
     * Adds a person without an invitation. Without an account of this e-mail address one is made, which takes a name and a
     * password; with one, the password, where it is given, must be the account's, and the name stays as it is.
     */
    async addMember({ workspaceId, role, email, by, ...fields }: {
      workspaceId: WorkspaceId; name: string; email: string; role: Role; password: string | null; by?: By
    }): Promise<{ ok: true; member: WorkspaceMember } | Refusal> {
      const known = await findAccount(db, email)
      let account: NewAccount | null = null
      if (known) {
        if (fields.password !== null && !(await checkCredentials(db, email, fields.password)).ok) {
          return refuse('email_taken', 'There is already an account with this e-mail address, and this is not its password. Leave the password out to add that account.', 'email')
        }
      } else {
        const prepared = await prepareAccount({ ...fields, email, password: fields.password ?? '' })
        if (!prepared.ok) return prepared
        account = prepared.account
      }
      const membership = { workspaceId, userId: known?.id ?? account!.id }
      const outcome = await transact(db, async (transaction): Promise<{ ok: true } | Refusal> => {
        const stored = account ? await storeAccount(transaction, account, now()) : null
        return stored && !stored.ok ? stored : await storeMember(transaction, membership, role, now())
      })
      if (!outcome.ok) return outcome
      await onDirectoryChanged(workspaceId)
      const member = (await one(membership))!
      record('member.added', workspaceId, by, { kind: 'person', id: member.id, name: member.name }, { to: role })
      return { ok: true, member }
    },

    /** The last owner stays one. */
    async changeRole(membership: Membership, role: Role, by?: By): Promise<{ ok: true } | Refusal> {
      const before = await one(membership)
      const outcome = await transact(db, async (transaction): Promise<{ ok: true } | Refusal> => {
        const { numUpdatedRows } = await transaction.updateTable('members').set({ role })
          .where('workspace_id', '=', membership.workspaceId).where('user_id', '=', membership.userId).where('removed_at', 'is', null)
          .$if(role !== 'owner', (query) => query.where(anotherOwner(membership))).executeTakeFirstOrThrow()
        if (!numUpdatedRows) return refuse('not_found', '')
        if (role !== 'owner') await revokeInvitationsBy(transaction, membership)
        return { ok: true }
      })
      if (!outcome.ok) return await refuseChange(membership)
      await announce(membership)
      if (before && before.role !== role) record('member.role_changed', membership.workspaceId, by, { kind: 'person', id: before.id, name: before.name }, { from: before.role, to: role })
      return outcome
    },

    /** Takes a person out of the workspace. Their name stays with what they wrote; the last owner cannot go. */
    async removeMember(membership: Membership, by?: By): Promise<{ ok: true } | Refusal> {
      const before = await one(membership)
      const outcome = await transact(db, async (transaction): Promise<{ ok: true } | Refusal> => {
        const { numUpdatedRows } = await transaction.updateTable('members').set({ removed_at: now() })
          .where('workspace_id', '=', membership.workspaceId).where('user_id', '=', membership.userId).where('removed_at', 'is', null)
          .where(anotherOwner(membership)).executeTakeFirstOrThrow()
        if (!numUpdatedRows) return refuse('not_found', '')
        await revokeInvitationsBy(transaction, membership)
        return { ok: true }
      })
      if (!outcome.ok) return await refuseChange(membership)
      await announce(membership)
      if (before) record('member.removed', membership.workspaceId, by, { kind: 'person', id: before.id, name: before.name })
      return outcome
    },
  }
}
