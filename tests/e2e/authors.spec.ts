import type { Browser, Page } from '@playwright/test'
import { expect, foreignRequests, signIn, test } from '../support/test.ts'
import type { RunningServer } from '../support/server.ts'
import { addMember, type Owner } from '../support/workspace.ts'

const ben: Owner = { name: 'Ben Sailor', email: 'ben@example.com', password: 'correct horse battery' }
const viv: Owner = { name: 'Viv Viewer', email: 'viv@example.com', password: 'correct horse battery' }

/** Everything that went wrong on a page, to be expected empty. */
function faults(page: Page) {
  const found: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && found.push(message.text())))
  page.on('pageerror', (error) => found.push(error.message))
  return found
}

async function another(browser: Browser, server: RunningServer, who: Owner, url: string) {
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const page = await context.newPage()
  const wrong = faults(page)
  await signIn(page, server, who)
  await page.goto(url)
  return { page, wrong, foreign, context }
}

/** Makes a mission, opens it and gives its address. */
async function openMission(page: Page, title: string): Promise<string> {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  return page.url()
}

const section = (page: Page) => page.getByRole('region', { name: 'Description' })
const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const toggle = (page: Page) => section(page).getByRole('button', { name: 'Who wrote this' }).first()
const legend = (page: Page) => section(page).getByRole('group', { name: 'Who wrote this' })
const tip = (page: Page) => page.locator('[data-author-tip]')

/** The middle of a character of the description, found by the words around it: `at` counts from the start of `words`. */
const characterAt = (page: Page, words: string, at: number) => section(page).locator('.prose-missions').evaluate((text, [words, at]) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    const found = node.data.indexOf(words)
    if (found < 0) continue
    const range = document.createRange()
    range.setStart(node, found + at)
    range.setEnd(node, found + at + 1)
    const { x, y, width, height } = range.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  }
  throw new Error(`“${words}” is not there`)
}, [words, at] as const)

async function point(page: Page, words: string, at: number) {
  const { x, y } = await characterAt(page, words, at)
  await page.mouse.move(x, y - 40)
  await page.mouse.move(x, y)
}

/** What is coloured, by the name of the highlight. */
const coloured = (page: Page) => page.evaluate(() =>
  Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('author-hue')).map(([name, ranges]) => [name, [...ranges].map((range) => (range as Range).toString()).join('|')])))

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
})

test('[GATE6] of a paragraph that two people write, every character names its author, live, and nothing in it changes', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Sort the sails')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben, url)
  await description(page).click()
  await page.keyboard.type('By size, three by age.')
  await expect(description(other)).toHaveText('By size, three by age.')
  const held = await description(page).innerHTML()
  await toggle(page).click()
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(legend(page)).toContainText('Ada Owner')
  expect(await description(page).innerHTML()).toBe(held)

  // Ben writes in the middle of hers, a word that begins as the next one does.
  await description(other).click()
  await other.keyboard.press('Control+Home')
  for (let at = 0; at < 'By size, '.length; at++) await other.keyboard.press('ArrowRight')
  await other.keyboard.type('then two or ')
  await expect(description(page)).toHaveText('By size, then two or three by age.')
  await expect(legend(page)).toContainText('Ben Sailor')
  await expect.poll(async () => Object.values(await coloured(page)).sort()).toEqual(['By size, |three by age.', 'then two or '])

  for (const [at, name] of [[0, 'Ada Owner (you)'], [7, 'Ada Owner (you)'], [9, 'Ben Sailor'], [20, 'Ben Sailor'], [21, 'Ada Owner (you)'], [33, 'Ada Owner (you)']] as const) {
    await point(page, 'By size, then', at)
    await expect(tip(page)).toHaveText(`${name} wrote this`)
  }
  await point(page, 'By size, then', 12)
  await expect(tip(page)).toBeVisible()

  // Ben, for whom it is the other way round, follows by the caret alone.
  await toggle(other).click()
  await description(other).focus()
  await other.keyboard.press('Control+Home')
  await other.keyboard.press('ArrowRight')
  await expect(legend(other).getByRole('status')).toHaveText('Ada Owner wrote this')
  await other.keyboard.press('Control+a')
  await expect(legend(other).getByRole('status')).toHaveText('Ada Owner and Ben Sailor (you) wrote this')

  // The caret of whoever types stays where it is while others write.
  await description(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Torn')
  await other.keyboard.press('Control+Home')
  await other.keyboard.type('Sails: ')
  await page.keyboard.type(' apart.')
  await expect(description(other)).toHaveText('Sails: By size, then two or three by age. Torn apart.')
  await expect.poll(async () => Object.values(await coloured(page)).sort()).toEqual(['By size, |three by age. Torn apart.', 'Sails: |then two or '])

  await toggle(page).click()
  await expect(legend(page)).toHaveCount(0)
  expect(await coloured(page)).toEqual({})
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('[GATE6] a viewer sees who wrote what by keyboard alone, as it is written', async ({ page, browser, server, workspace }) => {
  const url = await openMission(page, 'Look who wrote')
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', viv)
  await description(page).click()
  await page.keyboard.type('First from Ada.')
  const { page: other, wrong, foreign } = await another(browser, server, viv, url)
  await expect(other.getByText('First from Ada.')).toBeVisible()
  await toggle(other).focus()
  await other.keyboard.press('Enter')
  await expect(legend(other)).toContainText('Ada Owner')
  await other.keyboard.press('Tab')
  await expect(legend(other).getByRole('button', { name: 'Ada Owner' })).toBeFocused()
  await other.keyboard.press('Enter')
  await expect(legend(other).getByRole('status')).toHaveText('Ada Owner wrote this: “First from Ada.”')
  await other.keyboard.press('Shift+Tab')
  await page.keyboard.type(' More.')
  await expect.poll(async () => Object.values(await coloured(other))).toEqual(['First from Ada. More.'])
  await point(other, 'More.', 2)
  await expect(tip(other)).toHaveText('Ada Owner wrote this')
  expect([...wrong, ...foreign]).toEqual([])
})

test('without the network one\'s own words and those asked about before are told, and the rest is said not to be', async ({ page, browser, server }) => {
  const url = await openMission(page, 'On the train')
  const { page: other } = await another(browser, server, ben, url)
  await description(other).click()
  await other.keyboard.type('From Ben. ')
  await expect(description(page)).toHaveText('From Ben. ')
  await page.context().setOffline(true)
  await description(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('From Ada.')
  await toggle(page).click()
  await expect(legend(page)).toContainText('Not known')
  await expect(legend(page).getByRole('status')).toHaveText('Ada Owner (you) wrote this')
  await point(page, 'From Ben.', 2)
  await expect(tip(page)).toHaveText('It is not known who wrote this')
  await page.context().setOffline(false)
  await expect(legend(page)).toContainText('Ben Sailor')
  await expect(legend(page)).not.toContainText('Not known')
  // Asked about once, he is known without the network too.
  await toggle(page).click()
  await page.context().setOffline(true)
  await toggle(page).click()
  await expect(legend(page)).toContainText('Ben Sailor')
})
