import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { standardTools } from '#lib/board/tools.ts'
import { newId } from '../new-id.ts'
import { transact, type AuthContext } from './context.ts'
import { recorder, type By } from './recorder.ts'
import { readName } from './input.ts'
import type { Refusal } from './refusal.ts'
import { hashSecret, newSecret } from './secrets.ts'

const prefix = 'mis_'

export const tokenKinds = ['member', 'viewer', 'staff', 'worker'] as const
export type TokenKind = (typeof tokenKinds)[number]

/** `actorId` is whom it acts as. Times: epoch milliseconds. */
type AgentToken = { id: string; name: string; actsAs: TokenKind; actorId: ActorId; createdAt: number; revokedAt: number | null }

const sameName = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase()

/** Tokens of agents and scripts. The caller of what changes them has asked `can(actor, 'manage', members)`. */
export function tokens(context: AuthContext) {
  const { db, now, onAccessChanged, onDirectoryChanged } = context
  const record = recorder(context)
  return {
    /**
     * A token for one workspace; the secret is told once and not stored. For staff it acts as the staff member of that name,
     * and where there is none, one with an engine of its own is made. For a worker it acts as nobody, and takes the workspace's
     * runs with the keys they need. Otherwise it is an account by itself.
     */
    async createToken({ workspaceId, actsAs, by, ...fields }: { workspaceId: WorkspaceId; name: string; actsAs: TokenKind; by?: By }): Promise<
      { ok: true; token: string; id: string; actorId: ActorId } | Refusal
    > {
      const read = readName(fields.name, 'The name of the token', 'name')
      if (!read.ok) return read
      const { name } = read
      const token = prefix + newSecret()
      const id = newId()
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; actorId: ActorId; newStaff: boolean } | Refusal> => {
        const fresh = newId<ActorId>()
        await transaction.insertInto('tokens').values({
          id, workspace_id: workspaceId, actor_id: fresh, name, hash: hashSecret(token), acts_as: actsAs, created_at: now(), revoked_at: null,
        }).execute()
        if (actsAs !== 'staff') return { ok: true, actorId: fresh, newStaff: false }
        const present = await transaction.selectFrom('staff').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).orderBy('created_at').execute()
        const known = present.find((member) => sameName(member.name, name))
        if (known) await transaction.updateTable('tokens').set({ actor_id: known.id }).where('id', '=', id).execute()
        else await transaction.insertInto('staff').values({
          id: fresh, workspace_id: workspaceId, name, role: 'Agent', instructions: '', engine: 'external', tools: JSON.stringify(standardTools), created_at: now(),
        }).execute()
        return { ok: true, actorId: known?.id ?? fresh, newStaff: known === undefined }
      })
      if (!outcome.ok) return outcome
      await onDirectoryChanged(workspaceId)
      if (outcome.newStaff) record('staff.added', workspaceId, by, { kind: 'staff', id: outcome.actorId, name })
      record('token.made', workspaceId, by, { kind: 'token', id, name }, { to: actsAs })
      return { ok: true, token, id, actorId: outcome.actorId }
    },

    /** Newest first, revoked ones too. */
    tokens: (workspaceId: WorkspaceId): Promise<AgentToken[]> =>
      db.selectFrom('tokens').select(['id', 'name', 'acts_as as actsAs', 'actor_id as actorId', 'created_at as createdAt', 'revoked_at as revokedAt'])
        .where('workspace_id', '=', workspaceId).orderBy('created_at', 'desc').orderBy('id').execute(),

    /** False when there was nothing to revoke. */
    async revokeToken(workspaceId: WorkspaceId, id: string, by?: By): Promise<boolean> {
      const revoked = await db.updateTable('tokens').set({ revoked_at: now() })
        .where('id', '=', id).where('workspace_id', '=', workspaceId).where('revoked_at', 'is', null)
        .returning(['actor_id', 'name', 'acts_as']).executeTakeFirst()
      if (!revoked) return false
      await onAccessChanged({ workspaceId, actorId: revoked.actor_id })
      await onDirectoryChanged(workspaceId)
      record('token.revoked', workspaceId, by, { kind: 'token', id, name: revoked.name }, { to: revoked.acts_as })
      return true
    },

    /** Who this secret acts as, or `null` when it is none of ours, was revoked, is of a staff member that was archived, or is for a workspace that was deleted. */
    async authenticateToken(secret: string): Promise<Actor | null> {
      if (!secret.startsWith(prefix)) return null
      const row = await db.selectFrom('tokens').innerJoin('workspaces', 'workspaces.id', 'tokens.workspace_id').leftJoin('staff', 'staff.id', 'tokens.actor_id')
        .select(['tokens.actor_id as id', 'tokens.workspace_id as workspaceId', 'tokens.name', 'tokens.acts_as as actsAs', 'staff.name as staffName'])
        .where('hash', '=', hashSecret(secret)).where('revoked_at', 'is', null).where('deleted_at', 'is', null).where('staff.archived_at', 'is', null).executeTakeFirst()
      if (!row || row.actsAs === 'worker') return null
      const { id, workspaceId, name, actsAs, staffName } = row
      return actsAs === 'staff'
        ? { kind: 'staff', id, name: staffName ?? name, workspaceId, lease: null }
        : { kind: 'person', id, name, workspaceId, role: actsAs }
    },

    /** The workspace whose runs a worker with this secret may take; `null` for any other secret. */
    async authenticateWorker(secret: string): Promise<WorkspaceId | null> {
      if (!secret.startsWith(prefix)) return null
      const row = await db.selectFrom('tokens').innerJoin('workspaces', 'workspaces.id', 'tokens.workspace_id').select('tokens.workspace_id as workspaceId')
        .where('hash', '=', hashSecret(secret)).where('acts_as', '=', 'worker').where('revoked_at', 'is', null).where('deleted_at', 'is', null).executeTakeFirst()
      return row?.workspaceId ?? null
    },
  }
}
