import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import { WebSocketServer, type WebSocket } from 'ws'
import { limitReached, serverStopping } from '#lib/sync/close-reasons.ts'
import type { LimitName, Limits } from '../limits.ts'
import type { Log } from '../log.ts'
import type { SyncContext } from './authenticate.ts'
import { framing, type frame } from './frame.ts'
import type { SocketLimits } from './socket-limits.ts'
import { yWebsocketClient } from './y-websocket.ts'

/** A socket that does not answer between two of these is taken for gone. */
const heartbeatMs = 30_000

type Session = { handleMessage(data: Uint8Array): void; handleClose(event?: { code: number; reason: string }): void }

export type Sockets = {
  /** Answers an upgrade of `/sync`; returns false for a path that is not ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Closes every socket, telling clients to come back. */
  close(): void
}

/**
 * The WebSocket at `/sync`: the Hocuspocus protocol, many documents over one socket. `/sync/<document>` speaks the
 * protocol of y-websocket instead, one document a socket.
 */
export function createSockets({ hocuspocus, originAllowed, addressOf, limits, socketLimits, reached, log }: {
  hocuspocus: Hocuspocus<SyncContext>
  originAllowed: (origin: string, host: string | undefined) => boolean
  /** Where a request comes from; `null` where addresses do not tell people apart. */
  addressOf: (request: IncomingMessage) => string | null
  limits: Limits
  socketLimits: SocketLimits
  reached: (limit: LimitName) => void
  log: Log
}): Sockets {
  // A message this large ends the socket unread; one above the limit is refused by the gate, with words.
  const frameOf = framing()
  const server = new WebSocketServer({ noServer: true, maxPayload: 2 * limits.update_bytes, perMessageDeflate: false, clientTracking: true })
  const alive = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      // One that we do not read at the moment cannot be heard.
      if (!alive.has(socket) && !socket.isPaused) socket.terminate()
      alive.delete(socket)
      if (socket.readyState === socket.OPEN) socket.ping()
    }
  }, heartbeatMs)
  heartbeat.unref()

  /** Whatever goes wrong over one socket ends that socket, and nothing else. */
  const guarded = <Args extends unknown[]>(socket: WebSocket, work: (...args: Args) => void) => (...args: Args) => {
    try {
      work(...args)
    } catch (error) {
      log.error({ err: error }, 'socket failed')
      socket.terminate()
    }
  }

  function connected(socket: WebSocket, stream: Duplex, incoming: IncomingMessage) {
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('error', (error) => log.debug({ err: error }, 'socket error'))
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
    const request = new Request(`http://localhost${incoming.url}`, { headers: headersOf(incoming) })
    const admitted = socketLimits.admitSocket(addressOf(incoming), request, {
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      end: (code, reason) => end(socket, code, reason),
    })
    if ('refused' in admitted) return end(socket, limitReached, admitted.refused)
    const { use } = admitted
    const bound = bounded(socket, stream, frameOf, limits.unread_bytes, () => {
      reached('unread_bytes')
      socket.terminate()
    })
    const session: Session = pathname === '/sync'
      ? hocuspocus.handleConnection(bound, request)
      : yWebsocketClient(hocuspocus, bound, request, pathname.slice('/sync/'.length), searchParams.get('token') ?? '')
    socket.on('message', guarded(socket, (data: Buffer) => {
      alive.add(socket)
      use.received()
      session.handleMessage(data)
    }))
    socket.on('close', guarded(socket, (code: number, reason: Buffer) => {
      socketLimits.endSocket(request)
      session.handleClose({ code, reason: reason.toString() })
    }))
  }

  return {
    upgrade(request, socket, head) {
      const path = request.url?.split('?')[0] ?? ''
      if (path !== '/sync' && !path.startsWith('/sync/')) return false
      const { origin, host } = request.headers
      // Only browsers send an Origin, and with it a cookie that is not theirs to lend.
      if (origin && !originAllowed(origin, host)) {
        log.warn({ origin }, 'socket from a foreign origin refused')
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return true
      }
      socket.on('error', (error) => log.debug({ err: error }, 'socket error'))
      server.handleUpgrade(request, socket, head, (webSocket) => guarded(webSocket, connected)(webSocket, socket, request))
      return true
    },
    close() {
      clearInterval(heartbeat)
      for (const socket of server.clients) socket.close(serverStopping.code, serverStopping.reason)
    },
  }
}

/** Ends a socket with a reason that its other side can read, but waits for no answer of it for long. */
function end(socket: WebSocket, code: number, reason: string) {
  socket.close(code, Buffer.from(reason).subarray(0, 120).toString().replace(/�+$/, ''))
  setTimeout(() => socket.terminate(), 1_000).unref()
}

function headersOf({ headers }: IncomingMessage): Headers {
  const all = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value ?? '']) all.append(name, each)
  }
  return all
}

/**
 * A socket on which nothing more is put once its reader has fallen too far behind. It then comes back for what it missed, which
 * costs less than to keep it all. Messages go framed to the stream below the socket: the socket itself would frame a broadcast
 * anew for each reader, and write it in two pieces. As nothing is compressed, it never has frames of its own that wait.
 */
const bounded = (socket: WebSocket, stream: Duplex, frameOf: typeof frame, mostUnread: number, drop: () => void): WebSocketLike => ({
  get readyState() {
    return socket.readyState
  },
  send(data) {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > mostUnread) return drop()
    const framed = frameOf(data as Uint8Array)
    if (framed) stream.write(framed)
    else socket.send(data as Uint8Array)
  },
  close: (code, reason) => socket.close(code, reason),
})
