// The empty page that the service worker answers with when the network does not: the app starts in it, at the address asked for.
export const prerender = true
export const ssr = false
