import { dev } from '$app/environment'

/** The first picture comes first: the worker then fetches what the page has not needed yet. */
const afterMs = 2_500

/** Lets the service worker keep the app on this device; the answer takes the wish back as long as it has not begun. */
export function keepForOffline(): () => void {
  if (dev || !('serviceWorker' in navigator)) return () => {}
  const timer = setTimeout(() => {
    // Private windows and some policies refuse; the board then needs the network to open.
    navigator.serviceWorker.register('/service-worker.js').catch((error: unknown) => console.info('Not kept for offline:', error))
  }, afterMs)
  return () => clearTimeout(timer)
}
