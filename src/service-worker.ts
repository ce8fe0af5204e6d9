/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker'
import { boardCache } from '#lib/workspace/caches.ts'

/**
 * The app without the network. Kept: the app itself, by version; and of every board the first picture that the server sent
 * last. What people write is kept by the page, in IndexedDB; nothing else of the API is kept.
 *
 * A new version installs beside the old one and answers from the next page on. Pages that are open go on with theirs, so the
 * files of the version before stay; their names carry their content, so nothing is ever mixed.
 */
const worker = self as unknown as ServiceWorkerGlobalScope

const prefix = 'missions-app-'
const appCache = `${prefix}${version}`
const shell = '/offline-shell'
/** What only previews of files need, which need the network anyway: some 6 MB that nobody should load to see a board. */
const forPreviews = /\/workers\/|\.(mjs|bcmap|pfb|ttf|wasm)$|_nowasm_fallback/
const app = new Set([...build, ...files.filter((file) => !file.endsWith('robots.txt')), ...prerendered].filter((file) => !forPreviews.test(file)))

/** A network that does not answer within this is none. */
const boardWaitMs = 3_000
const pageWaitMs = 5_000

worker.addEventListener('install', (event) => {
  event.waitUntil(keepApp().then(() => worker.skipWaiting()))
})

async function keepApp() {
  const cache = await caches.open(appCache)
  await cache.addAll([...app])
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldVersions().then(() => worker.clients.claim()))
})

/** Caches are listed in the order in which they were made: the last but one is the version that open pages may run. */
async function dropOldVersions() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(prefix))
  const before = versions.filter((name) => name !== appCache).at(-1)
  await Promise.all(versions.filter((name) => name !== appCache && name !== before).map((name) => caches.delete(name)))
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== worker.location.origin) return
  if (request.method !== 'GET') {
    // Whoever comes or goes leaves no picture of a board behind for the next person.
    if (url.pathname === '/sign-out' || url.pathname === '/sign-in') event.waitUntil(caches.delete(boardCache))
    return
  }
  if (app.has(url.pathname) || url.pathname.startsWith('/_app/immutable/')) event.respondWith(fromApp(request, url.pathname))
  else if (/^\/api\/v1\/workspaces\/[^/]+\/board$/.test(url.pathname)) event.respondWith(board(request))
  else if (request.mode === 'navigate' && (url.pathname === '/' || url.pathname.startsWith('/w/'))) event.respondWith(page(request))
})

async function fromApp(request: Request, path: string): Promise<Response> {
  const current = await caches.open(appCache)
  return await current.match(path) ?? await caches.match(path) ?? await fetch(request)
}

async function board(request: Request): Promise<Response> {
  const cache = await caches.open(boardCache)
  const answer = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request.url, response.clone())
    else if (response.status < 500) await cache.delete(request.url)
    return response
  })
  const fresh = await within(boardWaitMs, answer)
  if (fresh && fresh.status < 500) return fresh
  return await cache.match(request.url) ?? fresh ?? await answer
}

async function page(request: Request): Promise<Response> {
  const answer = fetch(request)
  const fresh = await within(pageWaitMs, answer)
  // A proxy says for a server that is down what the network says by itself.
  if (fresh && ![502, 503, 504].includes(fresh.status)) return fresh
  const [known] = new URL(request.url).pathname === '/' ? await (await caches.open(boardCache)).keys() : []
  if (known) return Response.redirect(new URL(known.url).pathname.replace('/api/v1/workspaces/', '/w/').replace(/\/board$/, ''))
  const cache = await caches.open(appCache)
  return await cache.match(shell) ?? fresh ?? await answer
}

/** `null` for what fails or takes too long. */
function within(ms: number, answer: Promise<Response>): Promise<Response | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms))
  return Promise.race([answer.catch(() => null), late])
}
