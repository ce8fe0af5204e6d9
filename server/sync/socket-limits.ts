import type { Connection, Extension } from '@hocuspocus/server'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { limitReason } from '#lib/sync/close-reasons.ts'
import type { LimitName, Limits } from '../limits.ts'
import type { SyncContext } from './authenticate.ts'
import { SocketUse, type Line } from './socket-use.ts'

export type SocketLimits = {
  extension: Extension<SyncContext>
  /** A socket came from an address (`null` where addresses tell nobody apart); the words of a refusal, or what counts its use. */
  admitSocket(address: string | null, request: Request, line: Line): { use: SocketUse } | { refused: string }
  /** The reason why a document of this workspace is not opened over this socket, or `null`. */
  admitDocument(request: Request, workspaceId: WorkspaceId): string | null
  endSocket(request: Request): void
  sockets(): number
}

export function createSocketLimits({ limits, now, reached }: {
  limits: Limits
  /** Milliseconds, from anywhere. */
  now: () => number
  reached: (limit: LimitName) => void
}): SocketLimits {
  const uses = new Map<Request, { use: SocketUse; address: string | null }>()
  const addresses = new Map<string, number>()
  /** Sockets by workspace that they have a document open of. */
  const workspaces = new Map<WorkspaceId, Set<SocketUse>>()

  function opened(use: SocketUse, connection: Connection, workspaceId: WorkspaceId) {
    use.opened(connection, workspaceId)
    const there = workspaces.get(workspaceId) ?? new Set()
    workspaces.set(workspaceId, there.add(use))
    connection.onClose(() => {
      use.closed(connection, workspaceId)
      if (use.workspaces.has(workspaceId)) return
      there.delete(use)
      if (there.size === 0 && workspaces.get(workspaceId) === there) workspaces.delete(workspaceId)
    })
  }

  return {
    admitSocket(address, request, line) {
      const here = address === null ? 0 : addresses.get(address) ?? 0
      if (here >= limits.connections_per_address) {
        reached('connections_per_address')
        return { refused: limitReason('connections_per_address', `There are ${limits.connections_per_address} connections from this network already. Close some, then try again.`) }
      }
      if (address !== null) addresses.set(address, here + 1)
      const use = new SocketUse(limits, line, reached, now)
      uses.set(request, { use, address })
      return { use }
    },
    admitDocument(request, workspaceId) {
      const use = uses.get(request)?.use
      if (!use) return null
      if (use.documents.size >= limits.documents_per_connection) {
        reached('documents_per_connection')
        return limitReason('documents_per_connection', `${limits.documents_per_connection} documents are open over this connection already. Close some, then try again.`)
      }
      const there = workspaces.get(workspaceId)
      if (there && !there.has(use) && there.size >= limits.connections_per_workspace) {
        reached('connections_per_workspace')
        return limitReason('connections_per_workspace', `${limits.connections_per_workspace} connections to this workspace are open already. Close some, then try again.`)
      }
      return null
    },
    endSocket(request) {
      const known = uses.get(request)
      if (!known) return
      uses.delete(request)
      known.use.end()
      if (known.address === null) return
      const left = (addresses.get(known.address) ?? 1) - 1
      if (left > 0) addresses.set(known.address, left)
      else addresses.delete(known.address)
    },
    sockets: () => uses.size,
    extension: {
      extensionName: 'socket-limits',
      async connected({ connection, request, context }) {
        const use = uses.get(request)?.use
        if (!use) return
        opened(use, connection, context.actor.workspaceId)
        const handle = connection.handleMessage.bind(connection)
        connection.handleMessage = (message) => {
          use.queued(connection, message)
          handle(message)
        }
      },
      async afterHandleMessage({ connection, update }) {
        uses.get(connection.request)?.use.handled(connection, update)
      },
    },
  }
}
