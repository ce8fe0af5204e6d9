import { generateNKeysBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import type { Locator, Page } from '@playwright/test'
import { connect } from '../support/client.ts'
import { another, expect, faults, owner, person, signIn, test } from '../support/test.ts'
import { addMember, createToken, type Owner } from '../support/workspace.ts'

const ben = person('Ben Sailor')

type Status = 'backlog' | 'in_progress' | 'review' | 'done'

const column = (page: Page, status: Status) => page.locator(`[data-column=${status}]`)
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const titles = (page: Page, status: Status) => column(page, status).locator('[data-title]').allTextContents()
const said = (page: Page, text: string) => page.getByRole('region', { name: 'Notifications' }).getByText(text)

async function create(page: Page, status: Status, ...names: string[]) {
  await column(page, status).getByRole('button', { name: /^New mission in/ }).last().click()
  for (const name of names) {
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(card(page, name)).toBeVisible()
  }
  await page.keyboard.press('Escape')
}

const middle = async (place: Locator) => {
  const box = (await place.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test.beforeEach(async ({ page, server, workspace }) => {
  void workspace
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
})

test('a board that was never here before comes in at most 20 files, 300 kB of them', async ({ browser, page }) => {
  const context = await browser.newContext({ storageState: await page.context().storageState(), serviceWorkers: 'block' })
  const fresh = await context.newPage()
  const sizes: Promise<number>[] = []
  fresh.on('requestfinished', (request) => sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize)))
  await fresh.goto(page.url(), { waitUntil: 'networkidle' })
  await expect(fresh.locator('[data-live]')).toBeAttached()
  expect(sizes.length).toBeLessThanOrEqual(20)
  expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000)
  await context.close()
})

test('a mission is created with the button, with a key and at the end of a column', async ({ page }) => {
  const wrong = faults(page)
  await expect(page.getByText('Nothing on the board yet')).toBeVisible()

  await page.getByRole('button', { name: 'New mission', exact: true }).first().click()
  await page.keyboard.type('With the button')
  await page.keyboard.press('Enter')
  await page.keyboard.type('And at once another')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await titles(page, 'backlog')).toEqual(['With the button', 'And at once another'])

  await page.locator('body').press('c')
  await page.keyboard.type('With a key')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')

  await create(page, 'review', 'At the end of a column')
  expect(await titles(page, 'backlog')).toEqual(['With the button', 'And at once another', 'With a key'])
  expect(await titles(page, 'review')).toEqual(['At the end of a column'])
  await expect(column(page, 'backlog').locator('[data-count]')).toContainText('3')

  await page.reload()
  await expect(card(page, 'With a key')).toBeVisible()
  expect(wrong).toEqual([])
})

test('what was typed for a new mission outlives a click elsewhere', async ({ page }) => {
  await page.locator('body').press('c')
  await page.keyboard.type('Not finished')
  await page.getByRole('heading', { name: 'Done' }).click()
  await expect(page.getByRole('textbox', { name: 'Title of a new mission in Backlog' })).toHaveValue('Not finished')
})

test('the first picture has the cards before any script runs', async ({ page, browser, server }) => {
  await create(page, 'backlog', 'Painted by the server')
  await expect.poll(async () => (await (await page.request.get(page.url())).text()).includes('Painted by the server</span>')).toBe(true)
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  const still = await context.newPage()
  await still.goto(`${server.url}${new URL(page.url()).pathname}`)
  await expect(card(still, 'Painted by the server')).toBeVisible()
  await context.close()
})

test('a mission is renamed in place: with a key, with a double click, and not with Escape', async ({ page }) => {
  await create(page, 'backlog', 'Befor')
  await card(page, 'Befor').locator('[data-open]').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Before')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Before')).toBeVisible()

  await card(page, 'Before').locator('[data-title]').dblclick()
  await page.keyboard.type('After')
  await page.keyboard.press('Enter')
  await expect(card(page, 'After')).toBeVisible()
  await expect(page).not.toHaveURL(/missions/)

  // A slow hand, whose first click has opened the mission already.
  await card(page, 'After').locator('[data-title]').dblclick({ delay: 230 })
  await page.keyboard.type('Later')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Later')).toBeVisible()
  await expect(page).not.toHaveURL(/missions/)

  await page.keyboard.press('r')
  await page.keyboard.type('Never')
  await page.keyboard.press('Escape')
  expect(await titles(page, 'backlog')).toEqual(['Later'])
})

