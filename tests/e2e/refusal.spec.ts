import { DatabaseSync } from 'node:sqlite'
import type { BrowserContext, Page } from '@playwright/test'
import { databaseFile } from '../../server/store/database.ts'
import { alone, expect, owner, person, signIn, test, withWorker } from '../support/test.ts'
import { addMember, createWorkspace, type Owner } from '../support/workspace.ts'

test.use(withWorker)

// What the page says and keeps when the server does not take a change, and when rights change.

const ben = person('Ben Sailor')

const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const notices = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const status = (page: Page) => page.locator('header').getByRole('status')

async function create(page: Page, title: string) {
  await page.locator('[data-column=backlog]').getByRole('button', { name: /^New mission in/ }).last().click()
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(card(page, title)).toBeVisible()
}

async function live(page: Page) {
  await expect(page.locator('[data-live]')).toBeAttached()
  return page
}

async function enter(context: BrowserContext, server: Parameters<typeof signIn>[1], who: Owner) {
  const page = await context.newPage()
  await signIn(page, server, who)
  return live(page)
}

async function setRole(owners: Page, role: 'viewer' | 'member') {
  await owners.getByLabel(/Role of Ben/).selectOption(role)
  await expect(owners.getByText(`Ben Sailor is now a ${role}`)).toBeVisible()
}

async function showUndone(page: Page) {
  await page.getByRole('button', { name: /undone changes and signing out/ }).click()
  await page.getByRole('menuitem', { name: /^Undone changes/ }).click()
  return page.getByRole('dialog', { name: 'Undone changes' })
}

/** Ada at the members' page, Ben at the board in a browser of his own. */
async function adaAndBen({ context, server, workspace, browser }: { context: BrowserContext; server: Parameters<typeof signIn>[1]; workspace: { workspaceId: Parameters<typeof addMember>[1] }; browser: { newContext: (options?: object) => Promise<BrowserContext> } }) {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const ada = await enter(context, server, owner)
  await create(ada, 'Plan the fair')
  const bensBrowser = await browser.newContext({ acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] })
  const bens = await enter(bensBrowser, server, ben)
  await expect(card(bens, 'Plan the fair')).toBeVisible()
  await ada.goto(`${ada.url()}/members`)
  return { ada, bens, bensBrowser }
}

