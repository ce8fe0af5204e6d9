import { HocuspocusProvider } from '@hocuspocus/provider'
import { nanoid } from 'nanoid'

/**
 * A provider that can ask the server anew on a socket that is open. Every asking goes under a name of its own: what the server
 * still answers to an earlier one would otherwise count as an acknowledgement of this one. Nothing is sent before the exchange of
 * states begins, which brings it all.
 */
export class DocumentProvider extends HocuspocusProvider {
  #asking = false

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
