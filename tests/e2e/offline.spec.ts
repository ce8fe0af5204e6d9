import type { BrowserContext, Page } from '@playwright/test'
import { alone, another, expect, faults, foreignRequests, owner, person, signIn, test, withoutNetwork, withWorker } from '../support/test.ts'
import { addMember, type Owner } from '../support/workspace.ts'

test.use(withWorker)

const ben = person('Ben Sailor')

const column = (page: Page, status: string) => page.locator(`[data-column=${status}]`)
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const open = (page: Page, title: string) => card(page, title).locator('[data-open]')
const titles = (page: Page, status: string) => column(page, status).locator('[data-title]').allTextContents()
const indicator = (page: Page) => page.locator('header').getByText(/^Offline/)

async function create(page: Page, status: string, title: string) {
  await column(page, status).getByRole('button', { name: /^New mission in/ }).last().click()
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(card(page, title)).toBeVisible()
}

/** The service worker has everything, and the board is in step with the server. */
async function readyForOffline(page: Page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve))
  })
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  const board = `/api/v1/workspaces/${new URL(page.url()).pathname.split('/')[2]}/board`
  await expect.poll(() => page.evaluate(async (url) => (await caches.match(url)) !== undefined, board)).toBe(true)
}

async function comment(page: Page, mission: string, text: string) {
  await open(page, mission).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/missions\//)
  const field = page.getByPlaceholder(/Comment/)
  await field.fill(text)
  await field.press('ControlOrMeta+Enter')
  await expect(page.getByText(text)).toBeVisible()
  await page.goto(page.url().replace(/\/missions\/.*/, ''))
  await expect(card(page, mission)).toBeVisible()
}

async function member(context: BrowserContext, server: Parameters<typeof signIn>[1], who: Owner) {
  const page = await context.newPage()
  const wrong = faults(page, withoutNetwork)
  await signIn(page, server, who)
  await expect(page.locator('[data-live]')).toBeAttached()
  return { page, wrong }
}

test('without the network the app opens, edits, and says how much waits; with it everything arrives', async ({ context, server, workspace, browser }) => {
  test.setTimeout(180_000)
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const { page: ada, wrong: adaWrong } = await member(context, server, owner)
  await create(ada, 'backlog', 'Plan the fair')
  await create(ada, 'backlog', 'Write to the sponsors')
  const other = await browser.newContext()
  const foreign = foreignRequests(other, server)
  const { page: bens, wrong: benWrong } = await member(other, server, ben)
  await expect(card(bens, 'Plan the fair')).toBeVisible()
  // What was seen can be had offline: both have opened the mission once.
  for (const page of [ada, bens]) {
    await open(page, 'Plan the fair').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByPlaceholder(/Comment/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page).not.toHaveURL(/missions/)
    await readyForOffline(page)
  }

  await context.setOffline(true)
  await other.setOffline(true)
  await expect(indicator(ada)).toBeVisible()
  await ada.reload()
  await bens.reload()
  await expect(card(ada, 'Plan the fair')).toBeVisible()
  await expect(card(bens, 'Plan the fair')).toBeVisible()
  await expect(indicator(ada)).toHaveText('Offline')

  await create(ada, 'backlog', 'Made by Ada offline')
  await expect(indicator(ada)).toHaveText('Offline · 1 change waits')
  await open(ada, 'Plan the fair').focus()
  await ada.keyboard.press(']')
  await expect(indicator(ada)).toHaveText('Offline · 2 changes wait')
  await comment(ada, 'Plan the fair', 'From Ada, on the train')
  await expect(indicator(ada)).toHaveText('Offline · 3 changes wait')

  await create(bens, 'review', 'Made by Ben offline')
  await open(bens, 'Plan the fair').focus()
  await bens.keyboard.press('r')
  await bens.keyboard.type('Plan the harbour fair')
  await bens.keyboard.press('Enter')
  await comment(bens, 'Plan the harbour fair', 'From Ben, in the tunnel')
  await expect(indicator(bens)).toHaveText('Offline · 3 changes wait')

  // Still there, and still counted, after another reload without the network.
  await ada.reload()
  await expect(card(ada, 'Made by Ada offline')).toBeVisible()
  await expect(indicator(ada)).toHaveText('Offline · 3 changes wait')

  await context.setOffline(false)
  await other.setOffline(false)
  for (const page of [ada, bens]) {
    await expect(indicator(page)).toHaveCount(0)
    await expect.poll(() => titles(page, 'backlog')).toEqual(['Write to the sponsors', 'Made by Ada offline'])
    await expect.poll(() => titles(page, 'in_progress')).toEqual(['Plan the harbour fair'])
    await expect.poll(() => titles(page, 'review')).toEqual(['Made by Ben offline'])
    await expect(card(page, 'Plan the harbour fair')).toContainText('2 comments')
    await open(page, 'Plan the harbour fair').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('From Ada, on the train')).toBeVisible()
    await expect(page.getByText('From Ben, in the tunnel')).toBeVisible()
  }
  await expect.poll(() => ada.evaluate(() => Object.entries(localStorage).filter(([key]) => key.endsWith('/waiting')).map(([, value]) => value))).toEqual(['{}'])
  expect([...adaWrong, ...benWrong, ...foreign]).toEqual([])
  await other.close()
})

