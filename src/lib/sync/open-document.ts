import { ObservableV2 } from 'lib0/observable'
import { nanoid } from 'nanoid'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { maxMessageBytes } from '#lib/board/limits.ts'
import { accessChanged, notFoundOrNotAllowed, notSignedIn, parseLimit, parseRefusal, refusals, storeFailing, type RefusalCode } from './close-reasons.ts'
import type { Connection, LocalCopy } from './connection.ts'
import { DocumentProvider } from './document-provider.ts'
import { readNotice, type Notice } from './notices.ts'
import { askAgainAfterMs, withinAMinute, type Cause } from './pace.ts'

/** More refusals than this within a minute, and the document stays closed. */
const refusalsPerMinute = 3
/** A message that was lost on the way is brought again this often within a minute; after that it is no accident. */
const resyncsPerMinute = 5
/** After so many denials, with nothing left to send that could change it, what waits here will never be taken. */
const denialsAreFinal = 4
/** An acknowledgement that takes longer was lost on the way, if not what it was for. */
const longestAnswerMs = 60_000
/** The code with which a socket ends that was sent more than its other side reads. */
const messageTooBig = 1009

type Why = { code: RefusalCode; message: string }

/** Why the server does not let us have a document. `stopped`: it refused our edits again and again. */
type Denial = 'not here' | 'signed out' | 'stopped'

/**
 * A document over a Connection. `doc` is usable at once, also without the network. When the server refuses an edit,
 * the document is rebuilt from the server: `doc` is then another one, and `replaced` says so.
 */
