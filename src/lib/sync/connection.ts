import { WebSocketStatus } from '@hocuspocus/provider'
import { ObservableV2 } from 'lib0/observable'
import type * as Y from 'yjs'
import { parseLimit, type RefusalCode } from './close-reasons.ts'
import { OpenDocument } from './open-document.ts'
import { Socket } from './socket.ts'
import type { UndoneChanges } from './undone-changes.ts'

/** A document's copy on this device. */
export type LocalCopy = {
  /** Pages of one device that share a copy know it by the same id. */
  id: string
  /** Resolves when what was kept is in the document; `synced`: the server's state had been received once before. */
  loaded: Promise<{ synced: boolean }>
  markSynced(): void
  close(): Promise<void>
  /** Gives the copy up, for every page of this device: who keeps the document from now on starts without it. */
  discard(): void
}

/** `discarded` is called when another page of this device gave the copy up. */
export type KeepCopy = (document: string, doc: Y.Doc, discarded: () => void) => LocalCopy

/** Remembers how many changes of which document wait for the server, beyond a reload; several tabs may share one. */
export type WaitingRecord = { read(): Record<string, number>; set(document: string, changes: number): void }

export type ConnectionOptions = {
  /** `ws://…/sync` */
  url: string
  /** An agent token; a browser's session cookie counts when it is left out. */
  token?: string
  keep?: KeepCopy
  waiting?: WaitingRecord
  /** Where what was refused is kept. */
  undone?: UndoneChanges
  /** What a person calls a document, as far as it is known. */
  titleOf?: (document: string) => string | null
}

export type Refusal = {
  document: string
  /** What a person calls it, where that was known. */
  title: string | null
  code: RefusalCode
  message: string
  /** The document as this client had it, with the edits that were refused, as a Yjs update. */
  lost: Uint8Array
  /** Refused again and again: the document stays closed until it is opened anew. */
  stopped: boolean
}

export type ConnectionStatus = 'connecting' | 'connected' | 'offline'

/**
 * One WebSocket with many documents, for browsers, agents and tests alike. Edits work at once and offline;
 * what was not acknowledged by the server counts as waiting, and is sent when the network is back, also for
 * documents that nobody has open any more.
 */
export class Connection extends ObservableV2<{
  status: (status: ConnectionStatus) => void
  waiting: (changes: number) => void
  refused: (refusal: Refusal) => void
  /** `storeFailing` changed. */
  store: (failing: boolean) => void
  /** The server let us do no more of something for a while; told once a minute for each limit. */
  limited: (limit: { name: string; message: string }) => void
  /** The server does not know us any more. */
  'signed out': () => void
}> {
  readonly options: ConnectionOptions
  readonly socket: Socket
  status: ConnectionStatus = 'connecting'
  /** The server says that it cannot write to its disk, or read from it: what waits goes on waiting. */
  storeFailing = false
  #noticed = false
  #limits = new Map<string, number>()
  #documents = new Map<string, OpenDocument>()
  #users = new Map<string, number>()
  #waiting: Map<string, number>

  constructor(options: ConnectionOptions) {
    super()
    this.options = options
    this.#waiting = new Map(Object.entries(options.waiting?.read() ?? {}))
    this.socket = new Socket(options.url)
    this.socket.on('close', ({ event }: { event?: { reason?: string } }) => {
      this.noteLimit(event?.reason)
      this.noteStore(false)
    })
    this.socket.on('status', ({ status }: { status: WebSocketStatus }) => {
      this.#setStatus(status === WebSocketStatus.Connected ? 'connected' : this.status === 'offline' || status === WebSocketStatus.Disconnected ? 'offline' : 'connecting')
    })
    for (const name of this.#waiting.keys()) this.#document(name)
  }

  /** Changes made here that the server has not acknowledged. */
  get waiting(): number {
    let changes = 0
    for (const count of this.#waiting.values()) changes += count
    return changes
  }

  /** Opens a document, or joins it where it is open already. Every open needs its `close`. */
  open(name: string): OpenDocument {
    this.#users.set(name, (this.#users.get(name) ?? 0) + 1)
    return this.#document(name)
  }

  /** Gives a document up; it stays open as long as others use it or changes of it wait. */
  close(document: OpenDocument) {
    const users = (this.#users.get(document.name) ?? 1) - 1
    this.#users.set(document.name, users)
    this.#release(document.name)
  }

  /** Tells what the operating system says of the network; an open socket would notice only after a while. */
  setOnline(online: boolean) {
    if (online) void this.socket.connect()
    else {
      this.socket.disconnect()
      this.socket.drop()
      this.#setStatus('offline')
    }
  }

  async destroy() {
    await Promise.all([...this.#documents.values()].map((document) => document.destroy()))
    this.#documents.clear()
    this.socket.destroy()
    super.destroy()
  }

  /** For OpenDocument: the number of its changes that wait. */
  setWaiting(name: string, changes: number) {
    if ((this.#waiting.get(name) ?? 0) === changes) return
    if (changes === 0) this.#waiting.delete(name)
    else this.#waiting.set(name, changes)
    this.options.waiting?.set(name, changes)
    this.emit('waiting', [this.waiting])
    if (changes === 0) {
      // A document may have been refused because the board did not have its mission yet.
      for (const other of this.#documents.values()) other.retryIfDenied()
      this.#release(name)
    }
  }

  /** For OpenDocument: another page may have written that nothing waits. */
  rememberWaiting(name: string) {
    this.options.waiting?.set(name, this.waitingIn(name))
  }

  /** For OpenDocument: what the server told of its disk; nothing is what is new about a document that it could not read. */
  noteStore(failing = this.#noticed) {
    this.#noticed = failing
    const now = failing || [...this.#documents.values()].some(({ unreadable }) => unreadable)
    if (now === this.storeFailing) return
    this.storeFailing = now
    this.emit('store', [now])
  }

  /** For OpenDocument: a reason that may be a limit. */
  noteLimit(reason: string | undefined) {
    const limit = parseLimit(reason)
    const now = Date.now()
    if (!limit || now - (this.#limits.get(limit.name) ?? 0) < 60_000) return
    this.#limits.set(limit.name, now)
    this.emit('limited', [limit])
  }

  waitingIn = (name: string) => this.#waiting.get(name) ?? 0

  /** For OpenDocument: something that waits may yet be sent, and with it what a denied document needs. */
  get mayStillSend(): boolean {
    return [...this.#documents.values()].some((document) => !document.denied && this.waitingIn(document.name) > 0)
  }

  #document(name: string) {
    let document = this.#documents.get(name)
    if (!document) this.#documents.set(name, document = new OpenDocument(this, name))
    return document
  }

  #release(name: string) {
    const document = this.#documents.get(name)
    if (!document || (this.#users.get(name) ?? 0) > 0 || this.waitingIn(name) > 0) return
    this.#users.delete(name)
    this.#documents.delete(name)
    void document.destroy()
  }

  #setStatus(status: ConnectionStatus) {
    if (this.status === status) return
    this.status = status
    this.emit('status', [status])
  }
}
