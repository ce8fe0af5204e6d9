const finalBinary = 0x82
/** Lengths from here on follow the head's first two bytes. */
const extended = 126
/** A frame of two pieces is no loss where copying them into one would be. In bytes. */
const longest = 0xffff

/** A message as one binary frame of a WebSocket, as a server sends it: unmasked (RFC 6455, 5.2). `null` for one so long that it is better not copied. */
export function frame(message: Uint8Array): Uint8Array | null {
  const length = message.byteLength
  if (length > longest) return null
  const head = length < extended ? [finalBinary, length] : [finalBinary, extended, length >> 8, length & 0xff]
  const framed = Buffer.allocUnsafe(head.length + length)
  framed.set(head)
  framed.set(message, head.length)
  return framed
}

/** As `frame`; what is sent to many, one after the other, is framed once. */
export function framing(): typeof frame {
  let last: { message: Uint8Array; framed: Uint8Array } | null = null
  return (message) => {
    if (last?.message === message) return last.framed
    const framed = frame(message)
    last = framed && { message, framed }
    return framed
  }
}
