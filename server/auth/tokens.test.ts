import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

let here: TestAuth
let workspaceId: WorkspaceId
beforeEach(async () => {
  here = await temporaryAuth()
  workspaceId = (await workspaceOfAnn(here.auth)).workspaceId
})
afterEach(() => here.end())

const staffOf = (id: WorkspaceId) => here.store.db.selectFrom('staff').selectAll().where('workspace_id', '=', id).orderBy('created_at').execute()

const create = async (name: string, actsAs: 'member' | 'viewer' | 'staff') => succeeded(await here.auth.createToken({ workspaceId, name, actsAs }))

test.each(['member', 'viewer'] as const)('a token for a %s is an account of its own', async (role) => {
  const { token, actorId } = await create('Nightly import', role)
  expect(token).toMatch(/^mis_[A-Za-z0-9_-]{43}$/)
  expect(await here.auth.authenticateToken(token)).toEqual({ kind: 'person', id: actorId, name: 'Nightly import', workspaceId, role })
  expect((await here.auth.directoryEntries(workspaceId))[actorId]).toEqual({ kind: 'person', name: 'Nightly import', role, avatar: null })
  expect(here.told).toEqual([{ directory: workspaceId }])
})

test('a staff token acts as the staff member of that name, in any case', async () => {
  const [analyst] = await staffOf(workspaceId)
  const { token, actorId } = await create('ANALYST', 'staff')
  expect(actorId).toBe(analyst!.id)
  expect(await here.auth.authenticateToken(token)).toEqual({ kind: 'staff', id: actorId, name: 'Analyst', workspaceId, lease: null })
  expect(await staffOf(workspaceId)).toHaveLength(1)
})

test('a staff token of a new name brings a staff member with an engine of its own', async () => {
  here.clock.now += 1
  const { actorId } = await create('Schön', 'staff')
  expect(await staffOf(workspaceId)).toMatchObject([{ name: 'Analyst' }, { id: actorId, name: 'Schön', engine: 'external' }])
  expect((await here.auth.directoryEntries(workspaceId))[actorId]).toMatchObject({ kind: 'staff', name: 'Schön' })
})

test('tokens of one new name made at once share one staff member', async () => {
  const made = await Promise.all(['Rover', 'rover', 'ROVER'].map((name) => create(name, 'staff')))
  expect(new Set(made.map(({ actorId }) => actorId)).size).toBe(1)
  expect(await staffOf(workspaceId)).toHaveLength(2)
})

test('only the hash of a token is stored, and it is found by index', async () => {
  const { token } = await create('Import', 'member')
  expect(JSON.stringify(await here.store.db.selectFrom('tokens').selectAll().execute())).not.toContain(token.slice(4))
  const plan = here.store.sqlite.prepare('explain query plan select * from tokens where hash = ?').all('x')
  expect(plan.map((step) => step.detail).join()).toMatch(/SEARCH tokens USING INDEX/)
})

test('a revoked token is refused at once, and sockets are told', async () => {
  const { token, id, actorId } = await create('Import', 'member')
  here.told.length = 0
  expect(await here.auth.revokeToken('another' as WorkspaceId, id)).toBe(false)
  expect(await here.auth.revokeToken(workspaceId, id)).toBe(true)
  expect(await here.auth.authenticateToken(token)).toBeNull()
  expect(here.told).toEqual([{ access: actorId }, { directory: workspaceId }])
  expect((await here.auth.directoryEntries(workspaceId))[actorId]).toMatchObject({ name: 'Import', role: 'former' })
  expect(await here.auth.tokens(workspaceId)).toMatchObject([{ id, name: 'Import', actsAs: 'member', revokedAt: here.clock.now }])
})

test.each(['', 'mis_', 'mis_x', 'Bearer x', `mis_${'A'.repeat(43)}`])('%o is nobody', async (secret) => {
  expect(await here.auth.authenticateToken(secret)).toBeNull()
})

test('a token needs a name', async () => {
  expect(await here.auth.createToken({ workspaceId, name: ' ', actsAs: 'staff' })).toMatchObject({ ok: false, code: 'invalid', field: 'name' })
  expect(await here.auth.tokens(workspaceId)).toEqual([])
})
