import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { ann, succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

let here: TestAuth
let workspaceId: WorkspaceId
let userId: ActorId
beforeEach(async () => {
  here = await temporaryAuth()
  ;({ workspaceId, userId } = await workspaceOfAnn(here.auth))
})
afterEach(() => here.end())

const remove = async () => succeeded(await here.auth.deleteWorkspace(workspaceId))
const bea = { name: 'Bea', email: 'bea@example.com', password: 'password of bea' }

describe('[ACCESS1] a deleted workspace is as if it did not exist', () => {
  test('for its people', async () => {
    await remove()
    expect(await here.auth.actorFor(userId, workspaceId)).toBe(null)
    expect(await here.auth.membershipsOf(userId)).toEqual([])
    expect(await here.auth.workspace(workspaceId)).toBe(null)
  })

  test.each(['member', 'viewer', 'staff'] as const)('for %s tokens', async (actsAs) => {
    const { token } = succeeded(await here.auth.createToken({ workspaceId, name: 'Import', actsAs }))
    expect(await here.auth.authenticateToken(token)).not.toBe(null)
    await remove()
    expect(await here.auth.authenticateToken(token)).toBe(null)
  })

  test('for who holds an invitation, in each way to use it', async () => {
    const { secret } = await here.auth.invite({ workspaceId, role: 'member', by: userId })
    const other = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay', ownerName: 'Cy', email: 'cy@example.com' }))
    await remove()
    expect(await here.auth.invitation(secret)).toBe(null)
    expect(await here.auth.openInvitations(workspaceId)).toEqual([])
    for (const outcome of [
      await here.auth.joinAs(secret, other.userId),
      await here.auth.joinAsNewPerson(secret, bea),
      await here.auth.joinWithPassword(secret, { email: 'cy@example.com', password: ann.password, address: null }),
    ]) expect(outcome).toMatchObject({ ok: false, code: 'invitation_gone' })
    expect(await here.store.db.selectFrom('users').select('email').where('email', '=', bea.email).execute()).toEqual([])
  })

  test('for commands that look it up by id or name', async () => {
    await remove()
    expect(await here.auth.findWorkspaces(workspaceId)).toEqual([])
    expect(await here.auth.findWorkspaces('Harbour')).toEqual([])
    expect(await here.auth.findDeletedWorkspaces('Harbour')).toEqual([{ id: workspaceId, name: 'Harbour', deletedAt: here.clock.now }])
  })

  test('and deleting it again is refused as for one that never was', async () => {
    const neverWas = await here.auth.deleteWorkspace('never-was' as WorkspaceId)
    await remove()
    expect(await here.auth.deleteWorkspace(workspaceId)).toEqual(neverWas)
    expect(neverWas).toMatchObject({ ok: false, code: 'not_found' })
  })
})

test('everybody who has something of it open is asked again, once', async () => {
  here.told.length = 0
  await remove()
  await here.auth.deleteWorkspace(workspaceId)
  expect(here.told).toEqual([{ access: null }])
})

test('other workspaces of the same people go on', async () => {
  const quay = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay' }))
  await remove()
  expect(await here.auth.membershipsOf(userId)).toEqual([{ workspaceId: quay.workspaceId, workspaceName: 'Quay', role: 'owner' }])
})

test('whoever runs the installation sees it marked, with when it was deleted', async () => {
  await remove()
  expect(await here.auth.allWorkspaces()).toEqual([
    { id: workspaceId, name: 'Harbour', createdAt: here.clock.now, deletedAt: here.clock.now, members: 1, missions: 0 },
  ])
})

test('brought back, it is as it was', async () => {
  const { token } = succeeded(await here.auth.createToken({ workspaceId, name: 'Import', actsAs: 'member' }))
  const { secret } = await here.auth.invite({ workspaceId, role: 'viewer', by: userId })
  const before = [await here.auth.actorFor(userId, workspaceId), await here.auth.authenticateToken(token), await here.auth.invitation(secret)]
  await remove()
  succeeded(await here.auth.undeleteWorkspace(workspaceId))
  expect([await here.auth.actorFor(userId, workspaceId), await here.auth.authenticateToken(token), await here.auth.invitation(secret)]).toEqual(before)
  expect(await here.auth.undeleteWorkspace(workspaceId)).toMatchObject({ ok: false, code: 'not_deleted' })
})

test('one that was purged in part does not come back', async () => {
  await remove()
  await here.store.db.deleteFrom('members').where('workspace_id', '=', workspaceId).execute()
  expect(await here.auth.undeleteWorkspace(workspaceId)).toMatchObject({ ok: false, code: 'purged' })
})

describe('when the only workspace is deleted', () => {
  test('a stranger is no first visitor: accounts outlive it', async () => {
    await remove()
    expect(await here.auth.hasWorkspace()).toBe(false)
    expect(await here.auth.isNew()).toBe(false)
    expect(await here.auth.createFirstWorkspace({ ...ann, email: 'eve@example.com' })).toMatchObject({ ok: false, code: 'already_set_up' })
    expect(await here.store.db.selectFrom('users').selectAll().execute()).toHaveLength(1)
  })

  test('somebody with an account makes the next one, and two at once make one', async () => {
    expect(await here.auth.createNextWorkspace({ name: 'Quay', userId })).toMatchObject({ ok: false, code: 'already_set_up' })
    await remove()
    expect(await here.auth.createNextWorkspace({ name: ' ', userId })).toMatchObject({ ok: false, code: 'invalid', field: 'name' })
    const outcomes = await Promise.all(['Quay', 'Pier'].map((name) => here.auth.createNextWorkspace({ name, userId })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await here.auth.membershipsOf(userId)).toMatchObject([{ role: 'owner' }])
  })
})
