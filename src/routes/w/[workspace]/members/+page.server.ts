import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { isId, type ActorId, type WorkspaceId } from '#lib/board/ids.ts'
import { can, roles, type Actor } from '#lib/board/policy.ts'
import { readForm } from '../../../read-form.ts'
import type { Actions, PageServerLoad } from './$types'

type Here = Pick<RequestEvent, 'locals' | 'url'> & { params: { workspace: string } }

/** Who asks, in this workspace; missing and forbidden get the same answer. */
async function actorHere({ locals, params, url }: Here): Promise<Actor> {
  if (!locals.user) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  const actor = isId(params.workspace) ? await locals.services.auth.actorFor(locals.user.id, params.workspace as WorkspaceId) : null
  return actor ?? error(404, 'There is no such workspace.')
}

const manages = (actor: Actor) => can(actor, 'manage', { kind: 'members', workspaceId: actor.workspaceId })

async function managerHere(event: Here): Promise<Actor> {
  const actor = await actorHere(event)
  if (!manages(actor)) error(403, 'Only owners invite and remove people and change roles.')
  return actor
}

export const load: PageServerLoad = async (event) => {
  const actor = await actorHere(event)
  const { auth, staff } = event.locals.services
  const { workspaceId } = actor
  const mayManage = manages(actor)
  const members = await auth.members(workspaceId)
  return {
    mayManage,
    // An address is for signing in: it is shown to those who look after the accounts, and to its owner.
    members: members.map((member) => ({ ...member, email: mayManage || member.id === actor.id ? member.email : null })),
    staff: (await staff.list(workspaceId)).map(({ id, name, role }) => ({ id, name, role })),
    invitations: mayManage ? await auth.openInvitations(workspaceId) : [],
  }
}

const roleFrom = (value: string) => roles.find((role) => role === value)
const personFrom = (value: string) => (isId(value) ? (value as ActorId) : null)

export const actions: Actions = {
  invite: async (event) => {
    const { id: by, workspaceId } = await managerHere(event)
    const role = roleFrom((await readForm(event.request, ['role'])).role)
    if (!role) return fail(400, { message: 'Choose a role for the new member.' })
    const { secret, expiresAt } = await event.locals.services.auth.invite({ workspaceId, role, by })
    return { invited: { link: `${event.url.origin}/join/${secret}`, role, expiresAt } }
  },

  revoke: async (event) => {
    const { id: by, workspaceId } = await managerHere(event)
    const { id } = await readForm(event.request, ['id'])
    const revoked = await event.locals.services.auth.revokeInvitation(workspaceId, id, by)
    if (!revoked) return fail(400, { message: 'This invitation was not open any more: it was used, revoked or had expired.' })
    return { done: 'The invitation is revoked. Its link lets nobody in.' }
  },

  role: async (event) => {
    const { id: by, workspaceId } = await managerHere(event)
    const values = await readForm(event.request, ['person', 'role'])
    const [userId, role] = [personFrom(values.person), roleFrom(values.role)]
    if (!userId || !role) return fail(400, { message: 'Choose a person and a role.' })
    const changed = await event.locals.services.auth.changeRole({ workspaceId, userId }, role, by)
    return changed.ok ? { done: 'The role is changed.' } : fail(400, { message: changed.message })
  },

  reset: async (event) => {
    const { id: by, workspaceId } = await managerHere(event)
    const { auth, log } = event.locals.services
    const userId = personFrom((await readForm(event.request, ['person'])).person)
    if (!userId) return fail(400, { message: 'Choose whose password to reset.' })
    const made = await auth.makeResetLink({ workspaceId, userId, by })
    if (!made.ok) return fail(400, { message: made.message })
    log.info({ workspaceId, by, of: userId }, 'password reset link made')
    return { reset: { person: userId, link: `${event.url.origin}/reset/${made.secret}` } }
  },

  leave: async (event) => {
    const { id: userId, workspaceId } = await actorHere(event)
    const left = await event.locals.services.auth.removeMember({ workspaceId, userId }, userId)
    if (!left.ok) return fail(400, { message: left.code === 'last_owner' ? 'You are the only owner. Make somebody else an owner before you leave.' : left.message })
    redirect(303, '/')
  },

  remove: async (event) => {
    const { id, workspaceId } = await managerHere(event)
    const userId = personFrom((await readForm(event.request, ['person'])).person)
    if (!userId) return fail(400, { message: 'Choose whom to remove.' })
    const removed = await event.locals.services.auth.removeMember({ workspaceId, userId }, id)
    if (!removed.ok) return fail(400, { message: removed.message })
    if (userId === id) redirect(303, '/')
    return { done: 'Removed. What they wrote stays, with their name.' }
  },

  delete: async (event) => {
    const { auth, log } = event.locals.services
    const actor = await actorHere(event)
    const { workspaceId } = actor
    if (!can(actor, 'manage', { kind: 'workspace', workspaceId })) error(403, 'Only owners delete a workspace.')
    const workspace = await auth.workspace(workspaceId)
    const { name } = await readForm(event.request, ['name'])
    if (name.trim() !== workspace?.name) return fail(400, { message: 'This is not the name of the workspace, so nothing was deleted. Type it as it is written, with capitals and spaces.' })
    const deleted = await auth.deleteWorkspace(workspaceId, actor.id)
    if (!deleted.ok) error(404, deleted.message)
    log.info({ workspaceId, by: actor.id }, 'workspace deleted')
    redirect(303, '/?deleted')
  },
}
