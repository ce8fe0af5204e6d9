import type { Transaction } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import type { Tables } from '../store/tables.ts'
import { prepareAccount, storeAccount } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { recorder, type By } from './recorder.ts'
import { storeMember } from './members.ts'
import { refuse, type Refusal } from './refusal.ts'
import { hashSecret, newSecret } from './secrets.ts'
import type { Credentials, SignIn } from './sign-in.ts'

const lastsMs = 7 * 24 * 60 * 60_000

/** `id` tells invitations apart; the secret of the link is known only to who was given it. Times: epoch milliseconds. */
type Invitation = { id: string; role: Role; invitedBy: string; createdAt: number; expiresAt: number }
type Joined = { ok: true; userId: ActorId; workspaceId: WorkspaceId }
/** Of an invitation in the record: its id opens nothing, and need not be known to all who read. */
const subjectOf = (id: string, role: Role) => ({ kind: 'invitation', id: id.slice(0, 12), name: role }) as const

/** Invitations by link. Each lets one person in, once, within seven days. The caller of `invite` has asked `can(actor, 'manage', members)`. */
export function invitations(context: AuthContext, signIn: SignIn) {
  const { db, now, onDirectoryChanged } = context
  const record = recorder(context)

  const gone = () => refuse('invitation_gone', 'This invitation was already used, was revoked or has expired. Ask an owner of the workspace for a new one.')

  const open = () => db.selectFrom('invitations').innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
    .leftJoin('users', 'users.id', 'invitations.created_by')
    .where('used_at', 'is', null).where('expires_at', '>', now()).where('deleted_at', 'is', null)

  /** Using the invitation comes first and is one statement: of two people with one link, one gets in. */
  async function join(
    secret: string, userId: ActorId, before: (transaction: Transaction<Tables>) => Promise<{ ok: true } | Refusal> = async () => ({ ok: true }),
  ): Promise<Joined | Refusal> {
    const outcome = await transact(db, async (transaction): Promise<(Joined & { role: Role }) | Refusal> => {
      const invitation = await transaction.updateTable('invitations').set({ used_at: now() })
        .where('hash', '=', hashSecret(secret)).where('used_at', 'is', null).where('expires_at', '>', now())
        .where((eb) => eb.exists(eb.selectFrom('workspaces').select('id').whereRef('id', '=', 'invitations.workspace_id').where('deleted_at', 'is', null)))
        .returning(['workspace_id as workspaceId', 'role']).executeTakeFirst()
      if (!invitation) return gone()
      const ready = await before(transaction)
      if (!ready.ok) return ready
      const { workspaceId, role } = invitation
      const stored = await storeMember(transaction, { workspaceId, userId }, role, now())
      return stored.ok ? { ok: true, userId, workspaceId, role } : stored
    })
    if (!outcome.ok) return outcome
    const { workspaceId, role } = outcome
    await onDirectoryChanged(workspaceId)
    record('member.joined', workspaceId, userId, { kind: 'person', id: userId }, { to: role })
    return { ok: true, userId, workspaceId }
  }

  const isOpen = async (secret: string) => await open().select('hash').where('hash', '=', hashSecret(secret)).executeTakeFirst() !== undefined

  return {
    /** `secret` goes into the link and is not stored. */
    async invite({ workspaceId, role, by }: { workspaceId: WorkspaceId; role: Role; by: ActorId }): Promise<{ secret: string; id: string; expiresAt: number }> {
      const secret = newSecret()
      const id = hashSecret(secret)
      const expiresAt = now() + lastsMs
      await db.insertInto('invitations').values({
        hash: id, workspace_id: workspaceId, role, created_by: by, created_at: now(), expires_at: expiresAt, used_at: null,
      }).execute()
      record('member.invited', workspaceId, by, subjectOf(id, role))
      return { secret, id, expiresAt }
    },

    /** Those that still let somebody in, newest first. */
    openInvitations: (workspaceId: WorkspaceId): Promise<Invitation[]> =>
      open().select((eb) => [
        'hash as id', 'role', eb.fn.coalesce('users.name', eb.val('')).as('invitedBy'),
        'invitations.created_at as createdAt', 'expires_at as expiresAt',
      ]).where('workspace_id', '=', workspaceId).orderBy('invitations.created_at', 'desc').orderBy('hash').execute(),

    /** False when it was not open any more. */
    async revokeInvitation(workspaceId: WorkspaceId, id: string, by?: By): Promise<boolean> {
      const revoked = await db.deleteFrom('invitations').where('hash', '=', id)
        .where('workspace_id', '=', workspaceId).where('used_at', 'is', null).returning('role').executeTakeFirst()
      if (revoked) record('member.uninvited', workspaceId, by, subjectOf(id, revoked.role))
      return revoked !== undefined
    },

    /** What somebody who opens the link is told, or `null` when it lets nobody in. */
    invitation: async (secret: string): Promise<{ workspaceId: WorkspaceId; workspaceName: string; role: Role; invitedBy: string } | null> =>
      await open()
        .select((eb) => [
          'workspaces.id as workspaceId', 'workspaces.name as workspaceName', 'role', eb.fn.coalesce('users.name', eb.val('')).as('invitedBy'),
        ]).where('hash', '=', hashSecret(secret)).executeTakeFirst() ?? null,

    /** Accepts with a new account. */
    async joinAsNewPerson(secret: string, fields: { name: string; email: string; password: string }): Promise<Joined | Refusal> {
      if (!await isOpen(secret)) return gone()
      const prepared = await prepareAccount(fields)
      if (!prepared.ok) return prepared
      return await join(secret, prepared.account.id, (transaction) => storeAccount(transaction, prepared.account, now()))
    },

    /** Accepts as somebody who has an account but is not signed in; throttled as every sign-in is. */
    async joinWithPassword(secret: string, credentials: Credentials): Promise<Joined | Refusal> {
      if (!await isOpen(secret)) return gone()
      const known = await signIn(credentials)
      return known.ok ? await join(secret, known.userId) : known
    },

    /** Accepts as somebody who is signed in. */
    joinAs: (secret: string, userId: ActorId): Promise<Joined | Refusal> => join(secret, userId),
  }
}
