import { HocuspocusProvider } from '@hocuspocus/provider'
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'
import { nanoid } from 'nanoid'
import { messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

const syncMessage = 0
const awarenessMessage = 1

/** Milliseconds between two times that edits of others are taken, for each that came together; what comes after a pause is taken at once. */
const rest = 40
const longestRest = 120

/** What a message brings; `null`: something that has to be heard at once, and in its order. */
function bringing(data: ArrayBuffer): 'edit' | 'presence' | null {
  const decoder = createDecoder(new Uint8Array(data))
  readVarString(decoder)
  const type = readVarUint(decoder)
  if (type === awarenessMessage) return 'presence'
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
  #nextAt = 0

  override onMessage(event: MessageEvent) {
    const brings = bringing(event.data as ArrayBuffer)
    if (brings === null) {
      this.#takeAll()
      super.onMessage(event)
      return
    }
    ;(brings === 'edit' ? this.#edits : this.#presence).push(event)
    if (this.#timer !== undefined) return
    const due = this.#nextAt - performance.now()
    if (due <= 0) this.#takeAll()
    else this.#timer = setTimeout(() => this.#takeAll(), due)
  }

  #takeAll() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [edits, presence] = [this.#edits, this.#presence]
    if (edits.length + presence.length === 0) return
    this.#edits = []
    this.#presence = []
    this.#nextAt = performance.now() + Math.min(longestRest, rest * edits.length)
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
