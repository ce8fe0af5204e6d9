import type { Page } from '@playwright/test'
import type { Reply } from './model.ts'
import { startServer, type RunningServer } from './server.ts'
import { expect } from './test.ts'
import { asksChief, test as base } from './with-model.ts'

/** Playwright's `test` on either engine of the COO: one server has a model that answers as it was told, the other has none. */
export const test = base.extend<{ withModel: boolean }, { serverOf: (withModel: boolean) => Promise<RunningServer> }>({
  withModel: [false, { option: true }],
  serverOf: [async ({ model }, use) => {
    const started = new Map<boolean, Promise<RunningServer>>()
    const start = (withModel: boolean) => startServer({ env: { WORKER: 'off', ...withModel ? asksChief(model) : {} } })
    await use((withModel) => {
      const known = started.get(withModel) ?? start(withModel)
      started.set(withModel, known)
      return known
    })
    for (const server of started.values()) await (await server).end()
  }, { scope: 'worker' }],
  server: async ({ serverOf, withModel }, use) => use(await serverOf(withModel)),
})

/** What a model proposes. */
export const aMission = (title: string, more: Record<string, unknown> = {}) => ({
  title, description: title, project: null, assignee: null, why: '', priority: 'none', due_on: null, auto_run: false, size: null, blocked_by: [], duplicates: [], questions: [], ...more,
})
export const proposes = (...proposals: unknown[]): Reply => ({ say: 'So.', calls: [{ name: 'propose_missions', args: { proposals } }] })

export const field = (page: Page) => page.getByRole('textbox', { name: 'Message to the COO' })
export const answer = (page: Page) => page.getByRole('article', { name: 'Message of COO' })
export const proposal = (page: Page, title: string) => page.getByRole('region', { name: new RegExp(`^Proposal: .*${title}`) })

/** Sends what is in the field, or these words in a new chat. */
export async function ask(page: Page, words?: string) {
  if (words !== undefined) {
    await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Chat' }).first().click()
    // The chat that is left has such a field as well.
    await page.waitForURL(/\/chat$/)
    await field(page).fill(words)
  }
  await field(page).press('Enter')
  await page.waitForURL(/\/chat\/[\w-]+/)
}

export { expect }
