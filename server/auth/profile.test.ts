import { afterEach, beforeEach, expect, test } from 'vitest'
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

const session = async () => {
  const { sessionId, setCookie } = await here.auth.createSession(userId)
  return { sessionId, cookie: setCookie.split(';')[0]! }
}
const isSignedIn = async ({ cookie }: { cookie: string }) => await here.auth.validateSession(cookie) !== null
const signIn = (email: string, password = ann.password) => here.auth.signIn({ email, password, address: null })

test('a name and a time zone are changed, and everybody is told of the name', async () => {
  here.told.length = 0
  succeeded(await here.auth.changeProfile(userId, { name: ' Anna ', timeZone: 'Pacific/Auckland' }))
  expect(await here.auth.profile(userId)).toEqual({ id: userId, name: 'Anna', email: ann.email, timeZone: 'Pacific/Auckland', avatar: null })
  expect(here.told).toEqual([{ directory: workspaceId }])
  expect((await here.auth.directoryEntries(workspaceId))[userId]).toMatchObject({ name: 'Anna' })
  succeeded(await here.auth.changeProfile(userId, { name: 'Anna', timeZone: '' }))
  expect(await here.auth.profile(userId)).toMatchObject({ timeZone: null })
})

test.each([[{ name: ' ', timeZone: '' }, 'name'], [{ name: 'Ann', timeZone: 'Atlantis/Harbour' }, 'timeZone'], [{ name: 'Ann', timeZone: 'x'.repeat(10_000) }, 'timeZone']])('%j is refused', async (fields, field) => {
  expect(await here.auth.changeProfile(userId, fields)).toMatchObject({ ok: false, field })
})

test('an e-mail address is changed with the password only, and to one that nobody has', async () => {
  succeeded(await here.auth.addMember({ workspaceId, role: 'member', name: 'Bea', email: 'bea@example.com', password: 'password of bea' }))
  const change = (email: string, password = ann.password) => here.auth.changeEmail(userId, { email, password, address: null })
  expect(await change('anna@example.com', 'a wrong password')).toMatchObject({ code: 'wrong_credentials', field: 'emailPassword' })
  expect(await change('BEA@example.com')).toMatchObject({ code: 'email_taken', field: 'email' })
  expect(await change('no address')).toMatchObject({ code: 'invalid' })
  expect(await signIn(ann.email)).toMatchObject({ ok: true })
  expect(await change(' Anna@Example.com')).toEqual({ ok: true, email: 'anna@example.com' })
  expect(await signIn('anna@example.com')).toEqual({ ok: true, userId })
  expect(await signIn(ann.email)).toMatchObject({ ok: false })
})

test('a new password ends the sessions that were chosen, and never the one it is changed in', async () => {
  const [mine, phone, library] = [await session(), await session(), await session()]
  const listed = await here.auth.sessionsOf(userId, mine.sessionId)
  expect(listed.map(({ isThis }) => isThis)).toEqual([true, false, false])
  // By the ids of the list; the browser's own among them ends nothing.
  const stays = (await here.auth.sessionsOf(userId, phone.sessionId))[0]!.id
  const ending = listed.map(({ id }) => id).filter((id) => id !== stays)
  const change = (current: string, next: string) => here.auth.changePassword(userId, { current, next, ending, sessionId: mine.sessionId, address: null })
  expect(await change('a wrong password', 'a new password')).toMatchObject({ code: 'wrong_credentials', field: 'current' })
  expect(await change(ann.password, 'short')).toMatchObject({ code: 'invalid', field: 'next' })
  expect(await change(ann.password, ann.password)).toMatchObject({ code: 'invalid', field: 'next' })
  expect(await Promise.all([mine, phone, library].map(isSignedIn))).toEqual([true, true, true])
  expect(await change(ann.password, 'a new password')).toEqual({ ok: true, ended: 1 })
  expect(await Promise.all([mine, phone, library].map(isSignedIn))).toEqual([true, true, false])
  expect(await signIn(ann.email, 'a new password')).toMatchObject({ ok: true })
})

test('guessing the password in an open browser is throttled as a sign-in is', async () => {
  for (let n = 0; n < 10; n++) await here.auth.changeEmail(userId, { email: 'thief@example.com', password: `guess number ${n}`, address: null })
  expect(await here.auth.changeEmail(userId, { email: 'thief@example.com', password: ann.password, address: null })).toMatchObject({ code: 'too_many_attempts' })
})

test('a password that is changed voids a reset link that is under way', async () => {
  const { secret } = succeeded(await here.auth.makeResetLinkFor(ann.email))
  succeeded(await here.auth.changePassword(userId, { current: ann.password, next: 'a new password', ending: [], sessionId: 'none', address: null }))
  expect(await here.auth.resetLink(secret)).toBeNull()
})

test('sessions tell where and when they were used, once a minute, and end one by one or all but this', async () => {
  const [mine, phone, library] = [await session(), await session(), await session()]
  here.clock.now += 5_000
  await here.auth.sessionUsed(phone.sessionId, { userAgent: 'Phone', address: '198.51.100.7' })
  here.clock.now += 30_000
  await here.auth.sessionUsed(phone.sessionId, { userAgent: 'Phone 2', address: '198.51.100.8' })
  const listed = await here.auth.sessionsOf(userId, mine.sessionId)
  expect(listed[1]).toMatchObject({ userAgent: 'Phone', address: '198.51.100.7', lastSeenAt: here.clock.now - 30_000, isThis: false })
  here.clock.now += 60_000
  await here.auth.sessionUsed(phone.sessionId, { userAgent: 'x'.repeat(5_000), address: null })
  expect((await here.auth.sessionsOf(userId, mine.sessionId))[1]).toMatchObject({ userAgent: 'x'.repeat(400), lastSeenAt: here.clock.now })

  const other = succeeded(await here.auth.addMember({ workspaceId, role: 'member', name: 'Bea', email: 'bea@example.com', password: 'password of bea' })).member.id
  expect(await here.auth.endSessionOf(other, listed[1]!.id)).toBe(false)
  expect(await here.auth.endSessionOf(userId, listed[1]!.id)).toBe(true)
  expect(await Promise.all([mine, phone, library].map(isSignedIn))).toEqual([true, false, true])
  expect(await here.auth.endOtherSessions(userId, mine.sessionId)).toBe(1)
  expect(await Promise.all([mine, library].map(isSignedIn))).toEqual([true, false])
})

test('members tell when they were last here, in each workspace by itself, without anybody having to ask for their rights again', async () => {
  const revision = () => Number(here.store.sqlite.prepare('select revision from access_revision').get()?.revision)
  expect((await here.auth.members(workspaceId))[0]).toMatchObject({ lastSeenAt: null })
  const before = revision()
  await here.auth.visited(workspaceId, userId)
  expect((await here.auth.members(workspaceId))[0]).toMatchObject({ lastSeenAt: here.clock.now })
  expect(revision()).toBe(before)
  const quay = succeeded(await here.auth.createWorkspace({ ...ann, name: 'Quay' }))
  expect((await here.auth.members(quay.workspaceId))[0]).toMatchObject({ lastSeenAt: null })
})
