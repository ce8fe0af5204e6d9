import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import { withAuth, withNewOrExistingAuth } from '../../server/admin/data-folder.ts'
import { succeeded } from './auth.ts'

export type Owner = { readonly name: string; readonly email: string; readonly password: string }
export const owner: Owner = { name: 'Ada Owner', email: 'ada@example.com', password: 'correct horse battery' }

// What follows does what the admin commands do, beside a running server or without one, in this process: starting one of their own
// for every person costs the suites minutes.

/** A workspace with its owner. */
export async function createWorkspace(dataDir: string, { name = 'Harbour', owner: { name: ownerName, email, password } = owner }: { name?: string; owner?: Owner } = {}) {
  const { workspaceId, userId } = await withNewOrExistingAuth(dataDir, async (auth) => succeeded(await auth.createWorkspace({ name, ownerName, email, password })))
  return { workspaceId, ownerId: userId }
}

export const addMember = (dataDir: string, workspaceId: WorkspaceId, role: Role, { name, email, password }: Owner): Promise<ActorId> =>
  withAuth(dataDir, async (auth) => succeeded(await auth.addMember({ workspaceId, role, name, email, password })).member.id)

/** A token for the API and for /sync, and whom it acts as. */
export const createToken = (dataDir: string, workspaceId: WorkspaceId, as: 'member' | 'staff' | 'viewer', name: string = as) =>
  withAuth(dataDir, async (auth) => succeeded(await auth.createToken({ workspaceId, name, actsAs: as })))

/** Signs somebody in, and gives the cookie that a browser would then hold. */
export const signedInCookie = (dataDir: string, { email, password }: Pick<Owner, 'email' | 'password'>) => withAuth(dataDir, async (auth) => {
  const { userId } = succeeded(await auth.signIn({ email, password, address: null }))
  const [name = '', value = ''] = (await auth.createSession(userId)).setCookie.split(';')[0]?.split('=') ?? []
  return { name, value }
})
