import type { Page } from '@playwright/test'
import { admin } from '../support/admin.ts'
import { alone, expect, foreignRequests, owner, person, signIn, test } from '../support/test.ts'
import { addMember, createWorkspace } from '../support/workspace.ts'

const ben = person('Ben Sailor')

async function askToDelete(page: Page) {
  const dialog = page.getByRole('dialog')
  // The page is drawn before its script runs; a click until then opens nothing.
  await expect(async () => {
    await page.getByRole('button', { name: 'Delete workspace…' }).click({ timeout: 1_000 })
    await expect(dialog.getByLabel(/^Type/)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  return dialog
}

async function deleteOnPage(page: Page, name: string) {
  const dialog = await askToDelete(page)
  await dialog.getByLabel(/^Type/).fill(name)
  await dialog.getByRole('button', { name: 'Delete workspace' }).click()
}

test('an owner deletes a workspace: everybody is out at once, and the owner is in the other one', async ({ page, server, workspace, browser }) => {
  const { workspaceId: quay } = await createWorkspace(server.dataDir, { name: 'Quay', owner })
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const bens = await context.newPage()
  await signIn(bens, server, ben)
  await expect(bens.locator('[data-live]')).toBeAttached()

  await page.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  const dialog = await askToDelete(page)
  await expect(dialog.getByText('All 2 people lose access at once')).toBeVisible()
  await expect(dialog.getByText(`workspace undelete --workspace ${workspace.workspaceId}`)).toBeVisible()
  await dialog.getByLabel(/^Type/).fill('harbour')
  await expect(dialog.getByRole('button', { name: 'Delete workspace' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await deleteOnPage(page, 'Harbour')

  await page.waitForURL(`${server.url}/w/${quay}`)
  await expect(page.getByText('The other workspace is deleted.')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Quay')
  await expect(bens.getByRole('heading', { name: 'You can no longer open this workspace' })).toBeVisible({ timeout: 3_000 })
  await page.goto(`${server.url}/w/${workspace.workspaceId}`)
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  expect(foreign).toEqual([])

  await admin(server.dataDir, 'workspace', 'undelete', '--workspace', workspace.workspaceId)
  await bens.goto(server.url)
  await expect(bens.locator('[data-live]')).toBeAttached()
  await context.close()
})

test('after the only workspace its owner is told that it is gone, and makes another', alone, async ({ page, server, workspace }) => {
  await signIn(page, server)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  await deleteOnPage(page, 'Harbour')
  await expect(page.getByText('The workspace is deleted')).toBeVisible()
  await page.getByLabel('Workspace').fill('Quay')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await page.waitForURL(/\/w\/[^/]+$/)
  await expect(page.getByRole('banner')).toContainText('Quay')
})

test('a stranger who comes after the only workspace was deleted is asked to sign in', alone, async ({ page, server, workspace }) => {
  await admin(server.dataDir, 'workspace', 'delete', '--workspace', workspace.workspaceId)
  for (const path of ['/', '/welcome']) {
    await page.goto(`${server.url}${path}`)
    await expect(page).toHaveURL(`${server.url}/sign-in`)
  }
})

test('a member is not offered to delete, and is refused', async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server, ben)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  await expect(page.getByRole('heading', { name: 'Members', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Delete this workspace' })).toHaveCount(0)
  const answer = await page.request.post(`${server.url}/w/${workspace.workspaceId}/members?/delete`, { form: { name: 'Harbour' }, headers: { origin: server.url } })
  expect(answer.status()).toBe(403)
})

test('an owner whose form names another workspace deletes nothing', async ({ page, server, workspace }) => {
  await signIn(page, server, owner)
  const send = (name: string) => page.request.post(`${server.url}/w/${workspace.workspaceId}/members?/delete`, {
    form: { name }, headers: { origin: server.url, accept: 'application/json' },
  })
  expect(await (await send('Quay')).json()).toMatchObject({ type: 'failure', status: 400 })
  expect((await page.goto(`${server.url}/w/${workspace.workspaceId}`))?.status()).toBe(200)
  expect(await (await send(' Harbour ')).json()).toMatchObject({ type: 'redirect', location: '/?deleted' })
  expect((await page.goto(`${server.url}/w/${workspace.workspaceId}`))?.status()).toBe(404)
})
