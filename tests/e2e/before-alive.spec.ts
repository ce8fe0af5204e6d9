import type { Page } from '@playwright/test'
import { expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')

/** Shows a page as the server draws it; its scripts come when they are let in. */
async function withoutScripts(page: Page, address: string) {
  const { promise: letIn, resolve: arrives } = Promise.withResolvers<void>()
  await page.route(/\/_app\/immutable\/entry\//, async (route) => {
    await letIn
    await route.continue()
  })
  await page.goto(address, { waitUntil: 'commit' })
  return arrives
}
const message = (page: Page) => page.getByRole('textbox', { name: 'Message to the COO' })

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
})

test('what is pressed before the page is alive is done once it is, and asks what it asks', async ({ page, server, workspace }) => {
  const arrives = await withoutScripts(page, `${server.url}/w/${workspace.workspaceId}/members`)
  const remove = page.getByRole('button', { name: `Remove ${ben.name}` })
  await remove.click()
  await expect(remove).toHaveAttribute('aria-busy', 'true')
  await expect(page.getByRole('dialog')).toBeHidden()
  arrives()
  await expect(page.getByRole('dialog', { name: /Remove/ })).toBeVisible()
  await expect(remove).not.toHaveAttribute('aria-busy')
  await expect(page.getByRole('region', { name: /^People/ })).toContainText(ben.name)
})

test('what is typed before the page is alive stays, is sent, and is kept as all is that was typed', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  const address = `${server.url}/w/${workspace.workspaceId}/chat`
  let arrives = await withoutScripts(page, address)
  await message(page).pressSequentially('Bok the hall')
  for (const _ of 'k the hall') await message(page).press('ArrowLeft')
  await page.keyboard.type('o')
  arrives()
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled()
  // What is typed next goes on there.
  await page.keyboard.type('ki')
  await expect(message(page)).toHaveValue('Bookik the hall')
  await message(page).fill('Book the hall')

  // What was kept from before is not lost for it.
  arrives = await withoutScripts(page, address)
  await expect(message(page)).toHaveValue('')
  await message(page).fill('Water the plants')
  arrives()
  await expect(message(page)).toHaveValue('Book the hall\n\nWater the plants')
  await page.reload()
  await expect(message(page)).toHaveValue('Book the hall\n\nWater the plants')
  await message(page).press('Enter')
  await expect(page.locator('[data-message-id]').first()).toContainText('Water the plants')
  expect(wrong).toEqual([])
})

test('a choice, and a line that Enter sends, are taken as they were before the page was alive', async ({ page, server }) => {
  const wrong = faults(page)
  const arrives = await withoutScripts(page, `${server.url}/account`)
  const profile = page.getByRole('region', { name: 'Profile' })
  await profile.getByLabel('Time zone').selectOption('Pacific/Auckland')
  await profile.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace')
  await profile.getByRole('textbox', { name: 'Name' }).press('Enter')
  arrives()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  await expect(profile.getByRole('textbox', { name: 'Name' })).toHaveValue('Ada Lovelace')
  await expect(profile.getByLabel('Time zone')).toHaveValue('Pacific/Auckland')
  expect(wrong).toEqual([])
})
