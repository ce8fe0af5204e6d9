import type { Page } from '@playwright/test'
import { expect, signIn, test } from '../support/test.ts'

const field = (page: Page) => page.getByRole('textbox', { name: 'Message to the COO' })

test('a request that begins a chat without the network waits on this device, and is taken back into the field', async ({ page, context, server, workspace }) => {
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Chat' }).first().click()
  await expect(field(page)).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('What you send waits on this device')).toBeVisible()
  await field(page).fill('Compare three offers for new ropes')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('')
  const waiting = page.getByRole('list', { name: 'Waiting to be sent' }).first()
  await expect(waiting).toContainText('Compare three offers')
  await waiting.getByRole('button', { name: 'Take back' }).click()
  await expect(field(page)).toHaveValue('Compare three offers for new ropes')
  await expect(waiting).toHaveCount(0)
  expect(workspace.workspaceId).toBeTruthy()
})
