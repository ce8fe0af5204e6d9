import { counted } from '#lib/wording.ts'
import type { ListedWorkspace } from '../auth/workspaces.ts'
import { Failure, granted, type Command } from './command.ts'
import { requireDeletedWorkspace, requireWorkspace, withAuth, withStoreAndAuth, withNewOrExistingAuth } from './data-folder.ts'
import { purge } from './purge.ts'

const dateOf = (at: number) => new Date(at).toISOString()

export const createWorkspace: Command = {
  summary: 'Creates a workspace with its owner. An e-mail address that has an account needs its password.',
  options: { name: 'name of the workspace', email: 'e-mail address of the owner', password: 'password of the owner', 'owner-name': 'name of the owner' },
  run: ({ name = '', email = '', password = '', 'owner-name': ownerName = '' }, dataDir) => withNewOrExistingAuth(dataDir, async (auth) => {
    const { workspaceId, userId } = granted(await auth.createWorkspace({ name, ownerName, email, password }))
    const owner = (await auth.members(workspaceId)).find(({ id }) => id === userId)!
    const workspace = await auth.workspace(workspaceId)
    return {
      json: { workspace, owner: { id: owner.id, email: owner.email, name: owner.name } },
      text: `Created the workspace ${name} (${workspaceId}). ${owner.name} owns it and signs in as ${owner.email}.`,
    }
  }),
}

const line = ({ id, name, members, missions, deletedAt }: ListedWorkspace) =>
  `${id}  ${name}  (${counted(members, 'member')}, ${counted(missions, 'mission')})${deletedAt === null ? '' : `  deleted ${dateOf(deletedAt)}`}`

export const listWorkspaces: Command = {
  summary: 'Lists the workspaces, also those that were deleted and not purged yet.',
  options: {},
  run: (_options, dataDir) => withAuth(dataDir, async (auth) => {
    const workspaces = await auth.allWorkspaces()
    return {
      json: { workspaces: workspaces.map(({ createdAt, deletedAt, ...rest }) => ({ ...rest, createdAt: dateOf(createdAt), deletedAt: deletedAt === null ? null : dateOf(deletedAt) })) },
      text: workspaces.length === 0 ? 'There is no workspace.' : workspaces.map(line).join('\n'),
    }
  }),
}

const ofWorkspace = { workspace: 'id or name of the workspace' }

export const deleteWorkspace: Command = {
  summary: 'Deletes a workspace: nobody gets in, and its runs end. All of it stays stored until it is purged.',
  options: ofWorkspace,
  run: ({ workspace: idOrName = '' }, dataDir) => withAuth(dataDir, async (auth) => {
    const workspace = await requireWorkspace(auth, idOrName)
    granted(await auth.deleteWorkspace(workspace.id))
    return {
      json: { deleted: workspace },
      text: `Deleted the workspace ${workspace.name} (${workspace.id}). "workspace undelete" brings it back; "workspace purge" removes what is stored of it.`,
    }
  }),
}

export const undeleteWorkspace: Command = {
  summary: 'Brings a deleted workspace back, with its people and tokens. Runs that its deletion ended stay ended.',
  options: ofWorkspace,
  run: ({ workspace: idOrName = '' }, dataDir) => withAuth(dataDir, async (auth) => {
    const { id, name } = await requireDeletedWorkspace(auth, idOrName)
    granted(await auth.undeleteWorkspace(id))
    return { json: { undeleted: { id, name } }, text: `The workspace ${name} (${id}) is back.` }
  }),
}

export const purgeWorkspace: Command = {
  summary: 'Removes everything stored of a deleted workspace, for good. Backups that were made before still have it.',
  options: ofWorkspace,
  flags: { yes: 'says that this is meant: a purge cannot be undone' },
  run: ({ workspace: idOrName = '', yes }, dataDir) => withStoreAndAuth(dataDir, async ({ sqlite }, auth) => {
    const workspace = await requireDeletedWorkspace(auth, idOrName)
    if (!yes) throw new Failure('not_confirmed', `A purge of ${workspace.name} (${workspace.id}) cannot be undone. Add --yes if it is meant.`)
    const purged = await purge(sqlite, dataDir, workspace.id, workspace.deletedAt)
    const { documents, missions, runs, files, contents, bytes } = purged
    return {
      json: { purged: { workspace: { id: workspace.id, name: workspace.name }, ...purged } },
      text: `Purged the workspace ${workspace.name} (${workspace.id}): ${counted(documents, 'document')}, ${counted(missions, 'mission')}, ${counted(runs, 'run')} and ${counted(files, 'file')}, `
        + `of which ${counted(contents, 'content')} (${(bytes / 1e6).toFixed(1)} MB) were nowhere else. Accounts of its people stay, and backups made before still have it.`,
    }
  }),
}
