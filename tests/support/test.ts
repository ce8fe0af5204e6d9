import { test as base, type Page } from '@playwright/test'
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

type Fixtures = {
  /** A real server of the test's own, on an empty data folder. */
  server: RunningServer
  /** A workspace of `owner` on that server. */
  workspace: Awaited<ReturnType<typeof createWorkspace>>
}

/** Playwright's `test` with a real server. */
export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await startServer()
    await use(server)
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.logs() })
    await server.end()
  },
  workspace: async ({ server }, use) => {
    await use(await createWorkspace(server.dataDir))
  },
})
export { expect } from '@playwright/test'