test('[GATE8] what was undone is kept over a reload, can be read, saved and deleted', async ({ context, server, workspace, browser }) => {
  const { ada, bens, bensBrowser } = await adaAndBen({ context, server, workspace, browser })
  await expect((await showUndone(bens)).getByText('Nothing was undone')).toBeVisible()
  await bens.keyboard.press('Escape')

  await card(bens, 'Plan the fair').locator('[data-open]').focus()
  await bens.keyboard.press('Enter')
  await expect(bens.getByPlaceholder(/Comment/)).toBeVisible()
  await bensBrowser.setOffline(true)
  await expect(status(bens)).toContainText('Offline')
  await bens.getByPlaceholder(/Comment/).fill('Ask the harbour master')
  await bens.keyboard.press('ControlOrMeta+Enter')
  await expect(status(bens)).toContainText('1 change waits')
  await setRole(ada, 'viewer')
  await bensBrowser.setOffline(false)

  await expect(notices(bens)).toContainText('You are a viewer here now')
  await expect(notices(bens)).toContainText('“Plan the fair” is back to what the server has')
  await expect(notices(bens)).toContainText('You are now a viewer: you can look, but not change anything.')
  await expect(bens.getByText('Ask the harbour master')).toHaveCount(0)
  await expect(bens.getByPlaceholder(/Comment/)).toHaveCount(0)

  await live(bens)
  await bens.reload()
  await live(bens)
  const dialog = await showUndone(bens)
  const change = dialog.getByRole('listitem')
  await expect(change).toContainText('Plan the fair')
  await expect(change).toContainText('viewers cannot change anything')
  const download = bens.waitForEvent('download')
  await change.getByRole('button', { name: /Save a copy/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('Plan the fair.json')
  expect(Buffer.concat(await (await file.createReadStream()).toArray()).toString()).toContain('Ask the harbour master')
  await change.getByRole('button', { name: /Copy the text/ }).click()
  await expect(notices(bens)).toContainText('is copied')
  expect(await bens.evaluate(() => navigator.clipboard.readText())).toContain('- Ask the harbour master')
  await change.getByRole('button', { name: /Delete the copy/ }).click()
  await change.getByRole('button', { name: 'Delete for good' }).click()
  await expect(dialog.getByText('Nothing was undone')).toBeVisible()
  await bensBrowser.close()
})

test('[GATE8] two tabs of one browser hear of a refusal once, and both go on keeping what is done', async ({ context, server, workspace, browser }) => {
  const { ada, bens, bensBrowser } = await adaAndBen({ context, server, workspace, browser })
  const second = await live(await bensBrowser.newPage().then(async (page) => {
    await page.goto(bens.url())
    return page
  }))
  await expect(card(second, 'Plan the fair')).toBeVisible()
  await bens.evaluate(async () => (await navigator.serviceWorker.ready).active)
  await expect.poll(() => bens.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await expect.poll(() => bens.evaluate(async () => (await caches.keys()).length > 1)).toBe(true)

  await bensBrowser.setOffline(true)
  await create(bens, 'Not allowed any more')
  // From the device the other tab has it too, after a reload.
  await second.reload()
  await expect(card(second, 'Not allowed any more')).toBeVisible()
  await setRole(ada, 'viewer')
  await bensBrowser.setOffline(false)
  for (const page of [bens, second]) {
    await expect(card(page, 'Not allowed any more')).toHaveCount(0)
    await expect(card(page, 'Plan the fair')).toBeVisible()
    await expect(status(page)).toBeEmpty()
  }
  const told = async () => (await Promise.all([bens, second].map((page) => notices(page).getByText('did not take a change').count()))).reduce((a, b) => a + b)
  await expect.poll(told).toBe(1)

  await setRole(ada, 'member')
  for (const page of [bens, second]) await expect(page.getByRole('button', { name: /New mission/ }).first()).toBeVisible()
  await bensBrowser.setOffline(true)
  await create(bens, 'From the first tab')
  await create(second, 'From the second tab')
  for (const page of [bens, second]) {
    await page.reload()
    await live(page)
    await expect(card(page, 'From the first tab')).toBeVisible()
    await expect(card(page, 'From the second tab')).toBeVisible()
    await expect(card(page, 'Not allowed any more')).toHaveCount(0)
  }
  await bensBrowser.setOffline(false)
  for (const page of [bens, second]) await expect(status(page)).toBeEmpty()
  await ada.goto(ada.url().replace('/members', ''))
  await expect(card(ada, 'From the first tab')).toBeVisible()
  await expect(card(ada, 'From the second tab')).toBeVisible()
  expect(await told()).toBe(0)
  await bensBrowser.close()
})

test('a role that changes while the page is open is said in words, and the controls follow', async ({ context, server, workspace, browser }) => {
  const { ada, bens, bensBrowser } = await adaAndBen({ context, server, workspace, browser })
  await setRole(ada, 'viewer')
  await expect(notices(bens)).toContainText('You are now a viewer: you can look, but not change anything.')
  await expect(bens.getByRole('button', { name: /New mission/ })).toHaveCount(0)
  await setRole(ada, 'member')
  await expect(notices(bens)).toContainText('You can edit now.')
  await create(bens, 'Again')
  await expect(status(bens)).toBeEmpty()
  await bensBrowser.close()
})

test('one who is removed is told, finds the way out, and keeps what could not be saved', async ({ context, server, workspace, browser }) => {
  const other = await createWorkspace(server.dataDir, { name: 'Boatyard', owner: person('Cleo Yard') })
  const { ada, bens, bensBrowser } = await adaAndBen({ context, server, workspace, browser })
  await addMember(server.dataDir, other.workspaceId, 'member', ben)
  await bens.reload()
  await live(bens)
  await bensBrowser.setOffline(true)
  await create(bens, 'Written on the train')
  await ada.getByRole('button', { name: /Remove Ben/ }).click()
  await ada.getByRole('dialog').getByRole('button', { name: /Remove/ }).click()
  await expect(ada.getByText('Ben Sailor was removed')).toBeVisible()
  await bensBrowser.setOffline(false)
  await expect(bens.getByRole('heading', { name: 'You can no longer open this workspace' })).toBeVisible()
  await expect(bens.getByText('was deleted, or an owner removed you')).toBeVisible()
  await expect(card(bens, 'Plan the fair')).toHaveCount(0)
  await bens.getByRole('button', { name: 'Undone changes · 1' }).click()
  await expect(bens.getByRole('dialog').getByRole('listitem')).toContainText('Harbour')
  await bens.keyboard.press('Escape')

  // Also after a reload, and in the other workspace.
  await bens.reload()
  await bens.getByRole('button', { name: 'Undone changes · 1' }).click()
  await expect(bens.getByRole('dialog').getByRole('listitem')).toContainText('Harbour')
  await bens.goto(`${server.url}/w/${other.workspaceId}`)
  await live(bens)
  await expect((await showUndone(bens)).getByRole('listitem')).toContainText('Harbour')
  await bensBrowser.close()
})

test('[GATE10] while the server cannot write to its disk the page says that nothing is saved yet', alone, async ({ context, server, workspace }) => {
  void workspace
  const page = await enter(context, server, owner)
  await create(page, 'Plan the fair')
  await expect(status(page)).toBeEmpty()
  const other = new DatabaseSync(databaseFile(server.dataDir))
  other.exec('begin immediate')
  await create(page, 'On a full disk')
  await expect(status(page)).toContainText('Not saved yet')
  await status(page).getByText('Not saved yet').hover()
  await expect(page.getByRole('tooltip')).toContainText('The server cannot write to its disk.')
  other.exec('rollback')
  other.close()
  await expect(status(page)).toBeEmpty()
  await page.reload()
  await expect(card(page, 'On a full disk')).toBeVisible()
})
