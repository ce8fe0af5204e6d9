import { createHmac, timingSafeEqual } from 'node:crypto'

/** How webhooks are signed, both ways: the HMAC-SHA256 of `<seconds>.<body>`, as it was sent, in hex. */
export const signatureOf = (secret: string, timestamp: string, body: Uint8Array) =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`

/** Takes as long whatever is wrong with it. */
export function isSigned(secret: string, timestamp: string, body: Uint8Array, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(secret, timestamp, body))]
  return given.byteLength === right.byteLength && timingSafeEqual(given, right)
}
