import { sql } from 'kysely'
import type { ActorId } from '#lib/board/ids.ts'
import { checkCredentials } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { readEmail, readName } from './input.ts'
import { hashPassword, refusePassword } from './passwords.ts'
import { refuse, type Refusal } from './refusal.ts'
import { hashSecret } from './secrets.ts'
import type { SignIn } from './sign-in.ts'

/** `timeZone`: an IANA name, or `null` for that of whatever browser they use. `avatar`: where the picture is, if there is one. */
export type Profile = { id: ActorId; name: string; email: string; timeZone: string | null; avatar: string | null }

export const avatarPath = (userId: ActorId, hash: string) => `/api/v1/people/${userId}/avatar/${hash}`

export function isTimeZone(name: string): boolean {
  try {
    return name.length <= 64 && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined
  } catch {
    return false
  }
}

/** A person's own account. What could take it over asks for the password again, and counts failures as a sign-in does. */
export function profile({ db, onDirectoryChanged }: AuthContext, signIn: SignIn) {
  async function tellWorkspaces(userId: ActorId) {
    const rows = await db.selectFrom('members').innerJoin('workspaces', 'workspaces.id', 'members.workspace_id').select('workspace_id')
      .where('user_id', '=', userId).where('deleted_at', 'is', null).execute()
    for (const { workspace_id } of rows) await onDirectoryChanged(workspace_id)
  }

  /** Checks the password of somebody who is signed in. */
  async function confirm(userId: ActorId, password: string, address: string | null, field: string): Promise<{ ok: true; email: string } | Refusal> {
    const account = await db.selectFrom('users').select('email').where('id', '=', userId).executeTakeFirst()
    if (!account) return refuse('not_found', 'This account does not exist any more.')
    const known = await signIn({ email: account.email, password, address })
    if (known.ok) return { ok: true, email: account.email }
    return known.code === 'wrong_credentials' ? refuse('wrong_credentials', 'This is not your password.', field) : known
  }

  return {
    tellWorkspaces,

    async profile(userId: ActorId): Promise<Profile | null> {
      const row = await db.selectFrom('users').leftJoin('avatars', 'avatars.user_id', 'users.id')
        .select(['users.id', 'users.name', 'users.email', 'users.time_zone as timeZone', 'avatars.hash']).where('users.id', '=', userId).executeTakeFirst()
      if (!row) return null
      const { hash, ...fields } = row
      return { ...fields, avatar: hash && avatarPath(userId, hash) }
    },

    /** An empty time zone is the browser's. */
    async changeProfile(userId: ActorId, fields: { name: string; timeZone: string }): Promise<{ ok: true } | Refusal> {
      const read = readName(fields.name, 'Your name', 'name')
      if (!read.ok) return read
      const { name } = read
      if (fields.timeZone !== '' && !isTimeZone(fields.timeZone)) return refuse('invalid', 'There is no such time zone. Choose one of the list.', 'timeZone')
      await db.updateTable('users').set({ name, time_zone: fields.timeZone || null }).where('id', '=', userId).execute()
      await tellWorkspaces(userId)
      return { ok: true }
    },

    async changeEmail(userId: ActorId, fields: { email: string; password: string; address: string | null }): Promise<{ ok: true; email: string } | Refusal> {
      const read = readEmail(fields.email)
      if (!read.ok) return read
      const { email } = read
      const confirmed = await confirm(userId, fields.password, fields.address, 'emailPassword')
      if (!confirmed.ok) return confirmed
      // One statement decides between two who want one address.
      const { numAffectedRows } = await sql`
        update users set email = ${email} where id = ${userId} and not exists (select 1 from users where email = ${email} and id <> ${userId})`.execute(db)
      return numAffectedRows ? { ok: true, email } : refuse('email_taken', 'There is already an account with this e-mail address.', 'email')
    },

    /** `ending` are the sessions that end with the old password, by the ids that `sessionsOf` tells; the one it is changed from goes on. */
    async changePassword(userId: ActorId, fields: { current: string; next: string; address: string | null; ending: readonly string[]; sessionId: string }): Promise<{ ok: true; ended: number } | Refusal> {
      const refusal = refusePassword(fields.next)
      if (refusal) return { ...refusal, field: 'next' }
      const confirmed = await confirm(userId, fields.current, fields.address, 'current')
      if (!confirmed.ok) return confirmed
      if ((await checkCredentials(db, confirmed.email, fields.next)).ok) return refuse('invalid', 'This is the password you have already. Choose another one.', 'next')
      const hash = await hashPassword(fields.next)
      return await transact(db, async (transaction) => {
        await transaction.updateTable('users').set({ password_hash: hash }).where('id', '=', userId).execute()
        // A link that is under way would undo what was just done.
        await transaction.deleteFrom('password_resets').where('user_id', '=', userId).where('used_at', 'is', null).execute()
        const ending = fields.ending.filter((id) => id !== hashSecret(fields.sessionId))
        const { numDeletedRows } = ending.length === 0 ? { numDeletedRows: 0n }
          : await transaction.deleteFrom('sessions').where('user_id', '=', userId).where('id', 'in', ending).executeTakeFirstOrThrow()
        return { ok: true, ended: Number(numDeletedRows) }
      })
    },
  }
}
