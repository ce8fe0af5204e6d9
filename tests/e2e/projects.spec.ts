import type { Locator, Page } from '@playwright/test'
import { dot, pasteFile } from '../support/clipboard.ts'
import { another, expect, faults, person, signIn, test, withoutNetwork, withWorker } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

test.use(withWorker)

const ben = person('Ben Sailor')

const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name })
const name = (page: Page) => page.getByRole('textbox', { name: 'Name of the project' })
const brief = (page: Page) => page.getByRole('textbox', { name: 'Brief' })
const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })
const text = (page: Page) => page.getByRole('textbox', { name: 'Text' })
const row = (page: Page, of: string) => page.getByRole('treeitem', { name: of, exact: true })
const card = (page: Page, of: string) => page.locator('[data-mission-id]', { hasText: of })
/** The tree as it is seen: `Plan, -Stalls` is Stalls under Plan. */
const tree = (page: Page) => page.getByRole('treeitem').evaluateAll((rows) =>
  rows.filter((each) => (each as HTMLElement).offsetParent !== null).map((each) => '-'.repeat(Number(each.getAttribute('aria-level')) - 1) + each.textContent.trim()).join(', '))
const expectTree = (page: Page, wanted: string) => expect.poll(() => tree(page)).toBe(wanted)

async function makeProject(page: Page, called: string) {
  await place(page, 'Projects').click()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(called)
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(name(page)).toHaveValue(called)
}

async function makeDoc(page: Page, called: string, button: Locator = page.getByRole('button', { name: 'New doc', exact: true })) {
  await button.click()
  await expect(title(page)).toBeFocused()
  await page.keyboard.type(called)
  await page.keyboard.press('Enter')
  await expect(row(page, called)).toBeVisible()
}

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
})

