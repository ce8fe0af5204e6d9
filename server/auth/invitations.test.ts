import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { ann, succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

const day = 24 * 60 * 60_000
const bea = { name: 'Bea', email: 'bea@example.com', password: 'password of hers' }
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

const invite = async () => (await here.auth.invite({ workspaceId, role: 'member', by: annId })).secret
const gone = { ok: false, code: 'invitation_gone' }

test('a link has 256 random bits, of which only the hash is stored', async () => {
  const secret = await invite()
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(JSON.stringify(await here.store.db.selectFrom('invitations').selectAll().execute())).not.toContain(secret)
})

test('a link says who invites where, and lets a new person in once', async () => {
  const secret = await invite()
  expect(await here.auth.invitation(secret)).toEqual({ workspaceId, workspaceName: 'Harbour', role: 'member', invitedBy: 'Ann' })
  const { userId } = succeeded(await here.auth.joinAsNewPerson(secret, bea))
  expect(await here.auth.actorFor(userId, workspaceId)).toMatchObject({ name: 'Bea', role: 'member' })
  expect(here.told).toEqual([{ directory: workspaceId }])
  expect(await here.auth.invitation(secret)).toBeNull()
  expect(await here.auth.joinAsNewPerson(secret, { ...bea, email: 'cy@example.com' })).toMatchObject(gone)
})

test('of two people with one link exactly one gets in, and the other has no account', async () => {
  const secret = await invite()
  const outcomes = await Promise.all([1, 2, 3].map((n) => here.auth.joinAsNewPerson(secret, { ...bea, email: `p${n}@example.com` })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject([gone, gone])
  expect(await here.store.db.selectFrom('users').selectAll().execute()).toHaveLength(2)
})

test('an invitation lasts seven days', async () => {
  const secret = await invite()
  here.clock.now += 7 * day - 1
  expect(await here.auth.openInvitations(workspaceId)).toHaveLength(1)
  expect(await here.auth.invitation(secret)).not.toBeNull()
  here.clock.now += 1
  expect(await here.auth.openInvitations(workspaceId)).toEqual([])
  expect(await here.auth.joinAsNewPerson(secret, bea)).toMatchObject(gone)
})

test('an invitation can be revoked, by its own workspace only', async () => {
  const secret = await invite()
  const [open] = await here.auth.openInvitations(workspaceId)
  expect(open).toMatchObject({ role: 'member', invitedBy: 'Ann', createdAt: here.clock.now, expiresAt: here.clock.now + 7 * day })
  expect(await here.auth.revokeInvitation('another' as WorkspaceId, open!.id)).toBe(false)
  expect(await here.auth.revokeInvitation(workspaceId, open!.id)).toBe(true)
  expect(await here.auth.revokeInvitation(workspaceId, open!.id)).toBe(false)
  expect(await here.auth.joinAsNewPerson(secret, bea)).toMatchObject(gone)
})

test('a person with an account accepts with their password, or signed in', async () => {
  const cy = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay', email: 'cy@example.com', ownerName: 'Cy' }))
  const byPassword = await invite()
  expect(await here.auth.joinWithPassword(byPassword, { email: 'cy@example.com', password: 'not the password', address: null }))
    .toMatchObject({ ok: false, code: 'wrong_credentials' })
  expect(await here.auth.joinWithPassword(byPassword, { email: 'cy@example.com', password: ann.password, address: null }))
    .toEqual({ ok: true, userId: cy.userId, workspaceId })
  const dee = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Pier', email: 'dee@example.com', ownerName: 'Dee' }))
  expect(await here.auth.joinAs(await invite(), dee.userId)).toEqual({ ok: true, userId: dee.userId, workspaceId })
})

test('guessing passwords through an invitation is throttled like any sign-in', async () => {
  const secret = await invite()
  for (let n = 0; n < 10; n++) await here.auth.joinWithPassword(secret, { email: ann.email, password: 'wrong password', address: null })
  expect(await here.auth.signIn({ email: ann.email, password: ann.password, address: null })).toMatchObject({ code: 'too_many_attempts' })
})

test('a refused attempt does not use the invitation up', async () => {
  const secret = await invite()
  expect(await here.auth.joinAsNewPerson(secret, { ...bea, password: 'short' })).toMatchObject({ code: 'invalid', field: 'password' })
  expect(await here.auth.joinAsNewPerson(secret, { ...bea, email: ann.email })).toMatchObject({ code: 'email_taken', field: 'email' })
  expect(await here.auth.joinAs(secret, annId)).toMatchObject({ code: 'already_member' })
  expect(await here.auth.joinAsNewPerson(secret, bea)).toMatchObject({ ok: true })
})

test.each(['', 'x', '../../etc', 'A'.repeat(100_000)])('the secret %.20s opens nothing', async (secret) => {
  expect(await here.auth.invitation(secret)).toBeNull()
  expect(await here.auth.joinAs(secret, annId)).toMatchObject(gone)
})
