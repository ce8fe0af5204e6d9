import type { Page } from '@playwright/test'
import type { RunningServer } from '../support/server.ts'
import { scriptedModel, type Reply, type ScriptedModel } from '../support/model.ts'
import { startServer } from '../support/server.ts'
import { expect, person, signIn, test as base } from '../support/test.ts'
import { addMember, createToken } from '../support/workspace.ts'

const ben = person('Ben Sailor')

/** From anywhere, on both engines: one server has a model that answers as it was told, the other has none. */
const test = base.extend<{ withModel: boolean }, { model: ScriptedModel; serverOf: (withModel: boolean) => Promise<RunningServer> }>({
  withModel: [false, { option: true }],
  model: [async ({}, use) => {
    const model = await scriptedModel()
    await use(model)
    await model.stop()
  }, { scope: 'worker' }],
  serverOf: [async ({ model }, use) => {
    const started = new Map<boolean, Promise<RunningServer>>()
    const start = (withModel: boolean) => startServer({ env: { WORKER: 'off', ...withModel ? { OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'chief', OPENAI_API_KEY: 'k' } : {} } })
    await use((withModel) => {
      const known = started.get(withModel) ?? start(withModel)
      started.set(withModel, known)
      return known
    })
    for (const server of started.values()) await (await server).end()
  }, { scope: 'worker' }],
  server: async ({ serverOf, withModel }, use) => use(await serverOf(withModel)),
})

const proposes = (title: string): Reply => ({
  say: 'So.', calls: [{ name: 'propose_missions', args: { proposals: [{ title, description: title, project: null, assignee: null, why: '', priority: 'none', due_on: null, auto_run: false, size: null, blocked_by: [], duplicates: [], questions: [] }] } }],
})
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const waiting = (page: Page, count: number) => expect(page.getByRole('button', { name: count === 1 ? 'One proposal' : `${count} proposals` })).toBeVisible()

for (const withModel of [false, true]) {
  test.describe(withModel ? 'with a model' : 'without a model', () => {
    test.use({ withModel })

    test('selected words and a script lead to the same queue, which another browser sees grow', async ({ page, browser, server, workspace, model }) => {
      await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
      await signIn(page, server)
      await expect(page.locator('[data-live]')).toBeAttached()
      const other = await (await browser.newContext()).newPage()
      await signIn(other, server, ben)
      let seen = 0
      /** What is in the field is sent, becomes proposals, and is counted at the board's edge of whoever else is here. */
      const arrives = async (title: string) => {
        model.script('chief', [proposes(title)])
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/chat\/[\w-]+/)
        await expect(page.getByRole('region', { name: /^Proposal: / }).first()).toContainText(title)
        await waiting(other, ++seen)
      }

      await page.locator('body').press('c')
      await page.keyboard.type('Choose the rope')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await card(page, 'Choose the rope').locator('[data-open]').click()
      await page.waitForURL(/\/missions\//)
      await page.getByRole('textbox', { name: 'Description' }).click()
      await page.keyboard.type('Test hemp and nylon in salt water')
      await page.getByRole('textbox', { name: 'Description' }).press('Control+a')
      await page.getByRole('button', { name: 'Ask the COO' }).click()
      await page.waitForURL(/\/chat$/)
      await arrives('Test hemp and nylon in salt water')

      const { token } = await createToken(server.dataDir, workspace.workspaceId, 'member')
      model.script('chief', [proposes('Sound the depth')])
      const asked = await page.request.post(`${server.url}/api/v1/workspaces/${workspace.workspaceId}/requests`, { headers: { authorization: `Bearer ${token}` }, data: { text: 'Sound the depth of the harbour' } })
      expect(asked.status()).toBe(202)
      await waiting(other, ++seen)
    })
  })
}
