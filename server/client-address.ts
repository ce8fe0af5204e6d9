import type { IncomingMessage } from 'node:http'

/** Behind a proxy that tells no addresses everyone has one of this machine. */
const tellsNothing = (address: string) => /^(::ffff:)?127\./.test(address) || address === '::1'

/**
 * Where a request came from, for limits; `null` where that tells people apart from nobody. With `header`, the name of the one in
 * which a proxy tells it, its last address counts: that is what the proxy itself saw.
 */
export const clientAddress = (header: string | null) => (request: IncomingMessage): string | null => {
  const told = header ? String(request.headers[header] ?? '').split(',').at(-1)?.trim() : request.socket.remoteAddress
  return !told || tellsNothing(told) ? null : told
}
