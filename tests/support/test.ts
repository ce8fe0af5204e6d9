import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { startServer, type RunningServer } from './server.ts'
import { createWorkspace, signedInCookie, type Owner } from './workspace.ts'

/** Somebody with an account of the running test's own: tests share a server, and people on it are told apart by their addresses. */
export const person = (name: string): Owner => ({
  name,
  get email() {
    const { testId, retry, repeatEachIndex } = base.info()
    return `${name.split(' ')[0]?.toLowerCase()}.${testId}.${retry}.${repeatEachIndex}@example.com`
  },
  password: 'correct horse battery',
})

export const owner = person('Ada Owner')

/** Opens the board as somebody who signed in before. How a person signs in by the page has tests of its own. */
export async function signIn(page: Page, server: RunningServer, who: Pick<Owner, 'email' | 'password'> = owner) {
  await page.context().addCookies([{ ...await signedInCookie(server.dataDir, who), url: server.url, sameSite: 'Lax', httpOnly: true }])
  await page.goto(server.url)
  await page.waitForURL(/\/w\/[^/]+/)
}

/** Addresses, other than the server's, that the pages of a context ask for; it fills as they do. */
export function foreignRequests(context: BrowserContext, server: RunningServer): string[] {
  const own = new URL(server.url)
  const foreign: string[] = []
  const look = (address: string) => {
    const { protocol, hostname, port } = new URL(address)
    // The last two are parts of the browser: its own PDF viewer.
    if (['data:', 'blob:', 'about:', 'chrome-extension:', 'chrome:'].includes(protocol)) return
    if (!['127.0.0.1', 'localhost'].includes(hostname) || port !== own.port) foreign.push(address)
  }
  context.on('request', (request) => look(request.url()))
  context.on('page', (page) => page.on('websocket', (socket) => look(socket.url())))
  return foreign
}

/** What fails without a network, or is refused; no fault where that is what is tested. */
export const withoutNetwork = /net::ERR|WebSocket connection|Failed to load resource/

/** What went wrong on a page, to be expected empty. `but`: what a test provokes. */
export function faults(page: Page, but: RegExp | null = null): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !but?.test(message.text())) found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
  return found
}

/** Another browser, signed in, with what it asked of others and what went wrong in it. */
export async function another(browser: Browser, server: RunningServer, who: Pick<Owner, 'email' | 'password'>, { but = null, ...options }: BrowserContextOptions & { but?: RegExp | null } = {}) {
  const context = await browser.newContext(options)
  const foreign = foreignRequests(context, server)
  const page = await context.newPage()
  const wrong = faults(page, but)
  await signIn(page, server, who)
  return { page, wrong, foreign, context }
}

/** Given to a test that stops the server, has its disk fail, or wants to be the first on it: nobody else uses that server. */
export const alone = { tag: '@alone' }

/** For `test.use`, in a file whose tests go on without the network. */
export const withWorker = { serviceWorkers: 'allow' as const }

type Fixtures = {
  /** A real server. What tests before left on it is there, too; who stops it, or is its first, asks for one of their own: `alone`. */
  server: RunningServer
  /** A workspace of `owner` on that server. */
  workspace: Awaited<ReturnType<typeof createWorkspace>>
}
type ForAllTests = { shared: () => Promise<RunningServer> }

/** Playwright's `test` with a real server; it fails on a request to any other. Contexts made by hand: see `foreignRequests`. */
export const test = base.extend<Fixtures, ForAllTests>({
  shared: [async ({}, use) => {
    let started: Promise<RunningServer> | null = null
    await use(() => started ??= startServer())
    await (await started as RunningServer | null)?.end()
  }, { scope: 'worker' }],
  server: async ({ shared }, use, info) => {
    const own = info.tags.includes(alone.tag)
    const server = own ? await startServer() : await shared()
    const from = server.logs().length
    await use(server)
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.logs().slice(from) })
    if (own) await server.end()
  },
  // Whatever a test does: its page asks nobody but our own server for anything.
  context: async ({ browser, context, server }, use) => {
    const foreign = foreignRequests(context, server)
    await use(context)
    // What a test opened beside it would stay, and take its part of the machine.
    await Promise.all(browser.contexts().filter((other) => other !== context).map((other) => other.close()))
    expect(foreign, 'requests to somebody else').toEqual([])
  },
  workspace: async ({ server }, use) => {
    await use(await createWorkspace(server.dataDir, { owner }))
  },
})
export { expect }