test('cards move by keyboard, and others hear where they went', async ({ page }) => {
  await create(page, 'backlog', 'One', 'Two', 'Three')
  await card(page, 'Three').locator('[data-open]').focus()
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => titles(page, 'backlog')).toEqual(['One', 'Three', 'Two'])
  await page.keyboard.press(']')
  await expect.poll(() => titles(page, 'in_progress')).toEqual(['Three'])
  await expect(page.locator('[aria-live=polite]', { hasText: '“Three”: In progress, 1 of 1' })).toBeAttached()
  await expect(card(page, 'Three').locator('[data-open]')).toBeFocused()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => titles(page, 'review')).toEqual(['Three'])

  await page.keyboard.press('h')
  await expect(card(page, 'One').locator('[data-open]')).toBeFocused()
  await page.keyboard.press('j')
  await expect(card(page, 'Two').locator('[data-open]')).toBeFocused()
  await page.keyboard.press('m')
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(page, 'done')).toEqual(['Two'])
  await expect(card(page, 'Two').locator('[data-open]')).toBeFocused()
})

test('a card is dragged with the mouse, and Escape puts it back', async ({ page }) => {
  await create(page, 'backlog', 'One', 'Two', 'Three')
  const from = await middle(card(page, 'One'))
  const over = await middle(column(page, 'review'))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 12, from.y + 4, { steps: 3 })
  await expect(page.locator('.drag-ghost')).toBeAttached()
  await page.mouse.move(over.x, over.y, { steps: 8 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(page.locator('.drag-ghost')).toHaveCount(0)
  expect(await titles(page, 'backlog')).toEqual(['One', 'Two', 'Three'])

  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(over.x, over.y, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => titles(page, 'review')).toEqual(['One'])
  await expect(page).not.toHaveURL(/missions/)

  // Within a column: below the last one.
  const two = await middle(card(page, 'Two'))
  const three = (await card(page, 'Three').boundingBox())!
  await page.mouse.move(two.x, two.y)
  await page.mouse.down()
  await page.mouse.move(two.x, three.y + three.height, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => titles(page, 'backlog')).toEqual(['Three', 'Two'])
})

test('on a touch screen a long press lifts a card, and a swipe scrolls', async ({ browser, server, page }) => {
  await create(page, 'backlog', 'One', 'Two', 'Three')
  const { page: phone, wrong } = await another(browser, server, owner, { viewport: { width: 900, height: 900 }, hasTouch: true, isMobile: true })
  await expect(card(phone, 'Three')).toBeVisible()
  const touch = await phone.context().newCDPSession(phone)
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  const from = await middle(card(phone, 'One').locator('[data-title]'))
  const to = (await card(phone, 'Three').boundingBox())!

  // At once: a finger that rests between two moves of a busy machine would be a long press.
  await Promise.all([finger('touchStart', from.x, from.y), ...[1, 2, 3, 4, 5, 6].map((step) => finger('touchMove', from.x, from.y + step * 10)), finger('touchEnd')])
  await expect(phone.locator('.drag-ghost')).toHaveCount(0)
  expect(await titles(phone, 'backlog')).toEqual(['One', 'Two', 'Three'])

  await finger('touchStart', from.x, from.y)
  await expect(phone.locator('.drag-ghost')).toBeAttached()
  for (let step = 1; step <= 10; step++) await finger('touchMove', from.x, from.y + ((to.y + to.height - from.y) * step) / 10)
  await phone.waitForTimeout(100)
  await finger('touchEnd')
  await expect.poll(() => titles(phone, 'backlog')).toEqual(['Two', 'Three', 'One'])
  await expect.poll(() => titles(page, 'backlog')).toEqual(['Two', 'Three', 'One'])
  expect(wrong).toEqual([])
  await phone.context().close()
})

test('a mission is assigned, staff offered first', async ({ page }) => {
  await create(page, 'backlog', 'Count the boats')
  await card(page, 'Count the boats').locator('[data-open]').focus()
  await page.keyboard.press('a')
  const menu = page.getByRole('menu', { name: 'Assign to' })
  await expect(menu.getByRole('menuitemradio').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card(page, 'Count the boats').locator('[data-open]')).toBeFocused()
  await page.keyboard.press('a')
  await expect(menu.getByRole('menuitemradio').first()).toContainText('Analyst')
  await menu.getByRole('menuitemradio', { name: /Analyst/ }).click()
  await expect(card(page, 'Count the boats').getByRole('button', { name: 'Assigned to Analyst' })).toBeVisible()
})

test('a project is made from a card and shows on it', async ({ page }) => {
  await create(page, 'backlog', 'Count the boats')
  await card(page, 'Count the boats').locator('[data-open]').focus()
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'New project…' }).click()
  await page.getByLabel('Name').fill('Harbour census')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Count the boats').getByRole('button', { name: 'Project: Harbour census' })).toBeVisible()
})

