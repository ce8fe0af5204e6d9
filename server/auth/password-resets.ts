import { sql, type Transaction } from 'kysely'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { findAccount } from './accounts.ts'
import { transact, type AuthContext } from './context.ts'
import { hashPassword, refusePassword } from './passwords.ts'
import { recorder, type By } from './recorder.ts'
import { refuse, type Refusal } from './refusal.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { throttleAddress } from './throttle.ts'

const lastsMs = 24 * 60 * 60_000

type Link = { ok: true; secret: string; expiresAt: number; name: string; email: string }

/**
 * Somebody who forgot their password gets a link from an owner, or from whoever runs the installation.
 *
 * Who holds a link can become that person, everywhere they are a member. So an owner can make one only for somebody all of whose
 * workspaces, deleted ones not yet purged included, that owner owns; and it is asked again when the link is used, since both may have
 * changed. Nobody makes one for themselves: a browser left open would be enough to take an account over for good.
 */
export function passwordResets(context: AuthContext) {
  const { db, limits, onThrottled, now } = context
  const record = recorder(context)
  const unlessTooMany = throttleAddress({ db, limits, onThrottled, now })
  const gone = () => refuse('reset_gone', 'This link was already used, was replaced or has expired. Ask for a new one.')

  /** The workspaces of an account that this owner does not own. */
  const foreign = (connection: Database, userId: ActorId, owner: ActorId) =>
    connection.selectFrom('members as theirs').innerJoin('workspaces', 'workspaces.id', 'theirs.workspace_id').select('workspaces.id')
      .where('theirs.user_id', '=', userId).where('theirs.removed_at', 'is', null)
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('members as mine').select('mine.user_id').whereRef('mine.workspace_id', '=', 'theirs.workspace_id')
        .where('mine.user_id', '=', owner).where('mine.role', '=', 'owner').where('mine.removed_at', 'is', null))))

  /** Every workspace of the account is told: it is as if somebody else came in there. */
  async function recordEverywhere(kind: 'member.reset_link' | 'member.password_reset', userId: ActorId, by: By) {
    const rows = await db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id').select(['workspace_id', 'users.name'])
      .where('user_id', '=', userId).where('removed_at', 'is', null).execute()
    for (const { workspace_id, name } of rows) record(kind, workspace_id, by, { kind: 'person', id: userId, name })
  }

  async function mayStill(connection: Database, userId: ActorId, by: ActorId | null): Promise<boolean> {
    return by === null || await foreign(connection, userId, by).limit(1).executeTakeFirst() === undefined
  }

  /** A new link replaces those before it. */
  async function make(userId: ActorId, by: ActorId | null): Promise<{ secret: string; expiresAt: number }> {
    const secret = newSecret()
    const expiresAt = now() + lastsMs
    await db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('password_resets').where('user_id', '=', userId).execute()
      await transaction.insertInto('password_resets').values({ hash: hashSecret(secret), user_id: userId, created_by: by, created_at: now(), expires_at: expiresAt, used_at: null }).execute()
    })
    return { secret, expiresAt }
  }

  async function setPassword(transaction: Transaction<Tables>, userId: ActorId, hash: string) {
    await transaction.updateTable('users').set({ password_hash: hash }).where('id', '=', userId).execute()
    await transaction.deleteFrom('sessions').where('user_id', '=', userId).execute()
    await transaction.deleteFrom('password_resets').where('user_id', '=', userId).where('used_at', 'is', null).execute()
    // What was guessed at the old password does not lock out who has the new one.
    await sql`delete from sign_in_failures where key = (select 'email:' || lower(email) from users where id = ${userId})`.execute(transaction)
  }

  const open = (secret: string) => db.selectFrom('password_resets').innerJoin('users', 'users.id', 'password_resets.user_id')
    .select(['users.id', 'users.name', 'users.email', 'password_resets.created_by'])
    .where('hash', '=', hashSecret(secret)).where('used_at', 'is', null).where('expires_at', '>', now()).executeTakeFirst()

  return {
    /** Why an owner cannot make a link for somebody, in words; `null` where they can. The caller has asked `can(actor, 'manage', members)`. */
    async whyNoReset(userId: ActorId, by: ActorId): Promise<string | null> {
      if (userId === by) return 'Change your own password in your account.'
      if (await mayStill(db, userId, by)) return null
      return 'This account also belongs to a workspace that you do not own, so a link of yours would open that, too. Whoever runs this server can reset the password.'
    },

    /** A link by an owner of a workspace, for one of its members. `secret` goes into the link and is not stored. */
    async makeResetLink({ workspaceId, userId, by }: { workspaceId: WorkspaceId; userId: ActorId; by: ActorId }): Promise<Link | Refusal> {
      const member = await db.selectFrom('members').innerJoin('users', 'users.id', 'members.user_id').select(['users.name', 'users.email'])
        .where('workspace_id', '=', workspaceId).where('user_id', '=', userId).where('removed_at', 'is', null).executeTakeFirst()
      if (!member) return refuse('not_found', 'This person is not a member of the workspace.')
      const why = await this.whyNoReset(userId, by)
      if (why) return refuse('not_yours', why)
      const made = await make(userId, by)
      await recordEverywhere('member.reset_link', userId, by)
      return { ok: true, ...member, ...made }
    },

    /** A link by whoever runs the installation. */
    async makeResetLinkFor(email: string): Promise<Link | Refusal> {
      const account = await findAccount(db, email)
      if (!account) return refuse('not_found', `There is no account with the e-mail address ${email}.`)
      const made = await make(account.id, null)
      await recordEverywhere('member.reset_link', account.id, undefined)
      return { ok: true, name: account.name, email: account.email, ...made }
    },

    /** Sets a password at once, by whoever runs the installation, and ends all sessions. */
    async setPasswordOf(email: string, password: string): Promise<{ ok: true; name: string; email: string } | Refusal> {
      const refusal = refusePassword(password)
      if (refusal) return refusal
      const account = await findAccount(db, email)
      if (!account) return refuse('not_found', `There is no account with the e-mail address ${email}.`)
      const hash = await hashPassword(password)
      const set = await transact(db, async (transaction) => {
        await setPassword(transaction, account.id, hash)
        return { ok: true, name: account.name, email: account.email }
      })
      await recordEverywhere('member.password_reset', account.id, undefined)
      return set
    },

    /** Whose password a link sets; opening it changes nothing. `null` where it does not any more. */
    async resetLink(secret: string): Promise<{ name: string; email: string } | null> {
      const row = await open(secret)
      return row && await mayStill(db, row.id, row.created_by) ? { name: row.name, email: row.email } : null
    },

    /** Sets a new password with a link, once, and ends all sessions of the account. */
    resetPassword: (secret: string, password: string, address: string | null): Promise<{ ok: true; userId: ActorId } | Refusal> =>
      unlessTooMany(address, async (): Promise<{ ok: true; userId: ActorId } | Refusal> => {
        if (!await open(secret)) return gone()
        const refusal = refusePassword(password)
        if (refusal) return refusal
        const hash = await hashPassword(password)
        const outcome = await transact(db, async (transaction): Promise<{ ok: true; userId: ActorId } | Refusal> => {
          const link = await transaction.updateTable('password_resets').set({ used_at: now() }).where('hash', '=', hashSecret(secret))
            .where('used_at', 'is', null).where('expires_at', '>', now()).returning(['user_id', 'created_by']).executeTakeFirst()
          if (!link || !await mayStill(transaction, link.user_id, link.created_by)) return gone()
          await setPassword(transaction, link.user_id, hash)
          return { ok: true, userId: link.user_id }
        })
        if (outcome.ok) await recordEverywhere('member.password_reset', outcome.userId, outcome.userId)
        return outcome
      }, (outcome) => outcome.code === 'reset_gone'),
  }
}
