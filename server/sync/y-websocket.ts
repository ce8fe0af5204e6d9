import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { SyncContext } from './authenticate.ts'

/** Message types that both protocols have, with Hocuspocus' answers to a sync request mapped onto the plain one. */
const messageSync = 0
const messageAwareness = 1
const messageAuth = 2
const messageQueryAwareness = 3
const messageSyncReply = 4
const messageClose = 7

/**
 * Lets a y-websocket client take part. Its protocol has no document name and no token in the messages: the name comes from
 * the path, the token from the query. Here the name is put before what it sends and taken off what it gets; what
 * y-websocket has no word for (acknowledgements, stateless messages) is left out, and a refusal closes the socket.
 */
export function yWebsocketClient(hocuspocus: Hocuspocus<SyncContext>, socket: WebSocketLike, request: Request, document: string, token: string) {
  const plain: WebSocketLike = {
    get readyState() {
      return socket.readyState
    },
    close: (code, reason) => socket.close(code, reason),
    send(data) {
      if (!(data instanceof Uint8Array)) return
      const decoder = decoding.createDecoder(data)
      // A ping of the connection is a single byte without a name.
      if (data.byteLength === 1) return
      decoding.readVarString(decoder)
      const type = decoding.readVarUint(decoder)
      if (type === messageSync || type === messageSyncReply || type === messageAwareness) {
        const encoder = encoding.createEncoder()
        encoding.writeVarUint(encoder, type === messageSyncReply ? messageSync : type)
        encoding.writeUint8Array(encoder, decoding.readTailAsUint8Array(decoder))
        socket.send(encoding.toUint8Array(encoder))
      } else if (type === messageClose) {
        socket.close(4403, closeReason(decoding.readVarString(decoder)))
      } else if (type === messageAuth && decoding.readVarUint(decoder) === 1) {
        socket.close(4401, closeReason(decoding.readVarString(decoder)))
      }
    },
  }
  const session = hocuspocus.handleConnection(plain, request)
  const named = (write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, document)
    write(encoder)
    return encoding.toUint8Array(encoder)
  }
  session.handleMessage(named((encoder) => {
    encoding.writeVarUint(encoder, messageAuth)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, token || 'session')
  }))
  return {
    handleMessage(data: Uint8Array) {
      const type = data[0]
      if (type !== messageSync && type !== messageAwareness && type !== messageQueryAwareness) return
      session.handleMessage(named((encoder) => encoding.writeUint8Array(encoder, data)))
    },
    handleClose: (event?: { code: number; reason: string }) => session.handleClose(event),
  }
}

/** A close frame has room for 123 bytes; a longer reason would be an error instead of a close. */
const closeReason = (words: string) => Buffer.from(words).subarray(0, 120).toString().replace(/\ufffd+$/, '')
