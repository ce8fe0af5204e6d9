import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Role } from '#lib/board/policy.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { createAuth, type Auth } from '../../server/auth/auth.ts'
import type { TokenKind } from '../../server/auth/tokens.ts'
import { openStore, type Database } from '../../server/store/database.ts'
import { succeeded } from './auth.ts'
import { connect, type Client } from './client.ts'
import { startServer, type RunningServer } from './server.ts'

/** Somebody of a workspace, with what they show at the door: a browser's cookie or an agent's token. */
export type Somebody = { id: ActorId; token: string; cookie?: string }

export type Harbour = Awaited<ReturnType<typeof harbour>>

let people = 0

/**
 * A running server with a workspace. People and tokens are made as the admin command makes them, by another process beside the
 * server; what is made here ends with `end`.
 */
export async function harbour(start: Parameters<typeof startServer>[0] = {}) {
  const server: RunningServer = await startServer(start)
  const store = await openStore(server.dataDir, 'process')
  const auth: Auth = createAuth({ db: store.db, secureCookies: false, now: () => Date.now(), onAccessChanged: () => {}, onDirectoryChanged: () => {} })
  const clients: Client[] = []

  const withCookie = async (id: ActorId): Promise<Somebody> =>
    ({ id, token: 'cookie', cookie: (await auth.createSession(id)).setCookie.split(';')[0]! })

  async function workspace(name: string) {
    const made = succeeded(await auth.createWorkspace({ name, ownerName: 'Ada Owner', email: `owner${people++}@example.com`, password: 'correct horse' }))
    return { workspaceId: made.workspaceId, owner: await withCookie(made.userId) }
  }
  const { workspaceId, owner } = await workspace('Harbour')

  return {
    server, auth, workspaceId, owner, workspace,
    db: store.db as Database,
    board: boardDocument(workspaceId),

    async member(role: Role, of: WorkspaceId = workspaceId): Promise<Somebody> {
      const { member } = succeeded(await auth.addMember({ workspaceId: of, role, name: `Person ${people}`, email: `person${people++}@example.com`, password: 'correct horse' }))
      return withCookie(member.id)
    },
    async token(actsAs: TokenKind, name = `${actsAs} ${people++}`, of: WorkspaceId = workspaceId): Promise<Somebody & { tokenId: string }> {
      const { token, id, actorId } = succeeded(await auth.createToken({ workspaceId: of, actsAs, name }))
      return { id: actorId, token, tokenId: id }
    },
    /** A stock client; it is ended with the harbour, if not before. */
    connect(somebody: Somebody, name: string, options: Parameters<typeof connect>[2] = {}): Client {
      const client = connect(server.wsUrl, name, { token: somebody.token, ...somebody.cookie ? { headers: { cookie: somebody.cookie } } : {}, ...options })
      clients.push(client)
      return client
    },
    /** Asks the API as somebody; answers with the status and what was sent back. */
    async api<Body = Record<string, unknown>>(somebody: Somebody | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { ...somebody ? (somebody.cookie ? { cookie: somebody.cookie } : { authorization: `Bearer ${somebody.token}` }) : {}, ...headers },
        ...body === undefined ? {} : { body: body instanceof Uint8Array || typeof body === 'string' ? body as BodyInit : JSON.stringify(body) },
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Body }
    },
    /** Ends the clients that are connected. */
    leave() {
      for (const client of clients.splice(0)) client.end()
    },
    async end() {
      for (const client of clients.splice(0)) client.end()
      await store.close()
      await server.end()
    },
  }
}

/** Resolves once `holds`; asks again every few milliseconds. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, ms = 10_000) {
  const until = Date.now() + ms
  while (!await holds()) {
    if (Date.now() > until) throw new Error(`${what}: not within ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
