import { admin } from './admin.ts'

export type Owner = { name: string; email: string; password: string }
export const owner: Owner = { name: 'Ada Owner', email: 'ada@example.com', password: 'correct horse battery' }

/** A workspace with its owner, made through the admin command, beside a running server or without one. */
export const createWorkspace = (dataDir: string, { name = 'Harbour', owner: who = owner }: { name?: string; owner?: Owner } = {}) =>
  admin<{ workspaceId: string }>(dataDir, 'workspace', 'create', '--name', name, '--owner-name', who.name, '--email', who.email, '--password', who.password)

export const addMember = (dataDir: string, workspaceId: string, role: 'owner' | 'member' | 'viewer', who: Owner) =>
  admin(dataDir, 'member', 'add', '--workspace', workspaceId, '--role', role, '--name', who.name, '--email', who.email, '--password', who.password)

/** A token for the API and for /sync. */
export const createToken = async (dataDir: string, workspaceId: string, as: 'member' | 'staff' | 'viewer', name: string = as) => {
  const { token } = await admin<{ token: string }>(dataDir, 'token', 'create', '--workspace', workspaceId, '--name', name, '--as', as)
  return token
}
