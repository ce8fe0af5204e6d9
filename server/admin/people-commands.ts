import { roles } from '#lib/board/policy.ts'
import { tokenKinds } from '../auth/tokens.ts'
import { choice, granted, type Command } from './command.ts'
import { requireWorkspace, withAuth } from './data-folder.ts'

export const addMember: Command = {
  summary: 'Adds a person to a workspace. The password may be left out for an e-mail address that has an account.',
  options: {
    workspace: 'id or name of the workspace', email: 'e-mail address', name: 'name of the person',
    role: roles.join(' | '), password: 'password',
  },
  optional: ['password'],
  run: (options, dataDir) => withAuth(dataDir, async (auth) => {
    const { workspace: idOrName = '', email = '', name = '', password = null } = options
    const role = choice(options, 'role', roles)
    const workspace = await requireWorkspace(auth, idOrName)
    const { member } = granted(await auth.addMember({ workspaceId: workspace.id, name, email, role, password }))
    return {
      json: { member: { id: member.id, email: member.email, name: member.name, role: member.role }, workspace },
      text: `Added ${member.name} (${member.email}) to ${workspace.name} as ${member.role}.`,
    }
  }),
}

export const resetPassword: Command = {
  summary: 'Makes a link with which a person sets a new password, once, within a day; or sets the password that is given. Both end all their sessions: the link when it is used.',
  options: { email: 'e-mail address of the account', password: 'the new password, instead of a link' },
  optional: ['password'],
  run: ({ email = '', password }, dataDir, address) => withAuth(dataDir, async (auth) => {
    if (password !== undefined) {
      const { name, email: known } = granted(await auth.setPasswordOf(email, password))
      return { json: { reset: { email: known, name } }, text: `The password of ${name} (${known}) is set. They are signed out everywhere.` }
    }
    const { secret, expiresAt, name, email: known } = granted(await auth.makeResetLinkFor(email))
    const link = `${address()}/reset/${secret}`
    return {
      json: { link, expiresAt: new Date(expiresAt).toISOString(), account: { email: known, name } },
      text: `${link}\nWith this link ${name} (${known}) sets a new password, once, within a day. It is not shown again, and replaces any before it.`,
    }
  }),
}

export const createToken: Command = {
  summary: 'Creates an agent token, shown once. As staff it acts as the staff member of that name, who is made if need be; as worker it takes the runs of the workspace.',
  options: { workspace: 'id or name of the workspace', name: 'name of the token, or of the staff member', as: tokenKinds.join(' | ') },
  run: (options, dataDir) => withAuth(dataDir, async (auth) => {
    const { workspace: idOrName = '', name = '' } = options
    const actsAs = choice(options, 'as', tokenKinds)
    const workspace = await requireWorkspace(auth, idOrName)
    const { token, id, actorId } = granted(await auth.createToken({ workspaceId: workspace.id, name, actsAs }))
    return {
      json: { token, id, actorId, workspace, as: actsAs },
      text: `${token}\nThis token ${actsAs === 'worker' ? 'takes runs' : `acts as ${actsAs}`} in ${workspace.name}. It is not shown again.`,
    }
  }),
}
