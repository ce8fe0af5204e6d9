import type { Auth } from './auth/auth.ts'
import type { ClaimScope, Runs } from './runs/runs.ts'
import type { Identity } from './sync/authenticate.ts'

type OneWorkspace = NonNullable<Awaited<ReturnType<Auth['authenticateToken']>>>

/** In the workspace of a token alone is its bearer somebody. */
const onlyThere = (actor: OneWorkspace | null): Identity | null => actor && { actorIn: async (workspaceId) => actor.workspaceId === workspaceId ? actor : null }

/** Who comes with which token: agents, the holders of runs, workers, and people with the cookie of a session. */
export function createIdentify({ auth, actorOfLease, embeddedToken }: { auth: Auth; actorOfLease: Runs['actorOfLease']; embeddedToken: () => string }) {
  return {
    /** Who a bearer token is, in any workspace it is good for; without one the session counts. */
    async identify(token: string, cookie: string | null): Promise<Identity | null> {
      if (token.startsWith('mis_')) return onlyThere(await auth.authenticateToken(token))
      if (token.startsWith('lease_')) return onlyThere(await actorOfLease(token))
      const session = await auth.validateSession(cookie)
      return session && { actorIn: (workspaceId) => auth.actorFor(session.user.id, workspaceId) }
    },

    /** What a worker's token lets it take from the queue; `null` for any other token. */
    async claimScope(token: string): Promise<ClaimScope | null> {
      if (token === embeddedToken()) return { kind: 'all' }
      const workspaceId = await auth.authenticateWorker(token)
      if (workspaceId) return { kind: 'worker', workspaceId }
      const actor = token.startsWith('mis_') ? await auth.authenticateToken(token) : null
      return actor?.kind === 'staff' ? { kind: 'staff', workspaceId: actor.workspaceId, staffId: actor.id } : null
    },
  }
}
