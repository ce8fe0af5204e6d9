import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { limitReached } from './close-reasons.ts'

/** How long one stays away after each time in a row that the server closed the socket for a limit. */
const stayAwayMs = [1_000, 2_000, 5_000, 10_000, 30_000]

/** The connection's WebSocket, which comes back by itself. */
export class Socket extends HocuspocusProviderWebsocket {
  #limited = 0

  constructor(url: string) {
    super({ url, delay: 500, minDelay: 250, maxDelay: 5_000 })
  }

  /**
   * Keeps nothing for later: the exchange of states that opens a connection brings it all. The acknowledgements of what was kept
   * would make a document look in step before it is.
   */
  override send(message: unknown) {
    if (this.webSocket?.readyState === WebSocket.OPEN) super.send(message)
  }

  override onClose(close: Parameters<HocuspocusProviderWebsocket['onClose']>[0]) {
    const { delay } = this.configuration
    if (close.event?.code === limitReached) this.setConfiguration({ delay: stayAwayMs[Math.min(this.#limited++, stayAwayMs.length - 1)] })
    super.onClose(close)
    this.setConfiguration({ delay })
  }

  /** A document came in step: the server is content with us. */
  settled() {
    this.#limited = 0
  }

  /** Gives the socket up. Without a network the closing handshake takes its time, and until its end it would count as connected. */
  drop() {
    this.emit('close', { event: { code: 4408, reason: '' } })
  }
}
