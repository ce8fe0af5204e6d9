import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'
import { transact } from './context.ts'
import { refuse } from './refusal.ts'

let here: TestAuth
beforeEach(async () => { here = await temporaryAuth() })
afterEach(() => here.end())

const fail = (key: string) => ({ key, at: 0 })

test('a refusal takes back what was written', async () => {
  const outcome = await transact(here.store.db, async (transaction) => {
    await transaction.insertInto('sign_in_failures').values(fail('a')).execute()
    return refuse('not_found', 'gone')
  })
  expect(outcome).toEqual({ ok: false, code: 'not_found', message: 'gone' })
  expect(await here.store.db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([])
})

test('a transaction is over before the event loop turns, so the update log never commits inside one', async () => {
  const inside: boolean[] = []
  const watch = () => {
    inside.push(here.store.sqlite.isTransaction)
    next = setImmediate(watch)
  }
  let next = setImmediate(watch)
  await workspaceOfAnn(here.auth)
  const [annsRow] = await here.store.db.selectFrom('members').selectAll().execute()
  await Promise.all(Array.from({ length: 50 }, (_, n) => here.auth.createToken({ workspaceId: annsRow!.workspace_id, name: `t${n}`, actsAs: 'staff' })))
  clearImmediate(next)
  expect(inside.length).toBeGreaterThan(5)
  expect(inside).not.toContain(true)
})
