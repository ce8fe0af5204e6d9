import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import { admin } from './admin.ts'

export type Owner = { name: string; email: string; password: string }
export const owner: Owner = { name: 'Ada Owner', email: 'ada@example.com', password: 'correct horse battery' }

/** A workspace with its owner, made through the admin command, beside a running server or without one. */
export async function createWorkspace(dataDir: string, { name = 'Harbour', owner: who = owner }: { name?: string; owner?: Owner } = {}) {
  const made = await admin<{ workspace: { id: WorkspaceId }; owner: { id: ActorId } }>(
    dataDir, 'workspace', 'create', '--name', name, '--owner-name', who.name, '--email', who.email, '--password', who.password,
  )
  return { workspaceId: made.workspace.id, ownerId: made.owner.id }
}

export async function addMember(dataDir: string, workspaceId: WorkspaceId, role: Role, who: Owner) {
  const { member } = await admin<{ member: { id: ActorId } }>(
    dataDir, 'member', 'add', '--workspace', workspaceId, '--role', role, '--name', who.name, '--email', who.email, '--password', who.password,
  )
  return member.id
}

/** A token for the API and for /sync, and whom it acts as. */
export const createToken = (dataDir: string, workspaceId: WorkspaceId, as: 'member' | 'staff' | 'viewer', name: string = as) =>
  admin<{ token: string; actorId: ActorId }>(dataDir, 'token', 'create', '--workspace', workspaceId, '--name', name, '--as', as)
