/** Where a request came from, for throttling; `null` where the server does not know. */
export function clientAddress(event: { getClientAddress: () => string }): string | null {
  try {
    return event.getClientAddress()
  } catch {
    return null
  }
}