test('an archived mission comes back with the toast; edits are undone and done again', async ({ page }) => {
  await create(page, 'backlog', 'One', 'Two')
  await card(page, 'One').locator('[data-open]').focus()
  await page.keyboard.press('e')
  await expect(card(page, 'One')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(() => titles(page, 'backlog')).toEqual(['One', 'Two'])

  await card(page, 'Two').locator('[data-open]').focus()
  await page.keyboard.press(']')
  await expect.poll(() => titles(page, 'in_progress')).toEqual(['Two'])
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => titles(page, 'backlog')).toEqual(['One', 'Two'])
  await expect(said(page, 'Undone: Moved “Two” to In progress')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect.poll(() => titles(page, 'in_progress')).toEqual(['Two'])
})

test('undo takes back one\'s own edits, not those of others', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await create(page, 'backlog', 'Mine')
  const second = await another(browser, server, ben)
  await create(second.page, 'backlog', 'Yours')
  await expect(card(page, 'Yours')).toBeVisible()
  await page.locator('body').press('ControlOrMeta+z')
  await expect(card(second.page, 'Mine')).toHaveCount(0)
  await expect(card(page, 'Yours')).toBeVisible()
  await second.context.close()
})

test('two browsers see each other\'s edits without a reload, and who is here', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await create(page, 'backlog', 'Shared')
  const second = await another(browser, server, ben)
  await expect(card(second.page, 'Shared')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Here now: Ben Sailor' })).toBeVisible()
  await expect(second.page.getByRole('img', { name: 'Here now: Ada Owner' })).toBeVisible()

  await card(second.page, 'Shared').locator('[data-open]').focus()
  await second.page.keyboard.press(']')
  await expect.poll(() => titles(page, 'in_progress')).toEqual(['Shared'])

  await second.page.keyboard.press('Enter')
  await expect(second.page).toHaveURL(/\/missions\//)
  await expect(card(page, 'Shared').getByRole('img', { name: 'Looking at it: Ben Sailor' })).toBeVisible()
  await second.page.keyboard.press('Escape')
  await expect(second.page).not.toHaveURL(/\/missions\//)
  await expect(card(page, 'Shared').getByRole('img', { name: /Looking at it/ })).toHaveCount(0)

  await second.context.close()
  await expect(page.getByRole('img', { name: /Here now/ })).toHaveCount(0)
  expect([...second.wrong, ...second.foreign]).toEqual([])
})

test('a viewer sees the board move and is offered nothing that changes it', async ({ page, browser, server, workspace }) => {
  const vera = person('Vera Viewer')
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', vera)
  await create(page, 'backlog', 'To be seen')
  const second = await another(browser, server, vera)
  await expect(card(second.page, 'To be seen')).toBeVisible()
  await expect(second.page.getByRole('button', { name: /New mission|Assign|More for|Undo/ })).toHaveCount(0)
  await second.page.locator('body').press('c')
  await expect(second.page.getByRole('textbox')).toHaveCount(0)
  const from = await middle(card(second.page, 'To be seen'))
  await second.page.mouse.move(from.x, from.y)
  await second.page.mouse.down()
  await second.page.mouse.move(from.x + 400, from.y, { steps: 5 })
  await expect(second.page.locator('.drag-ghost')).toHaveCount(0)
  await second.page.mouse.up()
  await create(page, 'review', 'Arrives by itself')
  await expect(card(second.page, 'Arrives by itself')).toBeVisible()
  expect(second.wrong).toEqual([])
  await second.context.close()
})

test('who is removed from the workspace is shown out of the board that is open', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const second = await another(browser, server, ben)
  await expect(second.page.locator('[data-live]')).toBeAttached()
  // By the link: the page that comes is alive, where one that is loaded anew would remove without asking until it is.
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Members' }).first().click()
  await page.getByRole('button', { name: 'Remove Ben Sailor' }).click()
  await page.getByRole('button', { name: /^Remove/ }).last().click()
  await expect(second.page.getByRole('heading', { name: 'You can no longer open this workspace' })).toBeVisible()
  await second.context.close()
})

test('of thousands of cards only those in sight are in the page, and each can be reached, moved and dragged', async ({ page, server, workspace }) => {
  const count = 3_000
  const id = (at: number) => `m${at}-${workspace.workspaceId}`
  const { token } = await createToken(server.dataDir, workspace.workspaceId, 'member')
  const client = connect(server.wsUrl, `board/${workspace.workspaceId}`, { token })
  await client.synced()
  const ranks = generateNKeysBetween(null, null, count)
  client.document.transact(() => {
    ranks.forEach((rank, at) => missionsOf(client.document).set(id(at), new Y.Map<unknown>([['title', `Card ${at}`], ['status', at < count - 5 ? 'backlog' : 'review'], ['rank', rank]])))
  })
  await client.acknowledged()
  client.end()

  await expect(column(page, 'backlog').locator('[data-count]')).toContainText(String(count - 5))
  const inPage = () => page.locator('[data-mission-id]').count()
  expect(await inPage()).toBeLessThan(80)
  await page.locator(`[data-mission-id=${id(0)}] [data-open]`).focus()
  await page.keyboard.press('End')
  await expect(page.locator(`[data-mission-id=${id(count - 6)}]`)).toBeInViewport()
  await expect(page.locator(`[data-mission-id=${id(count - 6)}] [data-open]`)).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(async () => (await titles(page, 'backlog')).slice(-2)).toEqual([`Card ${count - 6}`, `Card ${count - 7}`])

  // What is looked at stays where it is while cards above it go.
  const seen = page.locator(`[data-mission-id=${id(count - 8)}]`)
  const before = (await seen.boundingBox())!.y
  const other = connect(server.wsUrl, `board/${workspace.workspaceId}`, { token })
  await other.synced()
  other.document.transact(() => {
    for (let at = 0; at < 100; at++) missionsOf(other.document).get(id(at))?.set('status', 'done')
  })
  await other.acknowledged()
  other.end()
  await expect(column(page, 'done').locator('[data-count]')).toContainText('100')
  expect(Math.abs((await seen.boundingBox())!.y - before)).toBeLessThan(2)

  const from = await middle(seen)
  const over = await middle(column(page, 'review'))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(over.x, over.y, { steps: 10 })
  await page.mouse.up()
  await expect(column(page, 'review').locator(`[data-mission-id=${id(count - 8)}]`)).toBeVisible()
  expect(await inPage()).toBeLessThan(120)
})

test('the list of shortcuts opens with a question mark', async ({ page }) => {
  await page.locator('body').press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('on a phone the columns are pages with a bar of tabs', async ({ page, browser, server }) => {
  await create(page, 'review', 'For the verdict')
  const { page: phone, wrong, context } = await another(browser, server, owner, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const tab = phone.getByRole('navigation', { name: 'Columns' }).getByRole('button', { name: 'Review' })
  await expect(tab).toContainText('1')
  await tab.click()
  await expect(card(phone, 'For the verdict')).toBeInViewport({ ratio: 1 })
  await expect(tab).toHaveAttribute('aria-current', 'true')
  await card(phone, 'For the verdict').locator('[data-open]').click()
  await expect(phone).toHaveURL(/\/missions\//)
  expect(wrong).toEqual([])
  await context.close()
})
