import type { Browser, BrowserContext } from '@playwright/test'

/** The cookies of somebody who signed in. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>

export async function signIn(browser: Browser, url: string, { email, password }: { email: string; password: string }): Promise<SignedIn> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/w\/[^/]+/)
  const state = await context.storageState()
  await context.close()
  return state
}
