import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import crossws, { type NodeAdapter } from 'crossws/adapters/node'
import { maxMessageBytes } from '#lib/board/limits.ts'
import { serverStopping } from '#lib/sync/close-reasons.ts'
import type { Log } from '../log.ts'
import type { SyncContext } from './authenticate.ts'
import { yWebsocketClient } from './y-websocket.ts'

/** A message this large ends the socket unread; one above `maxMessageBytes` is refused by the gate, with words. */
const hardLimit = 2 * maxMessageBytes
/** Whoever does not read has this much kept for them; then the socket ends, and they come back for what they missed. */
const longestBacklog = 16 * 1024 * 1024

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
export function createSockets({ hocuspocus, originAllowed, log }: {
  hocuspocus: Hocuspocus<SyncContext>
  originAllowed: (origin: string, host: string | undefined) => boolean
  log: Log
}): Sockets {
  const sessions = new WeakMap<object, Session>()

  const adapter: NodeAdapter = crossws({
    serverOptions: { maxPayload: hardLimit, perMessageDeflate: false },
    hooks: {
      open(peer) {
        const socket = bounded(peer.websocket as WebSocketLike & { bufferedAmount?: number }, () => peer.terminate())
        const { pathname, searchParams } = new URL(peer.request.url)
        const request = peer.request as Request
        sessions.set(peer, pathname === '/sync'
          ? hocuspocus.handleConnection(socket, request)
          : yWebsocketClient(hocuspocus, socket, request, pathname.slice('/sync/'.length), searchParams.get('token') ?? ''))
      },
      message(peer, message) {
        sessions.get(peer)?.handleMessage(message.uint8Array())
      },
      close(peer, { code, reason }) {
        sessions.get(peer)?.handleClose({ code: code ?? 1006, reason: reason ?? '' })
      },
      error(peer, error) {
        log.debug({ err: error, peer: peer.id }, 'socket error')
      },
    },
  })

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
      void adapter.handleUpgrade(request, socket, head)
      return true
    },
    close() {
      adapter.closeAll(serverStopping.code, serverStopping.reason)
    },
  }
}

/** A socket on which nothing more is put once its reader has fallen too far behind. */
const bounded = (socket: WebSocketLike & { bufferedAmount?: number }, end: () => void): WebSocketLike => ({
  get readyState() {
    return socket.readyState
  },
  send(data) {
    if ((socket.bufferedAmount ?? 0) > longestBacklog) end()
    else socket.send(data)
  },
  close: (code, reason) => socket.close(code, reason),
})