test('two people write the brief, name docs, order and nest them, with keys and with the mouse, and delete one with undo', async ({ page, browser, server }) => {
  const wrong = faults(page, withoutNetwork)
  await makeProject(page, 'Harbour fair')
  const other = await another(browser, server, ben, { but: withoutNetwork })
  await other.page.goto(page.url())
  await expect(name(other.page)).toHaveValue('Harbour fair')

  await brief(page).click()
  await page.keyboard.insertText('Three stalls, and music.')
  await expect(brief(other.page)).toContainText('Three stalls, and music.')
  await name(other.page).fill('Harbour fair in June')
  await expect(name(page)).toHaveValue('Harbour fair in June')
  await other.page.getByRole('button', { name: /^Colour/ }).click()
  await other.page.getByRole('menuitemradio', { name: 'Pink' }).click()
  await expect(page.getByRole('button', { name: 'Colour: pink' })).toBeVisible()

  // A file of the project itself.
  const files = (of: Page) => of.getByRole('region', { name: 'Files' })
  await page.getByTestId('file-picker').setInputFiles({ name: 'stalls.txt', mimeType: 'text/plain', buffer: Buffer.from('Three.') })
  await expect(files(other.page).getByText('stalls.txt')).toBeVisible()
  await files(other.page).getByRole('button', { name: 'More for stalls.txt' }).click()
  await other.page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(files(page).getByText('stalls.txt')).toHaveCount(0)
  await other.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(files(page).getByText('stalls.txt')).toBeVisible()

  // A picture of the brief is a file of the project.
  await brief(page).press('ControlOrMeta+End')
  await pasteFile(brief(page), { name: 'Plan of the pier.png', type: 'image/png', base64: dot })
  const loaded = (picture: Locator) => picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
  await expect(brief(other.page).getByRole('img', { name: 'Plan of the pier' })).toBeVisible()
  expect(await loaded(brief(other.page).getByRole('img', { name: 'Plan of the pier' }))).toBe(10)
  await expect(files(other.page).getByText('Plan of the pier.png')).toBeVisible()

  for (const each of ['Plan', 'Music', 'Stalls']) await makeDoc(page, each)
  await expectTree(other.page, 'Plan, Music, Stalls')

  // With keys: Stalls under Music, and back out before it.
  await row(page, 'Stalls').focus()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expectTree(other.page, 'Plan, Music, -Stalls')
  await expect(row(page, 'Stalls')).toBeFocused()
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expectTree(other.page, 'Plan, Stalls, Music')

  // With the mouse: Plan into Music, then Stalls below it.
  await row(other.page, 'Plan').dragTo(row(other.page, 'Music'))
  await expectTree(page, 'Stalls, Music, -Plan')
  const target = (await row(other.page, 'Plan').boundingBox())!
  await row(other.page, 'Stalls').dragTo(row(other.page, 'Plan'), { targetPosition: { x: 30, y: target.height - 2 } })
  await expectTree(page, 'Music, -Plan, -Stalls')

  // With the menu.
  await row(page, 'Stalls').hover()
  await page.getByRole('button', { name: 'More for Stalls' }).click()
  await expect(page.getByRole('menuitem', { name: 'Move down' })).toBeDisabled()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  await expectTree(other.page, 'Music, -Stalls, -Plan')

  // Both write one doc; its address, breadcrumb and title are everybody's.
  await row(page, 'Plan').click()
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText(/Harbour fair in June\s*Music\s*Plan/)
  await other.page.goto(page.url())
  await text(page).click()
  await page.keyboard.insertText('Ropes by Monday.')
  await expect(text(other.page)).toContainText('Ropes by Monday.')
  await row(other.page, 'Plan').press('F2')
  await other.page.keyboard.type('The plan')
  await other.page.keyboard.press('Enter')
  await expect(title(page)).toHaveValue('The plan')

  await row(page, 'Music').press('Delete')
  await expectTree(other.page, '')
  await expect(other.page.getByText('This doc is deleted with “Music”.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expectTree(other.page, 'Music, -Stalls, -The plan')
  await expect(text(other.page)).toContainText('Ropes by Monday.')

  expect(wrong).toEqual([])
  expect(other.wrong).toEqual([])
  expect(other.foreign).toEqual([])
  await other.context.close()
})

test('a doc that was open before opens without the network, is written in, moved, and merged', async ({ page, browser, server, context }) => {
  await makeProject(page, 'Harbour fair')
  await makeDoc(page, 'Plan')
  await makeDoc(page, 'Stalls')
  await expect(text(page)).toBeEditable()
  await text(page).click()
  await page.keyboard.insertText('Bring ropes.')
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve))
  })
  const board = `/api/v1/workspaces/${new URL(page.url()).pathname.split('/')[2]}/board`
  await expect.poll(() => page.evaluate(async (url) => navigator.serviceWorker.controller !== null && (await caches.match(url)) !== undefined, board)).toBe(true)

  const other = await another(browser, server, ben, { but: withoutNetwork })
  await other.page.goto(page.url())
  await expect(text(other.page)).toContainText('Bring ropes.')

  await context.setOffline(true)
  await page.reload()
  await expect(page.locator('header').getByText(/^Offline/)).toBeVisible()
  await expect(text(page)).toContainText('Bring ropes.')
  await text(page).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.insertText(' And paint.')
  await row(page, 'Stalls').focus()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expectTree(page, 'Plan, -Stalls')
  await title(other.page).fill('Stalls of the fair')

  await context.setOffline(false)
  await expectTree(other.page, 'Plan, -Stalls of the fair')
  await expect(text(other.page)).toContainText('And paint.')
  await expect(title(page)).toHaveValue('Stalls of the fair')
  expect(other.wrong).toEqual([])
  await other.context.close()
})

