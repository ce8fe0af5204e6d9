import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

let here: TestAuth
let userId: ActorId
beforeEach(async () => {
  here = await temporaryAuth()
  userId = (await workspaceOfAnn(here.auth)).userId
})
afterEach(() => here.end())

const pair = (setCookie: string) => setCookie.split(';')[0]!

test('a session is known by its cookie among others', async () => {
  const { setCookie, sessionId } = await here.auth.createSession(userId)
  expect(await here.auth.validateSession(`theme=%dark; ${pair(setCookie)}; a=b`)).toEqual({
    user: { id: userId, name: 'Ann', email: 'ann@example.com' }, sessionId, setCookie: null,
  })
})

test('the cookie is HttpOnly and SameSite=Lax, and Secure only over https', async () => {
  const { setCookie } = await here.auth.createSession(userId)
  expect(setCookie).toMatch(/^missions_session=[a-z0-9]{40}; /)
  expect(setCookie).toContain('HttpOnly')
  expect(setCookie).toContain('SameSite=Lax')
  expect(setCookie).toContain('Path=/')
  expect(setCookie).not.toContain('Secure')
  const overHttps = await temporaryAuth({ secureCookies: true })
  const { userId: other } = await workspaceOfAnn(overHttps.auth)
  expect((await overHttps.auth.createSession(other)).setCookie).toContain('Secure')
  await overHttps.end()
})

test.each([null, '', 'missions_session=', 'missions_session=nobody', 'other=1', '; ;=;%%%'])('the cookie %o is nobody', async (cookie) => {
  expect(await here.auth.validateSession(cookie)).toBeNull()
})

test('a copy of the database signs nobody in', async () => {
  const { sessionId } = await here.auth.createSession(userId)
  const stored = await here.store.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
  expect(stored.id).not.toBe(sessionId)
  expect(await here.auth.validateSession(`missions_session=${stored.id}`)).toBeNull()
})

test('a session that ended or expired is nobody, other sessions stay', async () => {
  const [a, b] = [await here.auth.createSession(userId), await here.auth.createSession(userId)]
  expect((await here.auth.endSession(a.sessionId)).setCookie).toContain('Max-Age=0')
  expect(await here.auth.validateSession(pair(a.setCookie))).toBeNull()
  expect(await here.auth.validateSession(pair(b.setCookie))).not.toBeNull()
  await here.store.db.updateTable('sessions').set({ expires_at: Math.floor(Date.now() / 1000) - 1 }).execute()
  expect(await here.auth.validateSession(pair(b.setCookie))).toBeNull()
})

test('a session in use is renewed, with a new cookie, in the second half of its life', async () => {
  const { setCookie } = await here.auth.createSession(userId)
  await here.store.db.updateTable('sessions').set({ expires_at: Math.floor(Date.now() / 1000) + 10 * 24 * 60 * 60 }).execute()
  expect((await here.auth.validateSession(pair(setCookie)))?.setCookie).toBe(setCookie)
  const { expires_at } = await here.store.db.selectFrom('sessions').select('expires_at').executeTakeFirstOrThrow()
  expect(expires_at).toBeGreaterThan(Date.now() / 1000 + 29 * 24 * 60 * 60)
})

test('a person can be signed out everywhere', async () => {
  const cookies = [await here.auth.createSession(userId), await here.auth.createSession(userId)]
  await here.auth.endSessionsOf(userId)
  for (const { setCookie } of cookies) expect(await here.auth.validateSession(pair(setCookie))).toBeNull()
})
