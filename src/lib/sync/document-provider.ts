import { HocuspocusProvider } from '@hocuspocus/provider'
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import { nanoid } from 'nanoid'
import { messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const syncMessage = 0
const awarenessMessage = 1
const acknowledgement = 8

/** Milliseconds between two times that edits of others are taken, for each that came together; what comes after a pause is taken at once. */
const restOfOne = 40
const longestRest = 120
/**
 * While one writes oneself, what others wrote is taken between two keys: so long after one, when it is on the screen, and the next is
 * not there yet. Whoever pauses sees it after the longest rest; writing is over so long after the last edit. Milliseconds.
 */
const afterOwn = 35
const longestRestWriting = 250
const writing = 500

/** What a message brings; `null`: something that has to be heard after what came before it. */
function bringing(data: ArrayBuffer): 'edit' | 'presence' | 'acknowledgement' | null {
  const decoder = createDecoder(new Uint8Array(data))
  readVarString(decoder)
  const type = readVarUint(decoder)
  if (type === awarenessMessage) return 'presence'
  if (type === acknowledgement) return 'acknowledgement'
  return type === syncMessage && readVarUint(decoder) === messageYjsUpdate ? 'edit' : null
}

/**
 * A provider that can ask the server anew on a socket that is open. Every asking goes under a name of its own: what the server
 * still answers to an earlier one would otherwise count as an acknowledgement of this one. Nothing is sent before the exchange of
 * states begins, which brings it all.
 *
 * Edits of others that come faster than a page draws are taken together, in one transaction: of twenty who write at once, each
 * letter would otherwise be a drawing of its own.
 */
export class DocumentProvider extends HocuspocusProvider {
  #asking = false
  #edits: MessageEvent[] = []
  #presence: MessageEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #takenAt = -Infinity
  #rest = 0
  #wroteAt = -Infinity

  override onMessage(event: MessageEvent) {
    const brings = bringing(event.data as ArrayBuffer)
    if (brings === null) this.#takeAll()
    // It comes right behind each key, and says nothing of what others wrote.
    if (brings === null || brings === 'acknowledgement') {
      super.onMessage(event)
      return
    }
    ;(brings === 'edit' ? this.#edits : this.#presence).push(event)
    if (this.#timer !== undefined) return
    const now = performance.now()
    const rest = this.#rest > restOfOne && now - this.#wroteAt < writing ? longestRestWriting : this.#rest
    this.#takeAfter(this.#takenAt + rest - now)
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown) {
    super.documentUpdateHandler(update, origin)
    if (origin === this) return
    const now = (this.#wroteAt = performance.now())
    if (this.#timer !== undefined && now + afterOwn >= this.#takenAt + this.#rest) this.#takeAfter(afterOwn)
  }

  #takeAfter(ms: number) {
    clearTimeout(this.#timer)
    if (ms <= 0) this.#takeAll()
    else this.#timer = setTimeout(() => this.#takeAll(), ms)
  }

  #takeAll() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [edits, presence] = [this.#edits, this.#presence]
    if (edits.length + presence.length === 0) return
    this.#edits = []
    this.#presence = []
    this.#takenAt = performance.now()
    this.#rest = Math.min(longestRest, restOfOne * edits.length)
    const take = (events: readonly MessageEvent[]) => {
      for (const event of events) super.onMessage(event)
    }
    if (edits.length > 1) Y.transact(this.document, () => take(edits), this, false)
    else take(edits)
    // A cursor stands in what was written before it was told.
    take(presence)
  }

  override destroy() {
    clearTimeout(this.#timer)
    super.destroy()
  }

  /** Says goodbye under the old name, if the server still knows it, and asks to be let in under a new one. */
  askAgain() {
    const socket = this.configuration.websocketProvider
    socket.detach(this)
    this.#asking = false
    this.synced = false
    this.sessionId = nanoid()
    socket.attach(this)
  }

  override startSync() {
    // Asked again before the token of the last asking was sent: both go on under the new name, and a second exchange would bring
    // an acknowledgement too many.
    if (this.#asking) return
    this.#asking = true
    super.startSync()
  }

  override onClose() {
    this.#takeAll()
    this.#asking = false
    super.onClose()
  }

  override permissionDeniedHandler(reason: string) {
    this.#asking = false
    super.permissionDeniedHandler(reason)
  }

  override send(...[message, content]: Parameters<HocuspocusProvider['send']>) {
    if (this.#asking || 'token' in content) super.send(message, content)
  }
}
