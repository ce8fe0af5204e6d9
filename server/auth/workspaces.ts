import { sql } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { newId } from '../new-id.ts'
import { checkCredentials, findAccount, prepareAccount, storeAccount, type NewAccount } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { recorder } from './recorder.ts'
import { readName } from './input.ts'
import { refuse, type Refusal } from './refusal.ts'
import { firstStaff } from '../staff/first-staff.ts'

type NewWorkspace = { name: string; ownerName: string; email: string; password: string }
export type Workspace = { id: WorkspaceId; name: string }
/** As whoever runs the installation sees it. Times: epoch milliseconds. */
export type ListedWorkspace = Workspace & { createdAt: number; deletedAt: number | null; members: number; missions: number }
type Created = { ok: true; workspaceId: WorkspaceId; userId: ActorId }
type Owner = { id: ActorId; account: NewAccount | null }
/** `first`: of a new installation; `next`: after all before it were deleted; `further`: beside others. */
type Which = 'first' | 'next' | 'further'

export function workspaces(context: AuthContext) {
  const { db, now } = context
  const record = recorder(context)

  async function hasWorkspace() {
    return await db.selectFrom('workspaces').select('id').where('deleted_at', 'is', null).limit(1).executeTakeFirst() !== undefined
  }

  /** Accounts outlive a deleted workspace: a stranger who comes then is no first visitor. */
  const hasAccount = async () => await db.selectFrom('users').select('id').limit(1).executeTakeFirst() !== undefined

  async function isNew() {
    return !await hasWorkspace() && !await hasAccount()
  }

  const found = (idOrName: string) => db.selectFrom('workspaces')
    .where((eb) => eb.or([eb('id', '=', idOrName as WorkspaceId), eb('name', '=', idOrName.trim())])).orderBy('created_at')

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

  async function create(name: string, { id: userId, account }: Owner, which: Which): Promise<Created | Refusal> {
    const workspaceId = newId<WorkspaceId>()
    const at = now()
    const created = await transact(db, async (transaction): Promise<Created | Refusal> => {
      // One statement decides between two first visitors.
      const inserted = await sql`
        insert into workspaces (id, name, created_at) select ${workspaceId}, ${name}, ${at}
        where (${which === 'further' ? 1 : 0} or not exists (select 1 from workspaces where deleted_at is null))
          and (${which === 'first' ? 0 : 1} or not exists (select 1 from users))`.execute(transaction)
      if (!inserted.numAffectedRows) return alreadySetUp()
      const stored = account ? await storeAccount(transaction, account, at) : null
      if (stored && !stored.ok) return stored
      await transaction.insertInto('members').values({ workspace_id: workspaceId, user_id: userId, role: 'owner', created_at: at, removed_at: null }).execute()
      await transaction.insertInto('staff').values({ ...firstStaff, id: newId<ActorId>(), workspace_id: workspaceId, created_at: at }).execute()
      return { ok: true, workspaceId, userId }
    })
    if (created.ok) {
      const owner = account?.name ?? (await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst())?.name ?? ''
      record('workspace.created', workspaceId, which === 'further' ? undefined : { id: userId, name: owner }, { kind: 'workspace', id: workspaceId, name })
    }
    return created
  }

  async function createWithOwner(fields: NewWorkspace, which: Which): Promise<Created | Refusal> {
    const name = readName(fields.name, 'The name of the workspace', 'name')
    if (!name.ok) return name
    const read = await readOwner(fields)
    return read.ok ? create(name.name, read.owner, which) : read
  }

  return {
    /** False where there was never one, and where all are deleted. */
    hasWorkspace,

    /** Whoever comes first to a new installation may create its workspace. */
    isNew,

    /** The first visitor's workspace, with its owner and its first staff member; refused on an installation that is not new. */
    createFirstWorkspace: async (fields: NewWorkspace): Promise<Created | Refusal> =>
      await isNew() ? createWithOwner(fields, 'first') : alreadySetUp(),

    /** A workspace after all were deleted, for somebody with an account; refused while there is one. */
    async createNextWorkspace(fields: { name: string; userId: ActorId }): Promise<Created | Refusal> {
      const name = readName(fields.name, 'The name of the workspace', 'name')
      return name.ok ? create(name.name, { id: fields.userId, account: null }, 'next') : name
    },

    /** A further workspace, for whoever runs the installation. An e-mail address with an account needs its password. */
    createWorkspace: (fields: NewWorkspace): Promise<Created | Refusal> => createWithOwner(fields, 'further'),

    workspace: async (workspaceId: WorkspaceId): Promise<Workspace | null> =>
      await db.selectFrom('workspaces').select(['id', 'name']).where('id', '=', workspaceId).where('deleted_at', 'is', null).executeTakeFirst() ?? null,

    /** Workspaces by id or by name; several may have the same name. */
    findWorkspaces: (idOrName: string): Promise<Workspace[]> => found(idOrName).select(['id', 'name']).where('deleted_at', 'is', null).execute(),

    /** Deleted workspaces by id or by name. */
    findDeletedWorkspaces: (idOrName: string): Promise<(Workspace & { deletedAt: number })[]> =>
      found(idOrName).select((eb) => ['id', 'name', eb.ref('deleted_at').$notNull().as('deletedAt')]).where('deleted_at', 'is not', null).execute(),

    /** Deleted ones too, oldest first. */
    allWorkspaces: (): Promise<ListedWorkspace[]> =>
      db.selectFrom('workspaces').select([
        'id', 'name', 'created_at as createdAt', 'deleted_at as deletedAt',
        sql<number>`(select count(*) from members where workspace_id = workspaces.id and removed_at is null)`.as('members'),
        sql<number>`(select count(*) from missions where workspace_id = workspaces.id)`.as('missions'),
      ]).orderBy('created_at').orderBy('id').execute(),
  }
}
