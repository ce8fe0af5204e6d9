import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { anAdministrator } from '../activity/happening.ts'
import { createAuth } from './auth.ts'
import { ann, succeeded, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

const day = 24 * 60 * 60_000
const bea = { name: 'Bea', email: 'bea@example.com', password: 'password of bea' }
let here: TestAuth
let workspaceId: WorkspaceId
let owner: ActorId
let member: ActorId

beforeEach(async () => {
  here = await temporaryAuth()
  ;({ workspaceId, userId: owner } = await workspaceOfAnn(here.auth))
  member = succeeded(await here.auth.addMember({ workspaceId, role: 'member', ...bea })).member.id
})
afterEach(() => here.end())

const link = async (by = owner, userId = member) => await here.auth.makeResetLink({ workspaceId, userId, by })
const secret = async () => succeeded(await link()).secret
const signIn = (password: string, email = bea.email) => here.auth.signIn({ email, password, address: null })
const cookieOf = async (userId: ActorId) => (await here.auth.createSession(userId)).setCookie.split(';')[0]!
const elsewhere = async (name: string) => succeeded(await here.auth.createWorkspace({ name, ownerName: 'Eve', email: `${name.toLowerCase()}@example.com`, password: 'password of eve' }))

test('a link sets a new password, once; the old one and all sessions are over', async () => {
  const [cookie, mine] = [await cookieOf(member), await cookieOf(owner)]
  const given = await secret()
  expect(await here.auth.resetLink(given)).toEqual({ name: 'Bea', email: bea.email })
  expect(await here.auth.resetPassword(given, 'a new password', null)).toEqual({ ok: true, userId: member })
  expect(await signIn(bea.password)).toMatchObject({ ok: false })
  expect(await signIn('a new password')).toEqual({ ok: true, userId: member })
  expect(await here.auth.validateSession(cookie)).toBeNull()
  expect(await here.auth.validateSession(mine)).not.toBeNull()
  expect(await here.auth.resetLink(given)).toBeNull()
  expect(await here.auth.resetPassword(given, 'another password', null)).toMatchObject({ ok: false, code: 'reset_gone' })
})

test('looking at a link, and a password that is too short, do not use it up', async () => {
  const given = await secret()
  await here.auth.resetLink(given)
  expect(await here.auth.resetPassword(given, 'short', null)).toMatchObject({ code: 'invalid', field: 'password' })
  expect(await here.auth.resetPassword(given, 'long enough', null)).toMatchObject({ ok: true })
})

test('a link lasts a day, and a new one replaces it', async () => {
  const [first, second] = [await secret(), await secret()]
  expect(await here.auth.resetLink(first)).toBeNull()
  here.clock.now += day - 1
  expect(await here.auth.resetLink(second)).not.toBeNull()
  here.clock.now += 1
  expect(await here.auth.resetLink(second)).toBeNull()
  expect(await here.auth.resetPassword(second, 'a new password', null)).toMatchObject({ code: 'reset_gone' })
})

test('of two who open one link at once, one sets the password', async () => {
  const given = await secret()
  const both = await Promise.all(['first of two', 'second of two'].map((password) => here.auth.resetPassword(given, password, null)))
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
})

test('a copy of the database resets nothing', async () => {
  await secret()
  const { hash } = await here.store.db.selectFrom('password_resets').select('hash').executeTakeFirstOrThrow()
  expect(await here.auth.resetLink(hash)).toBeNull()
})

test('[ACCESS3] an owner makes no link for somebody who is also in a workspace of others, be it a deleted one', async () => {
  const quay = await elsewhere('Quay')
  succeeded(await here.auth.addMember({ workspaceId: quay.workspaceId, role: 'viewer', ...bea }))
  expect(await link()).toMatchObject({ ok: false, code: 'not_yours' })
  succeeded(await here.auth.deleteWorkspace(quay.workspaceId))
  expect(await link()).toMatchObject({ ok: false, code: 'not_yours' })
  succeeded(await here.auth.undeleteWorkspace(quay.workspaceId))
  // Who owns both may, and who left may be helped again.
  succeeded(await here.auth.addMember({ workspaceId: quay.workspaceId, role: 'owner', ...ann }))
  expect(await link()).toMatchObject({ ok: true })
  succeeded(await here.auth.changeRole({ workspaceId: quay.workspaceId, userId: owner }, 'member'))
  expect(await link()).toMatchObject({ ok: false })
  succeeded(await here.auth.removeMember({ workspaceId: quay.workspaceId, userId: member }))
  expect(await link()).toMatchObject({ ok: true })
})

test('[ACCESS3] a link opens nothing any more once its person joined a workspace of others, or its maker is no owner', async () => {
  const quay = await elsewhere('Quay')
  const given = await secret()
  const { secret: invitation } = await here.auth.invite({ workspaceId: quay.workspaceId, role: 'member', by: quay.userId })
  succeeded(await here.auth.joinAs(invitation, member))
  expect(await here.auth.resetLink(given)).toBeNull()
  expect(await here.auth.resetPassword(given, 'a new password', null)).toMatchObject({ code: 'reset_gone' })
  expect(await signIn(bea.password)).toMatchObject({ ok: true })
  succeeded(await here.auth.removeMember({ workspaceId: quay.workspaceId, userId: member }))
  expect(await here.auth.resetLink(given)).not.toBeNull()

  succeeded(await here.auth.addMember({ workspaceId, role: 'owner', name: 'Cleo', email: 'cleo@example.com', password: 'password of cleo' }))
  succeeded(await here.auth.changeRole({ workspaceId, userId: owner }, 'member'))
  expect(await here.auth.resetPassword(given, 'a new password', null)).toMatchObject({ code: 'reset_gone' })
})

test('[ACCESS3] nobody makes a link for themselves, or for who is not a member', async () => {
  expect(await link(owner, owner)).toMatchObject({ ok: false, code: 'not_yours' })
  const quay = await elsewhere('Quay')
  expect(await link(owner, quay.userId)).toMatchObject({ ok: false, code: 'not_found' })
})

test('whoever runs the installation makes links for everybody, and sets passwords', async () => {
  const quay = await elsewhere('Quay')
  succeeded(await here.auth.addMember({ workspaceId: quay.workspaceId, role: 'viewer', ...bea }))
  const given = succeeded(await here.auth.makeResetLinkFor(' BEA@example.com ')).secret
  expect(await here.auth.resetPassword(given, 'a new password', null)).toMatchObject({ ok: true })
  const cookie = await cookieOf(member)
  expect(await here.auth.setPasswordOf(bea.email, 'short')).toMatchObject({ code: 'invalid' })
  expect(await here.auth.setPasswordOf(bea.email, 'set by hand')).toMatchObject({ ok: true, name: 'Bea' })
  expect(await signIn('set by hand')).toMatchObject({ ok: true })
  expect(await here.auth.validateSession(cookie)).toBeNull()
  for (const outcome of [await here.auth.makeResetLinkFor('nobody@example.com'), await here.auth.setPasswordOf('nobody@example.com', 'long enough')]) {
    expect(outcome).toMatchObject({ code: 'not_found' })
  }
})

test('who was locked out by guesses gets in with the new password', async () => {
  for (let n = 0; n < 10; n++) await signIn('a wrong password')
  expect(await signIn(bea.password)).toMatchObject({ code: 'too_many_attempts' })
  succeeded(await here.auth.resetPassword(await secret(), 'a new password', null))
  expect(await signIn('a new password')).toMatchObject({ ok: true })
})

test('guesses at links from one network are throttled, as sign-ins are; a good link is not a guess', async () => {
  const given = await secret()
  expect(await here.auth.resetPassword(given, 'short', '198.51.100.7')).toMatchObject({ code: 'invalid' })
  for (let n = 0; n < 50; n++) await here.auth.resetPassword(`guess ${n}`, 'a new password', '198.51.100.7')
  expect(await here.auth.resetPassword(given, 'a new password', '198.51.100.7')).toMatchObject({ code: 'too_many_attempts' })
  expect(await here.auth.resetPassword(given, 'a new password', '198.51.100.8')).toMatchObject({ ok: true })
})

test('links and their use are on the record of every workspace of the account', async () => {
  const recorded: string[] = []
  const auth = createAuth({
    db: here.store.db, secureCookies: false, now: () => here.clock.now, otherwise: anAdministrator, onAccessChanged: () => {}, onDirectoryChanged: () => {},
    record: ({ workspaceId: where, kind, actor, subject }) => void recorded.push([kind, actor.kind, where === workspaceId ? 'here' : 'there', subject.name].join(' ')),
  })
  const { secret: byOwner } = succeeded(await auth.makeResetLink({ workspaceId, userId: member, by: owner }))
  succeeded(await auth.resetPassword(byOwner, 'a new password', null))
  const quay = await elsewhere('Quay')
  succeeded(await here.auth.addMember({ workspaceId: quay.workspaceId, role: 'viewer', ...bea, password: null }))
  succeeded(await auth.makeResetLinkFor(bea.email))
  expect(recorded.slice(0, 2)).toEqual(['member.reset_link person here Bea', 'member.password_reset person here Bea'])
  expect(recorded.slice(2).sort()).toEqual(['member.reset_link administrator here Bea', 'member.reset_link administrator there Bea'])
})
