import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { ann, temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'

const minute = 60_000
let here: TestAuth
let userId: ActorId
beforeEach(async () => {
  here = await temporaryAuth()
  userId = (await workspaceOfAnn(here.auth)).userId
})
afterEach(() => here.end())

const signIn = (fields: Partial<{ email: string; password: string; address: string | null }> = {}) =>
  here.auth.signIn({ email: ann.email, password: ann.password, address: null, ...fields })
const fail = (times: number, fields = {}) => Promise.all(Array.from({ length: times }, () => signIn({ password: 'wrong password', ...fields })))

test('an account signs in with its password, however its address is spelled', async () => {
  expect(await signIn()).toEqual({ ok: true, userId })
  expect(await signIn({ email: ' Ann@Example.COM ' })).toEqual({ ok: true, userId })
})

test('the same characters typed as other code points are the same password', async () => {
  await here.auth.createWorkspace({ ...ann, email: 'zoe@example.com', password: 'Zoe\u0308 at sea' })
  expect(await signIn({ email: 'zoe@example.com', password: 'Zo\u00eb at sea' })).toMatchObject({ ok: true })
})

test('passwords are stored as Argon2id', async () => {
  const { password_hash } = await here.store.db.selectFrom('users').select('password_hash').executeTakeFirstOrThrow()
  expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('an unknown address and a wrong password get the same answer', async () => {
  const wrong = await signIn({ password: 'wrong password' })
  expect(wrong).toEqual({ ok: false, code: 'wrong_credentials', message: 'The e-mail address or the password is wrong.' })
  expect(await signIn({ email: 'nobody@example.com' })).toEqual(wrong)
  expect(await signIn({ password: 'x'.repeat(10_000) })).toEqual(wrong)
})

test('after ten failures an e-mail address has to wait, and is told how long', async () => {
  await fail(9)
  here.clock.now += 5 * minute
  await fail(1)
  const refused = { ok: false, code: 'too_many_attempts', message: 'Too many failed attempts for this e-mail address. Wait 10 minutes, then try again.' }
  expect(await signIn()).toEqual(refused)
  here.clock.now += 10 * minute - 1
  expect(await signIn()).toMatchObject({ message: expect.stringContaining('Wait 1 minute,') })
  here.clock.now += 1
  expect(await signIn()).toEqual({ ok: true, userId })
})

test('refused attempts do not make the wait longer', async () => {
  await fail(40)
  here.clock.now += 15 * minute
  expect(await signIn()).toEqual({ ok: true, userId })
})

test('a hundred guesses at once are counted one by one', async () => {
  const outcomes = await fail(100, { address: '203.0.113.7' })
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.code === 'wrong_credentials')).toHaveLength(10)
})

test('a success clears the failures of its e-mail address', async () => {
  await fail(9)
  await signIn()
  await fail(9)
  expect(await signIn()).toEqual({ ok: true, userId })
})

test('other people are not held up by the failures of one address', async () => {
  await here.auth.createWorkspace({ ...ann, email: 'bea@example.com' })
  await fail(20, { address: '203.0.113.7' })
  expect(await signIn({ email: 'bea@example.com', address: '203.0.113.7' })).toMatchObject({ ok: true })
})

test('a network that guesses at many accounts is stopped, even where it succeeds in between', async () => {
  const address = '203.0.113.7'
  await Promise.all(Array.from({ length: 49 }, (_, n) => signIn({ email: `person${n}@example.com`, address })))
  expect(await signIn({ address })).toMatchObject({ ok: true })
  await signIn({ email: 'another@example.com', address })
  expect(await signIn({ address })).toMatchObject({ ok: false, code: 'too_many_attempts', message: expect.stringContaining('from this network') })
  expect(await signIn({ address: '203.0.113.8' })).toEqual({ ok: true, userId })
})

test('loopback, where a proxy may stand for everyone, is not stopped as a network', async () => {
  const { db } = here.store
  await db.insertInto('sign_in_failures').values(Array.from({ length: 60 }, () => ({ key: 'address:127.0.0.1', at: here.clock.now }))).execute()
  expect(await signIn({ address: '127.0.0.1' })).toEqual({ ok: true, userId })
})

test('failures are forgotten after their time, so that their table stays small', async () => {
  await fail(3)
  here.clock.now += 15 * minute
  await signIn({ email: 'nobody@example.com' })
  expect(await here.store.db.selectFrom('sign_in_failures').selectAll().execute()).toHaveLength(1)
})