test('the board shows one project: in the address, with keys, with what is made and moved there', async ({ page, browser, server }) => {
  test.slow()
  const wrong = faults(page, withoutNetwork)
  await makeProject(page, 'Harbour fair')
  const project = new URL(page.url()).pathname.split('/').at(-1)!
  await page.getByRole('button', { name: 'New mission' }).first().click()
  for (const each of ['Paint the boat', 'Hang the lamps']) {
    await page.keyboard.type(each)
    await page.keyboard.press('Enter')
    await expect(card(page, each)).toBeVisible()
  }
  const other = await another(browser, server, ben, { but: withoutNetwork })
  await other.page.locator('[data-column=backlog]').getByRole('button', { name: 'New mission in Backlog' }).last().click()
  await other.page.keyboard.type('Water the plants')
  await other.page.keyboard.press('Enter')
  await expect(card(other.page, 'Paint the boat')).toBeVisible()

  await place(page, 'Board').click()
  await expect(card(page, 'Water the plants')).toBeVisible()
  await page.locator('body').press('f')
  await page.getByRole('menuitemradio', { name: 'Harbour fair' }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`\\?project=${project}$`))
  await expect(card(page, 'Water the plants')).toHaveCount(0)
  await expect(card(page, 'Paint the boat')).toBeVisible()
  await page.reload()
  await expect(page.locator('[data-live]')).toBeAttached()
  await expect(page.locator('[data-column=backlog] [data-count]')).toContainText('2')

  // What is made here belongs to it; what is moved keeps its place among those that are not shown.
  await page.locator('body').press('c')
  await page.keyboard.type('Order flags')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(card(other.page, 'Order flags')).toContainText('Harbour fair')
  await card(page, 'Order flags').locator('[data-open]').focus()
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => page.locator('[data-column=backlog] [data-title]').allTextContents()).toEqual(['Paint the boat', 'Order flags', 'Hang the lamps'])
  await expect.poll(() => other.page.locator('[data-column=backlog] [data-title]').allTextContents()).toEqual(['Paint the boat', 'Order flags', 'Hang the lamps', 'Water the plants'])
  await card(page, 'Order flags').dragTo(page.locator('[data-column=in_progress]'))
  await expect(other.page.locator('[data-column=in_progress]').getByText('Order flags')).toBeVisible()

  // A mission opens and closes over the same board, and leads to its project.
  await card(page, 'Hang the lamps').locator('[data-open]').press('Enter')
  await expect(page).toHaveURL(new RegExp(`/missions/[^/]+\\?project=${project}$`))
  await page.getByRole('button', { name: 'Project: Harbour fair' }).last().click()
  await page.getByRole('menuitem', { name: 'Open the project' }).click()
  await expect(name(page)).toHaveValue('Harbour fair')
  await expect(page.getByRole('region', { name: 'Missions' })).toContainText('In progress')

  // Archived, it says so wherever it is, and its missions stay.
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByText('This project is archived.')).toBeVisible()
  await expect(card(other.page, 'Paint the boat')).toContainText('archived')
  await place(page, 'Projects').click()
  await expect(page.getByText('All projects are archived')).toBeVisible()
  await page.getByRole('button', { name: /^Archived/ }).click()
  await page.getByRole('link', { name: 'Harbour fair' }).click()
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(card(other.page, 'Paint the boat')).not.toContainText('archived')

  expect(wrong).toEqual([])
  expect(other.wrong).toEqual([])
  await other.context.close()
})

test('a viewer reads, and changes nothing; what is not there says so', async ({ page, browser, server, workspace }) => {
  await makeProject(page, 'Harbour fair')
  const project = page.url()
  await brief(page).click()
  await page.keyboard.insertText('Three stalls.')
  await makeDoc(page, 'Plan')
  const vera = person('Vera Viewer')
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', vera)
  const other = await another(browser, server, vera, { but: withoutNetwork })
  await other.page.goto(project)
  await expect(other.page.getByRole('region', { name: 'Brief' })).toContainText('Three stalls.')
  await expect(name(other.page)).toHaveCount(0)
  await expect(other.page.getByRole('button', { name: /New doc|New mission|Colour/ })).toHaveCount(0)
  await row(other.page, 'Plan').focus()
  await other.page.keyboard.press('Delete')
  await other.page.keyboard.press('Alt+Shift+ArrowRight')
  await other.page.keyboard.press('Enter')
  await expect(other.page.getByRole('heading', { name: 'Plan' })).toBeVisible()
  await expect(other.page.getByText('Nothing is written here yet.')).toBeVisible()

  await other.page.goto(`${project}/docs/nothing`)
  await expect(other.page.getByText('There is no such doc here')).toBeVisible()
  await other.page.goto(project.replace(/[^/]+$/, 'nothing'))
  await expect(other.page.getByText('There is no such project here')).toBeVisible()
  await other.page.goto(`${project.replace(/\/projects.*/, '')}?project=nothing`)
  await other.page.getByRole('button', { name: 'Show all missions' }).click()
  await expect(other.page).not.toHaveURL(/project=/)
  expect(other.wrong).toEqual([])
  await other.context.close()
})

test('on a phone the places are at the foot, and cover neither the board nor a mission', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const bar = page.getByRole('navigation', { name: 'Workspace' })
  const foot = (await bar.boundingBox())!
  expect(foot.y + foot.height).toBeCloseTo(844, 0)
  for (const link of await bar.getByRole('link').all()) expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  await expect(place(page, 'Board')).toHaveAttribute('aria-current', 'page')
  const add = page.locator('[data-column=backlog]').getByRole('button', { name: 'New mission in Backlog' }).last()
  const box = (await add.boundingBox())!
  expect(box.y + box.height).toBeLessThanOrEqual(foot.y)
  await add.click()
  await page.keyboard.type('Paint the boat')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await card(page, 'Paint the boat').locator('[data-open]').click()
  const comment = page.getByRole('textbox', { name: 'Comment', exact: true })
  await expect(comment).toBeVisible()
  const under = await comment.evaluate((field) => {
    const { left, top, width, height } = field.getBoundingClientRect()
    return field.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
  expect(under).toBe(true)
})
