import { sql } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { newId } from '../new-id.ts'
import { checkCredentials, findAccount, prepareAccount, storeAccount, type NewAccount } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { readName } from './input.ts'
import { refuse, type Refusal } from './refusal.ts'
import { firstStaff } from './staff.ts'

export type NewWorkspace = { name: string; ownerName: string; email: string; password: string }
export type Workspace = { id: WorkspaceId; name: string }
type Created = { ok: true; workspaceId: WorkspaceId; userId: ActorId }
type Owner = { id: ActorId; account: NewAccount | null }

export function workspaces({ db, now }: AuthContext) {
  async function hasWorkspace() {
    return await db.selectFrom('workspaces').select('id').limit(1).executeTakeFirst() !== undefined
  }

  const alreadySetUp = () => refuse('already_set_up', 'This installation already has a workspace. Sign in, or ask its owner for an invitation.')

  async function readOwner({ ownerName, email, password }: NewWorkspace): Promise<{ ok: true; owner: Owner } | Refusal> {
    if (await findAccount(db, email)) {
      const known = await checkCredentials(db, email, password)
      if (known.ok) return { ok: true, owner: { id: known.userId, account: null } }
      return refuse('email_taken', 'There is already an account with this e-mail address, and this is not its password.', 'email')
    }
    const prepared = await prepareAccount({ name: ownerName, email, password }, 'ownerName')
    return prepared.ok ? { ok: true, owner: { id: prepared.account.id, account: prepared.account } } : prepared
  }

  async function create(fields: NewWorkspace, onlyFirst: boolean): Promise<Created | Refusal> {
    const name = readName(fields.name, 'The name of the workspace', 'name')
    if (!name.ok) return name
    const read = await readOwner(fields)
    if (!read.ok) return read
    const { id: userId, account } = read.owner
    const workspaceId = newId<WorkspaceId>()
    const at = now()
    return await transact(db, async (transaction): Promise<Created | Refusal> => {
      // One statement decides between two first visitors.
      const inserted = await sql`
        insert into workspaces (id, name, created_at) select ${workspaceId}, ${name.name}, ${at}
        where ${onlyFirst ? 0 : 1} or not exists (select 1 from workspaces)`.execute(transaction)
      if (!inserted.numAffectedRows) return alreadySetUp()
      const stored = account ? await storeAccount(transaction, account, at) : null
      if (stored && !stored.ok) return stored
      await transaction.insertInto('members').values({ workspace_id: workspaceId, user_id: userId, role: 'owner', created_at: at, removed_at: null }).execute()
      await transaction.insertInto('staff').values({ ...firstStaff, id: newId<ActorId>(), workspace_id: workspaceId, created_at: at }).execute()
      return { ok: true, workspaceId, userId }
    })
  }

  return {
    /** False on a fresh installation: whoever comes first may create the workspace. */
    hasWorkspace,

    /** The first visitor's workspace, with its owner and its first staff member; refused once there is any workspace. */
    createFirstWorkspace: async (fields: NewWorkspace): Promise<Created | Refusal> =>
      await hasWorkspace() ? alreadySetUp() : create(fields, true),

    /** A further workspace, for whoever runs the installation. An e-mail address with an account needs its password. */
    createWorkspace: (fields: NewWorkspace): Promise<Created | Refusal> => create(fields, false),

    workspace: async (workspaceId: WorkspaceId): Promise<Workspace | null> =>
      await db.selectFrom('workspaces').select(['id', 'name']).where('id', '=', workspaceId).executeTakeFirst() ?? null,

    /** Workspaces by id or by name; several may have the same name. */
    findWorkspaces: (idOrName: string): Promise<Workspace[]> =>
      db.selectFrom('workspaces').select(['id', 'name'])
        .where((eb) => eb.or([eb('id', '=', idOrName as WorkspaceId), eb('name', '=', idOrName.trim())]))
        .orderBy('created_at').execute(),
  }
}