test('a mission opens at its own address without the network', async ({ context, server, workspace }) => {
  void workspace
  const { page } = await member(context, server, owner)
  await create(page, 'backlog', 'Plan the fair')
  await open(page, 'Plan the fair').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder(/Comment/)).toBeVisible()
  const address = page.url()
  await readyForOffline(page)
  await context.setOffline(true)
  await page.goto('about:blank')
  await page.goto(address)
  await expect(page.getByPlaceholder(/Comment/)).toBeVisible()
  await expect(card(page, 'Plan the fair')).toBeVisible()
  await page.goto(server.url)
  await expect(page).toHaveURL(/\/w\/[^/]+$/)
  await expect(card(page, 'Plan the fair')).toBeVisible()
})

test('what was done is given to the disk for good in the same moment: the page may end in the next', async ({ context, server, workspace }) => {
  void workspace
  const { page } = await member(context, server, owner)
  await page.evaluate(() => {
    const kept: boolean[] = []
    const open = new Set<IDBTransaction>()
    const { add } = IDBObjectStore.prototype
    const { commit } = IDBTransaction.prototype
    IDBObjectStore.prototype.add = function (...given) {
      const { transaction } = this
      open.add(transaction)
      queueMicrotask(() => kept.push(!open.has(transaction)))
      return add.apply(this, given)
    }
    IDBTransaction.prototype.commit = function () {
      open.delete(this)
      commit.call(this)
    }
    Object.assign(globalThis, { kept })
  })
  await create(page, 'backlog', 'Plan the fair')
  const kept = await page.evaluate(() => (globalThis as unknown as { kept: boolean[] }).kept)
  expect(kept.length).toBeGreaterThan(0)
  expect(kept).not.toContain(false)
})

test('when the server is away it is the same as no network', alone, async ({ context, server, workspace }) => {
  void workspace
  const { page } = await member(context, server, owner)
  await create(page, 'backlog', 'Plan the fair')
  await readyForOffline(page)
  await server.stop()
  await expect(indicator(page)).toBeVisible()
  await page.reload()
  await expect(card(page, 'Plan the fair')).toBeVisible()
  await create(page, 'backlog', 'While it was away')
  await server.restart()
  await expect(indicator(page)).toHaveCount(0, { timeout: 20_000 })
  await page.reload()
  await expect(card(page, 'While it was away')).toBeVisible()
})

test('an edit that the server refuses is taken back, said, and can be kept as a file', async ({ context, server, workspace, browser }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const { page: ada } = await member(context, server, owner)
  await create(ada, 'backlog', 'Plan the fair')
  const other = await browser.newContext({ acceptDownloads: true })
  const { page: bens } = await member(other, server, ben)
  await expect(card(bens, 'Plan the fair')).toBeVisible()
  await expect(ada.getByRole('img', { name: 'Here now: Ben Sailor' })).toBeVisible()
  await readyForOffline(bens)

  await other.setOffline(true)
  await expect(indicator(bens)).toBeVisible()
  await create(bens, 'backlog', 'Not allowed any more')
  await ada.goto(`${ada.url()}/members`)
  await ada.getByLabel(/Role of Ben/).selectOption('viewer')
  await expect(ada.getByText(/Ben Sailor is now/)).toBeVisible()
  await other.setOffline(false)

  const notice = bens.getByRole('region', { name: 'Notifications' })
  await expect(notice).toContainText('The server did not take a change.')
  await expect(card(bens, 'Not allowed any more')).toHaveCount(0)
  await expect(card(bens, 'Plan the fair')).toBeVisible()
  await expect(bens.getByRole('button', { name: /New mission/ })).toHaveCount(0)
  const download = bens.waitForEvent('download')
  await notice.getByRole('button', { name: 'Save a copy' }).click()
  expect(await (await (await download).createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString())).toContain('Not allowed any more')
  await other.close()
})

test('signing out leaves nothing of the board on the device', async ({ context, server, workspace }) => {
  void workspace
  const { page } = await member(context, server, owner)
  await create(page, 'backlog', 'A secret plan')
  await readyForOffline(page)
  await page.getByRole('button', { name: /signing out/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])
  expect(await page.evaluate(() => caches.has('missions-boards'))).toBe(false)
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('missions/')))).toEqual([])
})
