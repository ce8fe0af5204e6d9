import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

type Connect = {
  token?: string
  /** Sent with the WebSocket's request, as a browser would. */
  headers?: { cookie?: string; origin?: string }
  document?: Y.Doc
}

export type Client = Awaited<ReturnType<typeof connect>>

const within = <T>(ms: number, what: () => string, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`${what()} within ${ms} ms`)), ms) })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** A stock Hocuspocus client of one document: what any agent or browser can use. It reconnects by itself. */
export function connect(wsUrl: string, name: string, { token = 'cookie', headers, document = new Y.Doc() }: Connect = {}) {
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers })
      // A socket that is given up while it connects says so by an error, which its new one makes good.
      this.on('error', () => {})
    }
  }
  const socket = new HocuspocusProviderWebsocket({ url: wsUrl, WebSocketPolyfill: Socket, delay: 100, minDelay: 50, maxDelay: 500 })
  const closes: string[] = []
  let refused: string | null = null
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document,
    token,
    sessionAwareness: true,
    onClose: ({ event }) => closes.push(event.reason),
    onAuthenticationFailed: ({ reason }) => { refused = reason },
  })
  // A provider on a socket of its own making attaches by itself; on one that it was given it does not.
  provider.attach()

  /** Resolves once `holds`, asked at every event of the provider and of the document. */
  const until = (what: string, holds: () => boolean, ms = 10_000) => {
    const events = ['synced', 'unsyncedChanges', 'authenticated', 'authenticationFailed', 'close', 'disconnect', 'status'] as const
    let ask = () => {}
    const told = new Promise<void>((resolve, reject) => {
      ask = () => {
        if (holds()) resolve()
        else if (refused !== null) reject(new Error(`${name} was refused: ${refused}`))
      }
    })
    for (const event of events) provider.on(event, ask)
    document.on('update', ask)
    ask()
    return within(ms, () => `${name} was not ${what} (status ${socket.status}, unsynced ${provider.unsyncedChanges}, closed for "${closes.join('", "')}")`, told).finally(() => {
      for (const event of events) provider.off(event, ask)
      document.off('update', ask)
    })
  }

  return {
    document,
    provider,
    socket,
    /** Reasons of the closes so far, of the document or of the socket. */
    closes: () => [...closes],
    refused: () => refused,
    until,
    /** Resolves when the server's state has arrived; rejects when it refuses to let this client in. */
    synced: (ms?: number) => until('synced', () => socket.status === 'connected' && provider.isSynced && provider.isAuthenticated, ms),
    /** Resolves when the server has acknowledged everything sent. */
    acknowledged: (ms?: number) => until('acknowledged', () => socket.status === 'connected' && provider.isSynced && provider.unsyncedChanges === 0, ms),
    /** Cuts the connection until `comeBack`, as a network would. */
    goAway: () => socket.disconnect(),
    comeBack: async () => {
      // The provider takes a socket that is still closing for a connected one, and would stay away.
      while (!socket.shouldConnect && socket.webSocket !== null) await new Promise((resolve) => setTimeout(resolve, 5))
      void socket.connect()
    },
    end: () => {
      provider.destroy()
      socket.destroy()
    },
  }
}
