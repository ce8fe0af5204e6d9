import { ObservableV2 } from 'lib0/observable'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { maxMessageBytes } from '#lib/board/limits.ts'
import { notFoundOrNotAllowed, notSignedIn, parseRefusal, refusals, type RefusalCode } from './close-reasons.ts'
import type { Connection, LocalCopy } from './connection.ts'
import { DocumentProvider } from './document-provider.ts'

const retryDelaysMs = [500, 1_000, 2_000, 5_000, 10_000]
/** More refusals than this within a minute, and the document stays closed. */
const refusalsPerMinute = 3
/** A message that was lost on the way is brought again this often within a minute; after that it is no accident. */
const resyncsPerMinute = 5
/** After so many denials, with nothing left to send that could change it, what waits here will never be taken. */
const denialsAreFinal = 4
/** The code with which a socket ends that was sent more than its other side reads. */
const messageTooBig = 1009

/**
 * A document over a Connection. `doc` is usable at once, also without the network. When the server refuses an edit,
 * the document is rebuilt from the server: `doc` is then another one, and `replaced` says so.
 */
export class OpenDocument extends ObservableV2<{
  /** `ready`, `synced`, `denied` or `readOnly` changed. */
  change: () => void
  replaced: () => void
}> {
  readonly name: string
  doc!: Y.Doc
  /** What is here is the server's state or was once: an empty document is then truly empty. */
  ready = false
  /** In step with the server right now. */
  synced = false
  readOnly = false
  /** The server said that this does not exist, or not for us. */
  denied = false
  #connection: Connection
  #provider!: DocumentProvider
  #copy: LocalCopy | null = null
  #retries = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #denials = 0
  #refusals: number[] = []
  #resyncs: number[] = []
  #rebuilding: Promise<void> | null = null
  #destroyed = false

  constructor(connection: Connection, name: string) {
    super()
    this.#connection = connection
    this.name = name
    void this.#start()
  }

  get awareness(): Awareness {
    return this.#provider.awareness!
  }

  /** Resolves when `ready`. */
  whenReady(): Promise<void> {
    return this.#when(() => this.ready)
  }

  /** Resolves when the server has acknowledged everything that was written here. */
  whenAcknowledged(): Promise<void> {
    return this.#when(() => this.synced && this.#connection.waitingIn(this.name) === 0)
  }

  /** Asks again for what was denied. */
  retryIfDenied() {
    if (this.denied) this.#authenticateAgain()
  }

  async destroy() {
    this.#destroyed = true
    clearTimeout(this.#retryTimer)
    this.#provider.destroy()
    await this.#copy?.close()
    this.doc.destroy()
    super.destroy()
  }

  #when(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition()) return
        this.off('change', check)
        resolve()
      }
      this.on('change', check)
      check()
    })
  }

  async #start() {
    const doc = this.doc = new Y.Doc()
    this.#copy = this.#connection.options.keep?.(this.name, doc) ?? null
    const provider = this.#provider = new DocumentProvider({
      websocketProvider: this.#connection.socket,
      name: this.name,
      document: doc,
      token: this.#connection.options.token ?? 'session',
      // Without it a provider made anew on a shared socket reports synced and never connects.
      sessionAwareness: true,
    })
    doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#connection.setWaiting(this.name, this.#connection.waitingIn(this.name) + 1)
    })
    provider.on('authenticated', ({ scope }: { scope: string }) => {
      this.denied = false
      this.#denials = 0
      this.readOnly = scope === 'readonly'
      this.emit('change', [])
    })
    provider.on('authenticationFailed', ({ reason }: { reason: string }) => {
      if (reason === notSignedIn) this.#connection.emit('signed out', [])
      this.denied = true
      this.emit('change', [])
      this.#retryLater()
      if (reason === notFoundOrNotAllowed && ++this.#denials >= denialsAreFinal && this.#waits && !this.#connection.mayStillSend) {
        this.#refuse({ code: 'not_allowed', message: 'This does not exist any more, or you may not see it.' })
      }
    })
    provider.on('close', ({ event }: { event?: { code?: number; reason?: string } }) => {
      this.#setSynced(false)
      const refusal = parseRefusal(event?.reason)
      if (refusal?.code === 'resync' && (this.#resyncs = withinAMinute(this.#resyncs)).length <= resyncsPerMinute) this.#authenticateAgain()
      else if (refusal) this.#refuse(refusal)
      else if (event?.code === messageTooBig && this.#waits && Y.encodeStateAsUpdate(doc).byteLength > maxMessageBytes) {
        this.#refuse({ code: 'too_large', message: refusals.too_large })
      }
      // The server closed this document alone: rights changed, or it could not store.
      else if (event?.reason && this.#connection.status === 'connected') this.#retryLater()
    })
    provider.on('unsyncedChanges', ({ number }: { number: number }) => this.#noteSync(number))
    provider.on('synced', () => this.#noteSync(provider.unsyncedChanges))

    const kept = await this.#copy?.loaded
    if (this.#destroyed || this.doc !== doc) return
    if (kept?.synced) this.#setReady()
    provider.attach()
  }

  #noteSync(unacknowledged: number) {
    if (!this.#provider.synced || unacknowledged > 0) return
    if (!this.ready) this.#setReady()
    this.#retries = 0
    this.#copy?.markSynced()
    this.#connection.setWaiting(this.name, 0)
    this.#setSynced(true)
  }

  #setReady() {
    this.ready = true
    this.emit('change', [])
  }

  #setSynced(synced: boolean) {
    if (!synced && !this.synced) return
    this.synced = synced
    this.emit('change', [])
  }

  #retryLater() {
    clearTimeout(this.#retryTimer)
    const delay = retryDelaysMs[Math.min(this.#retries++, retryDelaysMs.length - 1)]
    this.#retryTimer = setTimeout(() => this.#authenticateAgain(), delay)
  }

  #authenticateAgain() {
    clearTimeout(this.#retryTimer)
    if (this.#destroyed || this.#connection.status !== 'connected') return
    this.#provider.askAgain()
  }

  get #waits() {
    return this.#connection.waitingIn(this.name) > 0
  }

  #refuse(refusal: { code: RefusalCode; message: string }) {
    this.#rebuilding ??= this.#rebuild(refusal).finally(() => this.#rebuilding = null)
  }

  async #rebuild({ code, message }: { code: RefusalCode; message: string }) {
    this.#refusals = withinAMinute(this.#refusals)
    const stopped = this.#refusals.length > refusalsPerMinute
    clearTimeout(this.#retryTimer)
    this.#provider.destroy()
    await this.#copy?.discard()
    // Not before: somebody may have typed on meanwhile.
    const lost = Y.encodeStateAsUpdate(this.doc)
    this.doc.destroy()
    this.ready = false
    this.synced = false
    this.#connection.setWaiting(this.name, 0)
    if (this.#destroyed) return
    this.#connection.emit('refused', [{ document: this.name, code, message, lost, stopped }])
    if (stopped) {
      this.denied = true
      this.emit('change', [])
      return
    }
    await this.#start()
    this.emit('replaced', [])
  }
}

/** The times that are no longer ago than a minute, and now. */
function withinAMinute(times: readonly number[]): number[] {
  const now = Date.now()
  return [...times.filter((at) => now - at < 60_000), now]
}
