import type { Page } from '@playwright/test'
import { expect, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const viv = person('Viv Viewer')

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const toggle = (page: Page) => page.getByRole('button', { name: 'Who wrote this' })
const panel = (page: Page) => page.getByRole('group', { name: 'Who wrote this' })
/** What is marked as written by each author, by the words of the page. */
const marked = (page: Page) => page.evaluate(() => Object.fromEntries([...CSS.highlights].map(([name, highlight]) => [name, [...highlight].map((range) =>
  (range.startContainer as Text).data.slice(range.startOffset, range.endOffset)).join('')] as const).filter(([, words]) => words !== '')))

test('[GATE6] who wrote each word of a description is shown to everyone, follows what is typed, and changes nothing', async ({ page, browser, server, workspace }) => {
  for (const [role, who] of [['member', ben], ['viewer', viv]] as const) await addMember(server.dataDir, workspace.workspaceId, role, who)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Sail to the island')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: 'Sail to the island' }).locator('[data-open]').click()
  await description(page).fill('From the owner.')
  const address = page.url()

  const other = await (await browser.newContext()).newPage()
  await signIn(other, server, ben)
  await other.goto(address)
  await expect(description(other)).toHaveText('From the owner.')
  // It can be read before it can be written.
  await expect(description(other)).toHaveAttribute('contenteditable', 'true')
  await description(other).press('Control+End')
  await other.keyboard.type(' And Ben.')
  await expect(description(page)).toHaveText('From the owner. And Ben.')

  await toggle(page).focus()
  await page.keyboard.press('Enter')
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true')
  await expect(panel(page)).toContainText('Ben Sailor')
  await expect.poll(async () => Object.values(await marked(page)).sort()).toEqual([' And Ben.', 'From the owner.'])

  // The caret tells in words, and goes on to write.
  await description(page).press('Control+End')
  await expect(panel(page)).toContainText('Ben Sailor wrote this.')
  await page.keyboard.type(' Again.')
  await expect(panel(page)).not.toContainText('Ben Sailor wrote this.')
  await expect.poll(async () => Object.values(await marked(page)).sort()).toEqual([' And Ben.', 'From the owner. Again.'])
  await expect(description(other)).toHaveText('From the owner. And Ben. Again.')

  // Whoever may only read sees the same, live.
  const reader = await (await browser.newContext()).newPage()
  await signIn(reader, server, viv)
  await reader.goto(address)
  await toggle(reader).click()
  await expect.poll(async () => Object.values(await marked(reader)).sort()).toEqual([' And Ben.', 'From the owner. Again.'])
  await description(other).press('Control+End')
  await other.keyboard.type(' Me too.')
  await expect.poll(async () => Object.values(await marked(reader)).sort()).toEqual([' And Ben. Me too.', 'From the owner. Again.'])
  await reader.getByText('From the owner.').hover({ position: { x: 20, y: 8 } })
  await expect(panel(reader)).toContainText('wrote this.')

  await toggle(page).click()
  await expect(panel(page)).toBeHidden()
  expect(await marked(page)).toEqual({})
  if (process.env.PICTURES) {
    await toggle(page).click()
    await expect.poll(async () => Object.keys(await marked(page)).length).toBe(2)
    for (const scheme of ['light', 'dark'] as const) for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${process.env.PICTURES}/authors-${scheme}-${width}.png` })
    }
  }
})
