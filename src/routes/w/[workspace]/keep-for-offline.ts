import { dev } from '$app/environment'
import { boardCache } from '#lib/workspace/caches.ts'
import type { BoardSnapshot } from '#lib/workspace/snapshot.ts'

/** The first picture comes first: the worker then fetches what the page has not needed yet. */
const afterMs = 2_500

/** Lets the service worker keep the app and this board's first picture on this device; the answer takes the wish back if it has not begun. */
export function keepForOffline(snapshot: BoardSnapshot): () => void {
  if (dev || !('serviceWorker' in navigator)) return () => {}
  const timer = setTimeout(() => {
    // Private windows and some policies refuse; the board then needs the network to open.
    keep(snapshot).catch((error: unknown) => console.info('Not kept for offline:', error))
  }, afterMs)
  return () => clearTimeout(timer)
}

async function keep(snapshot: BoardSnapshot) {
  await navigator.serviceWorker.register('/service-worker.js')
  // It came inside the page, where the worker does not see it.
  const cache = await caches.open(boardCache)
  await cache.put(`/api/v1/workspaces/${snapshot.workspace.id}/board`, Response.json(snapshot))
}
