import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { ann, succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

let here: TestAuth
beforeEach(async () => { here = await temporaryAuth() })
afterEach(() => here.end())

const staffOf = (id: WorkspaceId) => here.store.db.selectFrom('staff').selectAll().where('workspace_id', '=', id).orderBy('created_at').execute()

test('the first visitor becomes the owner of a workspace with one staff member', async () => {
  expect(await here.auth.hasWorkspace()).toBe(false)
  const { workspaceId, userId } = await workspaceOfAnn(here.auth)
  expect(await here.auth.hasWorkspace()).toBe(true)
  expect(await here.auth.actorFor(userId, workspaceId)).toEqual({ kind: 'person', id: userId, name: 'Ann', workspaceId, role: 'owner' })
  expect(await staffOf(workspaceId)).toMatchObject([{ name: 'Analyst', engine: 'offline' }])
  expect(await here.auth.membershipsOf(userId)).toEqual([{ workspaceId, workspaceName: 'Harbour', role: 'owner' }])
})

test('of first visitors who come at once exactly one becomes an owner, and the others leave nothing behind', async () => {
  const outcomes = await Promise.all([1, 2, 3, 4].map((n) => here.auth.createFirstWorkspace({ ...ann, email: `visitor${n}@example.com` })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(outcomes.filter((outcome) => !outcome.ok)).toSatisfy((refused: typeof outcomes) => refused.every((outcome) => !outcome.ok && outcome.code === 'already_set_up'))
  for (const table of ['workspaces', 'users', 'members', 'staff'] as const) {
    expect(await here.store.db.selectFrom(table).selectAll().execute(), table).toHaveLength(1)
  }
})

test('a later visitor cannot create a workspace', async () => {
  await workspaceOfAnn(here.auth)
  expect(await here.auth.createFirstWorkspace({ ...ann, email: 'eve@example.com' })).toMatchObject({ ok: false, code: 'already_set_up' })
})

test.each([
  [{ name: '  ' }, 'name', 'The name of the workspace is missing.'],
  [{ name: 'x'.repeat(201) }, 'name', 'The name of the workspace is longer than 200 characters.'],
  [{ ownerName: 'A\nB' }, 'ownerName', 'Your name must be on one line, without control characters.'],
  [{ email: 'ann' }, 'email', 'This is not an e-mail address. It should look like name@example.com.'],
  [{ password: '1234567' }, 'password', 'The password is too short: it needs at least 8 characters.'],
  [{ password: 'x'.repeat(201) }, 'password', 'The password is too long: it may have 200 characters at most.'],
])('%o is refused with the field and the reason', async (fields, field, message) => {
  expect(await here.auth.createFirstWorkspace({ ...ann, ...fields })).toEqual({ ok: false, code: 'invalid', field, message })
  expect(await here.auth.hasWorkspace()).toBe(false)
})

test('whoever runs the installation adds workspaces, for new people and for those with an account', async () => {
  const first = await workspaceOfAnn(here.auth)
  const second = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay', email: 'ANN@example.com' }))
  expect(second.userId).toBe(first.userId)
  const third = succeeded(await here.auth.createWorkspace({ ...ann, email: 'bea@example.com', ownerName: 'Bea' }))
  expect(third.userId).not.toBe(first.userId)
  expect(await here.auth.findWorkspaces('Quay')).toEqual([{ id: second.workspaceId, name: 'Quay' }])
  expect(await here.auth.findWorkspaces('Harbour')).toHaveLength(2)
  expect(await here.auth.findWorkspaces(second.workspaceId)).toHaveLength(1)
})

test('an account cannot be given a workspace with a password that is not its own', async () => {
  await workspaceOfAnn(here.auth)
  expect(await here.auth.createWorkspace({ ...ann, password: 'another password' })).toMatchObject({ ok: false, code: 'email_taken', field: 'email' })
})
