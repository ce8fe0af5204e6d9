import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import { ann, succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

let here: TestAuth
let workspaceId: WorkspaceId
let annId: ActorId
beforeEach(async () => {
  here = await temporaryAuth()
  const created = await workspaceOfAnn(here.auth)
  workspaceId = created.workspaceId
  annId = created.userId
})
afterEach(() => here.end())

const add = async (name: string, role: Role, password: string | null = 'password of theirs') =>
  succeeded(await here.auth.addMember({ workspaceId, name, email: `${name}@example.com`, role, password })).member
const roles = async () => (await here.auth.members(workspaceId)).map(({ name, role }) => `${name} ${role}`)

test('a person is added with a new account', async () => {
  const bea = await add('Bea', 'member')
  expect(bea).toMatchObject({ name: 'Bea', email: 'bea@example.com', role: 'member' })
  expect(await roles()).toEqual(expect.arrayContaining(['Ann owner', 'Bea member']))
  expect(here.told).toEqual([{ directory: workspaceId }])
})

test('a person with an account is added to another workspace, without a password or with their own', async () => {
  const quay = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay', email: 'cy@example.com', ownerName: 'Cy' }))
  const addAnn = (password: string | null) =>
    here.auth.addMember({ workspaceId: quay.workspaceId, name: 'Another name', email: ann.email, role: 'viewer', password })
  expect(await addAnn('not her password')).toMatchObject({ ok: false, code: 'email_taken', field: 'email' })
  expect(succeeded(await addAnn(null)).member).toMatchObject({ id: annId, name: 'Ann', role: 'viewer' })
  expect(await addAnn(ann.password)).toMatchObject({ ok: false, code: 'already_member' })
})

test('a new account needs a password', async () => {
  expect(await here.auth.addMember({ workspaceId, name: 'Bea', email: 'bea@example.com', role: 'member', password: null }))
    .toMatchObject({ ok: false, code: 'invalid', field: 'password' })
})

test('a change of role is told to whoever holds sockets and directories', async () => {
  const bea = await add('Bea', 'member')
  here.told.length = 0
  expect(await here.auth.changeRole({ workspaceId, userId: bea.id }, 'viewer')).toEqual({ ok: true })
  expect(await here.auth.actorFor(bea.id, workspaceId)).toMatchObject({ role: 'viewer' })
  expect(here.told).toEqual([{ access: bea.id }, { directory: workspaceId }])
})

test('the last owner can neither be removed nor lowered', async () => {
  await add('Bea', 'member')
  const refused = { ok: false, code: 'last_owner', message: 'Ann is the only owner of this workspace. Make somebody else an owner first.' }
  expect(await here.auth.changeRole({ workspaceId, userId: annId }, 'member')).toEqual(refused)
  expect(await here.auth.removeMember({ workspaceId, userId: annId })).toEqual(refused)
  expect(await here.auth.changeRole({ workspaceId, userId: annId }, 'owner')).toEqual({ ok: true })
  expect(await here.auth.actorFor(annId, workspaceId)).toMatchObject({ role: 'owner' })
})

test('an owner who was removed does not count as another owner', async () => {
  const bea = await add('Bea', 'owner')
  await here.auth.removeMember({ workspaceId, userId: bea.id })
  expect(await here.auth.removeMember({ workspaceId, userId: annId })).toMatchObject({ code: 'last_owner' })
})

test('two owners who remove each other at once leave one', async () => {
  const bea = await add('Bea', 'owner')
  const outcomes = await Promise.all([annId, bea.id].map((userId) => here.auth.removeMember({ workspaceId, userId })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(await here.auth.members(workspaceId)).toMatchObject([{ role: 'owner' }])
})

test('who was removed has no rights, keeps their name in the directory, and can come back', async () => {
  const bea = await add('Bea', 'member')
  here.told.length = 0
  expect(await here.auth.removeMember({ workspaceId, userId: bea.id })).toEqual({ ok: true })
  expect(here.told).toEqual([{ access: bea.id }, { directory: workspaceId }])
  expect(await here.auth.actorFor(bea.id, workspaceId)).toBeNull()
  expect(await here.auth.membershipsOf(bea.id)).toEqual([])
  expect(await roles()).toEqual(['Ann owner'])
  expect((await here.auth.directoryEntries(workspaceId))[bea.id]).toEqual({ kind: 'person', name: 'Bea', role: 'former', avatar: null })
  expect(await here.auth.removeMember({ workspaceId, userId: bea.id })).toMatchObject({ ok: false, code: 'not_found' })
  await add('Bea', 'viewer', null)
  expect(await here.auth.actorFor(bea.id, workspaceId)).toMatchObject({ role: 'viewer' })
})

test('nobody comes back by an invitation they made as an owner', async () => {
  const bea = await add('Bea', 'owner')
  const own = await here.auth.invite({ workspaceId, role: 'owner', by: bea.id })
  const others = await here.auth.invite({ workspaceId, role: 'member', by: annId })
  await here.auth.changeRole({ workspaceId, userId: bea.id }, 'member')
  expect(await here.auth.invitation(own.secret)).toBeNull()
  expect(await here.auth.invitation(others.secret)).not.toBeNull()
})

test('people of other workspaces are out of reach', async () => {
  const quay = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay', email: 'cy@example.com', ownerName: 'Cy' }))
  expect(await here.auth.actorFor(annId, quay.workspaceId)).toBeNull()
  expect(await here.auth.changeRole({ workspaceId: quay.workspaceId, userId: annId }, 'viewer')).toMatchObject({ code: 'not_found' })
  expect(await here.auth.removeMember({ workspaceId: quay.workspaceId, userId: annId })).toMatchObject({ code: 'not_found' })
})