export class OpenDocument extends ObservableV2<{
  /** `ready`, `synced`, `denial`, `unreadable` or `readOnly` changed. */
  change: () => void
  replaced: () => void
  /** The server has something to tell besides the document's content. */
  notice: (notice: Notice) => void
}> {
  readonly name: string
  doc!: Y.Doc
  /** What is here is the server's state or was once: an empty document is then truly empty. */
  ready = false
  /** In step with the server right now. */
  synced = false
  /** `null` until the server said it. */
  readOnly: boolean | null = null
  denial: Denial | null = null
  /** The server cannot read it from its disk at the moment. */
  unreadable = false
  #connection: Connection
  #provider!: DocumentProvider
  #copy: LocalCopy | null = null
  #title: string | null = null
  #asking: { cause: Cause; tries: number; since: number } | null = null
  #askTimer: ReturnType<typeof setTimeout> | undefined
  #overdueTimer: ReturnType<typeof setTimeout> | undefined
  #denials = 0
  #refusals: number[] = []
  #resyncs: number[] = []
  #rebuilding: Promise<void> | null = null
  #destroyed = false
  /** How far our own edits are acknowledged, as a Yjs clock. */
  #acknowledged = 0
  /** The server has taken all that came into this document otherwise than by an edit here. */
  #accepted = false

  constructor(connection: Connection, name: string) {
    super()
    this.#connection = connection
    this.name = name
    this.#start()
  }

  get awareness(): Awareness {
    return this.#provider.awareness!
  }

  /** The server said that this does not exist, or not for us. */
  get denied(): boolean {
    return this.denial !== null
  }

  /** Resolves when `ready`. */
  whenReady(): Promise<void> {
    return this.#when(() => this.ready)
  }

  /** Resolves when the server has acknowledged everything that was written here. */
  whenAcknowledged(): Promise<void> {
    return this.#when(() => this.synced && !this.#waits)
  }

  /** Tells the server something besides the content; lost while it cannot be reached. */
  tell(message: string) {
    if (this.synced) this.#provider.sendStateless(message)
  }

  /** Asks again for what was denied. */
  retryIfDenied() {
    if (this.denied) this.#askAgain()
  }

  async destroy() {
    this.#destroyed = true
    clearTimeout(this.#askTimer)
    clearTimeout(this.#overdueTimer)
    this.#provider.destroy()
    await this.#rebuilding
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

  #start() {
    const doc = this.doc = new Y.Doc()
    this.ready = false
    this.#acknowledged = 0
    this.#accepted = false
    const copy = this.#keepCopy(doc)
    const provider = this.#provider = new DocumentProvider({
      websocketProvider: this.#connection.socket,
      name: this.name,
      document: doc,
      token: this.#connection.options.token ?? 'session',
      // Without it a provider made anew on a shared socket reports synced and never connects.
      sessionAwareness: true,
    })
    doc.on('update', (_update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) {
        this.#title = this.#known
        this.#connection.setWaiting(this.name, this.#connection.waitingIn(this.name) + 1)
      } else if (origin !== provider) this.#accepted = false
    })
    provider.on('authenticated', ({ scope }: { scope: string }) => {
      this.denial = null
      this.#denials = 0
      this.readOnly = scope === 'readonly'
      this.#setUnreadable(false)
      this.emit('change', [])
    })
    provider.on('authenticationFailed', ({ reason }: { reason: string }) => this.#notLetIn(reason))
    provider.on('close', ({ event }: { event?: { code?: number; reason?: string } }) => this.#closed(event?.code, event?.reason))
    provider.on('stateless', ({ payload }: { payload: string }) => {
      const notice = readNotice(payload)
      if (notice?.kind === 'store') this.#connection.noteStore(notice.failing)
      else if (notice) this.emit('notice', [notice])
    })
    provider.on('unsyncedChanges', ({ number }: { number: number }) => this.#noteSync(number))
    provider.on('synced', () => this.#noteSync(provider.unsyncedChanges))
    void this.#join(doc, provider, copy)
  }

  /** What this device has comes first; then the server's, and what it lacks goes there. */
  async #join(doc: Y.Doc, provider: DocumentProvider, copy: LocalCopy | null) {
    const kept = await copy?.loaded
    if (this.#destroyed || this.doc !== doc || this.denial === 'stopped') return
    if (kept?.synced) this.#setReady()
    provider.attach()
  }

  #keepCopy(doc: Y.Doc): LocalCopy | null {
    const copy = this.#connection.options.keep?.(this.name, doc, () => {
      if (copy && copy === this.#copy) void this.#discardedElsewhere(copy)
    }) ?? null
    return this.#copy = copy
  }

  #notLetIn(reason: string) {
    if (reason === storeFailing) {
      this.#setUnreadable(true)
      return this.#askLater('store failing')
    }
    if (parseLimit(reason)) {
      this.#connection.noteLimit(reason)
      return this.#askLater('limited')
    }
    // A failure of the server is not its word on the document.
    if (reason !== notSignedIn && reason !== notFoundOrNotAllowed) return this.#askLater('closed')
    if (reason === notSignedIn) this.#connection.emit('signed out', [])
    this.denial = reason === notSignedIn ? 'signed out' : 'not here'
    this.#setUnreadable(false)
    this.emit('change', [])
    this.#askLater('denied')
    if (this.denial === 'not here' && ++this.#denials >= denialsAreFinal && this.#waits && !this.#connection.mayStillSend) {
      this.#refuse({ code: 'not_allowed', message: 'It does not exist any more, or you may no longer see it.' })
    }
  }

  #closed(code: number | undefined, reason: string | undefined) {
    this.#setSynced(false)
    this.#setUnreadable(reason === storeFailing)
    const refusal = parseRefusal(reason)
    if (refusal?.code === 'resync' && (this.#resyncs = withinAMinute(this.#resyncs)).length <= resyncsPerMinute) this.#askAgain()
    else if (refusal?.code === 'not_allowed' && this.readOnly) this.#refuse({ code: refusal.code, message: 'You are a viewer here now, and viewers cannot change anything.' })
    else if (refusal) this.#refuse(refusal)
    else if (code === messageTooBig && this.#waits && Y.encodeStateAsUpdate(this.doc).byteLength > maxMessageBytes) {
      this.#refuse({ code: 'too_large', message: refusals.too_large })
    } else if (reason && this.#connection.status === 'connected') {
      // The server closed this document alone.
      this.#connection.noteLimit(reason)
      this.#askLater(reason === accessChanged.reason ? 'access changed' : reason === storeFailing ? 'store failing' : parseLimit(reason) ? 'limited' : 'closed')
    }
  }

  #noteSync(unacknowledged: number) {
    clearTimeout(this.#overdueTimer)
    if (unacknowledged > 0) this.#overdueTimer = setTimeout(() => this.#overdue(unacknowledged), longestAnswerMs)
    if (!this.#provider.synced || unacknowledged > 0) return
    if (!this.ready) this.#setReady()
    this.#asking = null
    this.#accepted = true
    this.#acknowledged = Y.getState(this.doc.store, this.doc.clientID)
    this.#copy?.markSynced()
    this.#connection.socket.settled()
    this.#connection.setWaiting(this.name, 0)
    this.#setSynced(true)
  }

  #overdue(unacknowledged: number) {
    if (this.#connection.storeFailing) this.#noteSync(unacknowledged)
    else if (this.#waits && !this.denied) this.#askAgain()
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

  #setUnreadable(unreadable: boolean) {
    if (this.unreadable === unreadable) return
    this.unreadable = unreadable
    this.#connection.noteStore()
    this.emit('change', [])
  }

  #askLater(cause: Cause) {
    clearTimeout(this.#askTimer)
    const now = Date.now()
    if (this.#asking?.cause !== cause) this.#asking = { cause, tries: 0, since: now }
    const delay = askAgainAfterMs(cause, this.#asking.tries++, now - this.#asking.since)
    this.#askTimer = setTimeout(() => this.#askAgain(), delay)
  }

  #askAgain() {
    clearTimeout(this.#askTimer)
    if (this.#destroyed || this.#rebuilding || this.denial === 'stopped' || this.#connection.status !== 'connected') return
    this.#provider.askAgain()
  }

  /** What a person calls this; it may be gone from the board by now. */
  get #known() {
    return this.#connection.options.titleOf?.(this.name) ?? this.#title
  }

  get #waits() {
    return this.#connection.waitingIn(this.name) > 0
  }

  #refuse(why: Why) {
    this.#refusals = withinAMinute(this.#refusals)
    this.#startOver(why, this.#refusals.length > refusalsPerMinute)
  }

  #startOver(why: Why, stopped = false) {
    this.#rebuilding ??= this.#rebuild(why, stopped).finally(() => {
      this.#rebuilding = null
    })
  }

  async #rebuild(why: Why, stopped: boolean) {
    clearTimeout(this.#askTimer)
    this.#provider.destroy()
    this.#setSynced(false)
    const lost = this.doc
    const id = this.#copy?.id ?? nanoid()
    let typedOn = false
    lost.on('update', () => (typedOn = true))
    // Kept before anything is given up.
    const before = await this.#keepLost(id, why)
    // From here to `replaced` nothing is awaited: whoever edits does so either in what is kept, or in the new document.
    if (typedOn) void this.#keepLost(id, why)
    this.#copy?.discard()
    if (before === null || this.#hasOwn(before.content)) {
      const { code, message } = before ?? why
      this.#connection.emit('refused', [{ document: this.name, title: this.#known, code, message, lost: Y.encodeStateAsUpdate(lost), stopped }])
    }
    // Nobody may have it open any more: then this is its end.
    this.#connection.setWaiting(this.name, 0)
    if (this.#destroyed) return
    if (stopped) this.denial = 'stopped'
    this.#start()
    this.emit('change', [])
    this.emit('replaced', [])
    lost.destroy()
  }

  /** Keeps the document as it is now. Answers with what was kept of the same copy before, by another page. */
  async #keepLost(id: string, { code, message }: Why) {
    return await this.#connection.options.undone?.keep({ id, document: this.name, title: this.#known, at: Date.now(), code, message, content: Y.encodeStateAsUpdate(this.doc) }) ?? null
  }

  /** Whether there are edits made here that neither the server has taken nor this update holds. */
  #hasOwn(update: Uint8Array): boolean {
    const { store, clientID } = this.doc
    return Y.getState(store, clientID) > Math.max(this.#acknowledged, clockIn(update, clientID))
  }

  /**
   * Another page of this device lost the copy that we share. What is here may hold what was refused there, unless the server has
   * taken all of it but our own edits: then only the copy is another one.
   */
  async #discardedElsewhere(copy: LocalCopy) {
    const { doc } = this
    const lost = await this.#connection.options.undone?.find(copy.id)
    if (this.#destroyed || this.#rebuilding || this.doc !== doc) return
    if (!this.#accepted || (lost && clockIn(lost.content, doc.clientID) > this.#acknowledged)) {
      return this.#startOver({ code: 'not_allowed', message: 'A change to it was refused in another window.' })
    }
    void copy.close()
    await this.#keepCopy(doc)?.loaded
    if (this.synced) this.#copy?.markSynced()
    this.#connection.rememberWaiting(this.name)
  }
}

const clockIn = (update: Uint8Array, client: number) => Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).get(client) ?? 0
