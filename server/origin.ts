const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/

/**
 * Whether a browser page of this origin may act here. With a configured address only that one; without, any loopback name that
 * is also the name the request was sent to.
 */
export function originAllowed(configured: string | null, origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  if (configured) return url.origin === configured
  return loopback.test(url.hostname) && url.host === host
}
