import type { Page } from '@playwright/test'
import { expect, foreignRequests, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const viv = person('Viv Viewer')

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const versions = (page: Page) => page.getByRole('dialog', { name: 'Versions of description' })
const listed = (page: Page) => versions(page).getByRole('list', { name: 'Versions, newest first' }).getByRole('button')
const compared = (page: Page) => versions(page).locator('section.compare')

async function type(page: Page, paragraphs: string[]) {
  const [first = '', ...rest] = paragraphs
  await description(page).fill(first)
  await description(page).press('ControlOrMeta+End')
  for (const words of rest) {
    await page.keyboard.press('Enter')
    await page.keyboard.insertText(words)
  }
}

async function pictures(page: Page, name: string) {
  if (!process.env.PICTURES) return
  for (const scheme of ['light', 'dark'] as const) for (const width of [1440, 390]) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `${process.env.PICTURES}/versions-${name}-${scheme}-${width}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('a version is saved by one and seen by the other at once, compared word by word, and put back for all; it can be undone', async ({ page, browser, server, workspace }) => {
  for (const [role, who] of [['member', ben], ['viewer', viv]] as const) await addMember(server.dataDir, workspace.workspaceId, role, who)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Sail to the island')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: 'Sail to the island' }).locator('[data-open]').click()
  await type(page, ['We sail at noon.', 'Bring bread and water.'])

  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const other = await context.newPage()
  await signIn(other, server, ben)
  await other.goto(page.url())
  await expect(description(other)).toContainText('Bring bread and water.')
  await other.getByRole('button', { name: 'Versions' }).click()
  await expect(versions(other)).toContainText('No versions yet')
  await pictures(other, 'empty')

  await page.getByRole('button', { name: 'Versions' }).click()
  await versions(page).getByRole('textbox', { name: 'Name of the version' }).fill('As agreed')
  await page.keyboard.press('Enter')
  await expect(listed(page)).toHaveCount(1)
  await expect(listed(other).first()).toContainText('As agreed')
  await expect(listed(other).first()).toContainText('Ada Owner')
  await page.keyboard.press('Escape')

  // What changes while somebody looks is told as it is typed.
  await type(page, ['We sail at dawn.', 'Bring bread and water.', 'And a map.'])
  await expect(compared(other)).toContainText('And a map.')
  await expect(compared(other).locator('del.word')).toHaveText('noon')
  await expect(compared(other).locator('ins.word').first()).toHaveText('dawn')
  await pictures(other, 'changed')
  await compared(other).getByRole('button', { name: 'Side by side' }).click()
  await expect(compared(other).locator('.pair')).not.toHaveCount(0)
  await pictures(other, 'beside')

  await versions(other).getByRole('button', { name: 'Restore this version' }).click()
  await expect(versions(other)).toBeHidden()
  for (const each of [page, other]) await expect(description(each)).toHaveText('We sail at noon.Bring bread and water.')

  // What was there is a version of its own, and the way back is the usual one.
  await page.getByRole('button', { name: 'Versions' }).click()
  await expect(listed(page)).toHaveCount(2)
  await expect(listed(page).first()).toContainText('Before a restore')
  await expect(listed(page).first()).toContainText('Ben Sailor')
  await pictures(page, 'two')
  await page.keyboard.press('Escape')
  await description(other).click()
  await other.keyboard.press('ControlOrMeta+z')
  for (const each of [page, other]) await expect(description(each)).toContainText('We sail at dawn.')
  await expect(description(page)).toContainText('And a map.')

  // Whoever may only look sees all of it and changes nothing.
  const reader = await (await browser.newContext()).newPage()
  await signIn(reader, server, viv)
  await reader.goto(page.url())
  await reader.getByRole('button', { name: 'Versions' }).click()
  await listed(reader).nth(1).click()
  await expect(compared(reader)).toContainText('dawn')
  await expect(versions(reader).getByRole('button', { name: 'Restore this version' })).toHaveCount(0)
  await expect(versions(reader).getByRole('textbox')).toHaveCount(0)
  expect(foreign).toEqual([])
})
