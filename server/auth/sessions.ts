import { Lucia, TimeSpan, type Adapter } from 'lucia'
import type { ActorId } from '#lib/board/ids.ts'
import type { Database } from '../store/database.ts'
import type { AuthContext } from './context.ts'
import { hashSecret } from './secrets.ts'

export type SignedIn = { id: ActorId; email: string; name: string }

/** A browser in which somebody is signed in. `id` tells it apart and opens nothing. Times: epoch milliseconds, `null` where nobody wrote it down. */
type OpenSession = { id: string; createdAt: number | null; lastSeenAt: number | null; userAgent: string | null; address: string | null; isThis: boolean }

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, Omit<SignedIn, 'id'>>
    DatabaseUserAttributes: Omit<SignedIn, 'id'>
    UserId: ActorId
  }
}

const cookieName = 'missions_session'

// Not Lucia's own reader: a malformed cookie of another program on the same host makes that one throw.
const readCookie = (header: string | null) => header?.match(/(?:^|;\s*)missions_session=([a-z0-9]+)\s*(?:;|$)/)?.[1] ?? null

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
const date = (epochSeconds: number) => new Date(epochSeconds * 1000)

/** Stores the hash of a session's id: a copy of the database signs nobody in. */
const adapter = (db: Database, now: () => number): Adapter => ({
  async getSessionAndUser(id) {
    const row = await db.selectFrom('sessions').innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.email', 'users.name', 'sessions.expires_at'])
      .where('sessions.id', '=', hashSecret(id)).executeTakeFirst()
    if (!row) return [null, null]
    const { expires_at, id: userId, ...attributes } = row
    return [{ id, userId, expiresAt: date(expires_at), attributes: {} }, { id: userId, attributes }]
  },
  async getUserSessions(userId) {
    const rows = await db.selectFrom('sessions').selectAll().where('user_id', '=', userId).execute()
    return rows.map((row) => ({ id: row.id, userId, expiresAt: date(row.expires_at), attributes: {} }))
  },
  async setSession({ id, userId, expiresAt }) {
    await db.insertInto('sessions').values({
      id: hashSecret(id), user_id: userId, expires_at: seconds(expiresAt), created_at: now(), last_seen_at: null, user_agent: null, address: null,
    }).execute()
  },
  async updateSessionExpiration(id, expiresAt) {
    await db.updateTable('sessions').set({ expires_at: seconds(expiresAt) }).where('id', '=', hashSecret(id)).execute()
  },
  async deleteSession(id) {
    await db.deleteFrom('sessions').where('id', '=', hashSecret(id)).execute()
  },
  async deleteUserSessions(userId) {
    await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
  },
  async deleteExpiredSessions() {
    await db.deleteFrom('sessions').where('expires_at', '<=', seconds(new Date())).execute()
  },
})

/** Sessions of people in browsers. They last 30 days and are renewed while in use. Lucia reads the clock itself. */
export function sessions({ db, now, secureCookies }: AuthContext) {
  const lucia = new Lucia(adapter(db, now), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: { name: cookieName, attributes: { secure: secureCookies, sameSite: 'lax', path: '/' } },
    getUserAttributes: ({ email, name }) => ({ email, name }),
  })
  return {
    /** Signs somebody in: `setCookie` is the value of the Set-Cookie header to answer with. */
    async createSession(userId: ActorId): Promise<{ sessionId: string; setCookie: string }> {
      await lucia.deleteExpiredSessions()
      const { id } = await lucia.createSession(userId, {})
      return { sessionId: id, setCookie: lucia.createSessionCookie(id).serialize() }
    },

    /** Who a request's Cookie header says is there. `setCookie`, where it is not null, renews the cookie. */
    async validateSession(cookieHeader: string | null): Promise<{ user: SignedIn; sessionId: string; setCookie: string | null } | null> {
      const sessionId = readCookie(cookieHeader)
      if (!sessionId) return null
      const { session, user } = await lucia.validateSession(sessionId)
      if (!session) return null
      return { user, sessionId, setCookie: session.fresh ? lucia.createSessionCookie(sessionId).serialize() : null }
    },

    /** Signs one browser out; `setCookie` makes it forget the cookie. */
    async endSession(sessionId: string): Promise<{ setCookie: string }> {
      await lucia.invalidateSession(sessionId)
      return { setCookie: lucia.createBlankSessionCookie().serialize() }
    },

    /** Where somebody is signed in: this browser first, then the others, the last one seen first. */
    async sessionsOf(userId: ActorId, sessionId: string): Promise<OpenSession[]> {
      const rows = await db.selectFrom('sessions').selectAll().where('user_id', '=', userId).where('expires_at', '>', seconds(new Date())).execute()
      const here = hashSecret(sessionId)
      return rows.map((row): OpenSession => ({
        id: row.id, createdAt: row.created_at, lastSeenAt: row.last_seen_at ?? row.created_at, userAgent: row.user_agent, address: row.address, isThis: row.id === here,
      })).sort((a, b) => Number(b.isThis) - Number(a.isThis) || (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))
    },

    /** Signs another browser of this person out, by the id that `sessionsOf` tells; false where it was not signed in any more. */
    async endSessionOf(userId: ActorId, id: string): Promise<boolean> {
      const { numDeletedRows } = await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '=', id).executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    /** Signs a person out everywhere but here; tells in how many browsers. */
    async endOtherSessions(userId: ActorId, sessionId: string): Promise<number> {
      const { numDeletedRows } = await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '<>', hashSecret(sessionId)).executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },

    /** Signs a person out everywhere. */
    endSessionsOf: (userId: ActorId): Promise<void> => lucia.invalidateUserSessions(userId),
  }
}
