import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import { startServer, type RunningServer } from './server.ts'
import { createWorkspace, owner, type Owner } from './workspace.ts'

/** Signs in through the page and waits for the board. */
export async function signIn(page: Page, server: RunningServer, { email, password }: Pick<Owner, 'email' | 'password'> = owner) {
  await page.goto(`${server.url}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
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

type Fixtures = {
  /** A real server of the test's own, on an empty data folder. */
  server: RunningServer
  /** A workspace of `owner` on that server. */
  workspace: Awaited<ReturnType<typeof createWorkspace>>
}

/** Playwright's `test` with a real server; it fails on a request to any other. Contexts made by hand: see `foreignRequests`. */
export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await startServer()
    await use(server)
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.logs() })
    await server.end()
  },
  // Whatever a test does: its page asks nobody but our own server for anything.
  context: async ({ context, server }, use) => {
    const foreign = foreignRequests(context, server)
    await use(context)
    expect(foreign, 'requests to somebody else').toEqual([])
  },
  workspace: async ({ server }, use) => {
    await use(await createWorkspace(server.dataDir))
  },
})
export { expect }
