/**
 * Whether a browser's `Origin` is our own address: the configured one, or, where none is configured, any loopback name. With `host`,
 * what the request was sent to, it must also be that: another program's page on this machine is no page of ours. `null` is foreign.
 */
export function isOwnOrigin(origin: string, configured: string | null, host?: string | null): boolean {
  if (configured !== null) return origin === configured
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url.hostname) && (!host || url.host === host)
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
