import type { Transaction } from 'kysely'
import type { ActorId } from '#lib/board/ids.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { normalEmail, readEmail, readName } from './input.ts'
import { hashPassword, refusePassword, verifyPassword } from './passwords.ts'
import { refuse, type Refusal } from './refusal.ts'

/** An account, checked and hashed but not stored yet: all that is slow happens before a transaction begins. */
export type NewAccount = { id: ActorId; email: string; name: string; password_hash: string }

type Fields = { name: string; email: string; password: string }

export const findAccount = (db: Database, email: string) =>
  db.selectFrom('users').selectAll().where('email', '=', normalEmail(email)).executeTakeFirst()

/** `nameField` is what the form calls the person's name. */
export async function prepareAccount(fields: Fields, nameField = 'name'): Promise<{ ok: true; account: NewAccount } | Refusal> {
  const name = readName(fields.name, 'Your name', nameField)
  if (!name.ok) return name
  const email = readEmail(fields.email)
  if (!email.ok) return email
  const refusal = refusePassword(fields.password)
  if (refusal) return refusal
  return { ok: true, account: { id: newId<ActorId>(), email: email.email, name: name.name, password_hash: await hashPassword(fields.password) } }
}

export async function storeAccount(transaction: Transaction<Tables>, account: NewAccount, now: number): Promise<{ ok: true } | Refusal> {
  const { numInsertedOrUpdatedRows } = await transaction.insertInto('users').values({ ...account, created_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing()).executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows) return { ok: true }
  return refuse('email_taken', 'There is already an account with this e-mail address. Sign in with it instead.', 'email')
}

/** Whose account this is. The answer for an unknown address and for a wrong password is the same, and takes as long. */
export async function checkCredentials(db: Database, email: string, password: string): Promise<{ ok: true; userId: ActorId } | Refusal> {
  const account = await findAccount(db, email)
  const matches = await verifyPassword(account?.password_hash ?? null, password)
  return account && matches ? { ok: true, userId: account.id } : refuse('wrong_credentials', 'The e-mail address or the password is wrong.')
}
