import { readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'
import { admin } from '../support/admin.ts'
import type { RunningServer } from '../support/server.ts'
import { expect, owner, person, signIn, test } from '../support/test.ts'
import { addMember, type Owner } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const eve = person('Eve Quay')
/** Where Ada gets her mail after she moved it. */
const changed = person('Ada.new Owner')

const people = (page: Page) => page.getByRole('region', { name: /^People/ })
const row = (page: Page, name: string) => people(page).getByRole('listitem').filter({ hasText: name })
const section = (page: Page, name: string) => page.getByRole('region', { name })

async function another(browser: Browser, server: RunningServer, who: Owner, userAgent?: string) {
  const page = await (await browser.newContext(userAgent ? { userAgent } : {})).newPage()
  await signIn(page, server, who)
  return page
}

async function pictures(page: Page, name: string) {
  if (!process.env.PICTURES) return
  for (const scheme of ['light', 'dark'] as const) for (const width of [1440, 390]) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(200)
    await page.screenshot({ path: `${process.env.PICTURES}/people-${name}-${scheme}-${width}.png`, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('a name and a picture are changed in the account, and others see them at once', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const other = await another(browser, server, ben)
  await other.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  await expect(row(other, 'Ada Owner')).toBeVisible()
  await expect(row(other, 'Ada Owner').locator('img')).toHaveCount(0)

  await signIn(page, server)
  await page.getByRole('button', { name: /^Ada Owner: account/ }).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await page.getByTestId('picture-picker').setInputFiles({ name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
  await expect(page.getByText('is not a picture that this browser can read')).toBeVisible()
  await page.getByTestId('picture-picker').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: readFileSync('static/icon-192.png') })
  const dialog = page.getByRole('dialog', { name: 'Your picture' })
  await dialog.getByRole('slider').fill('2')
  await dialog.getByRole('application').press('ArrowLeft')
  await pictures(page, 'crop')
  await dialog.getByRole('button', { name: 'Use this picture' }).click()
  await expect(dialog).toBeHidden()
  const picture = row(other, 'Ada Owner').locator('img')
  await expect(picture).toHaveAttribute('src', /^\/api\/v1\/people\/.+\/avatar\/[0-9a-f]{64}$/)
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256)

  await section(page, 'Profile').getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace')
  await section(page, 'Profile').getByLabel('Time zone').selectOption('Pacific/Auckland')
  await page.keyboard.press('Tab')
  await section(page, 'Profile').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(section(page, 'Profile').getByLabel('Time zone')).toHaveValue('Pacific/Auckland')
  await pictures(page, 'account')
  await page.getByRole('link', { name: 'Back to Harbour' }).click()
  await page.getByRole('link', { name: 'Members' }).click()
  await expect(row(page, 'Ada Lovelace').locator('img')).toBeVisible()
  // Dates are told in the chosen zone, whatever the browser's is.
  const at = await row(page, 'Ben Sailor').locator('time').first().getAttribute('datetime')
  const expected = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Pacific/Auckland' }).format(new Date(at!))
  await expect(row(page, 'Ben Sailor').locator('time').first()).toHaveAttribute('title', expected)
})

test('sessions are told in words; signing out elsewhere closes what is open there within a second', async ({ page, browser, server, workspace }) => {
  const phone = await another(browser, server, owner, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1')
  const tablet = await another(browser, server, owner, 'Mozilla/5.0 (Android 15; Tablet; rv:143.0) Gecko/143.0 Firefox/143.0')
  for (const each of [phone, tablet]) await expect(each.locator('[data-live]')).toBeAttached()
  await signIn(page, server)
  await page.goto(`${server.url}/account?from=/w/${workspace.workspaceId}`)
  const sessions = section(page, 'Where you are signed in')
  await expect(sessions.getByRole('listitem')).toHaveCount(3)
  await expect(sessions.getByRole('listitem').first()).toContainText('This browser')
  await pictures(page, 'sessions')
  await sessions.getByRole('button', { name: 'Sign out of Firefox on Android' }).click()
  await tablet.waitForURL(/\/sign-in/, { timeout: 3_000 })
  await expect(sessions.getByRole('listitem')).toHaveCount(2)

  // A new password asks which of the others it ends.
  const password = section(page, 'Password')
  await password.getByRole('textbox', { name: 'Password now' }).fill('not this one')
  await password.getByRole('textbox', { name: 'New password' }).fill('a brand new password')
  await password.getByRole('button', { name: 'Change password' }).click()
  await expect(password).toContainText('This is not your password.')
  await pictures(page, 'wrong-password')
  await password.getByRole('textbox', { name: 'Password now' }).fill(owner.password)
  await password.getByRole('textbox', { name: 'New password' }).fill('a brand new password')
  await password.getByRole('checkbox', { name: /Safari on iPhone/ }).uncheck()
  await password.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The password is changed.')).toBeVisible()
  await expect(sessions.getByRole('listitem')).toHaveCount(2)
  await sessions.getByRole('button', { name: 'Sign out elsewhere' }).click()
  await phone.waitForURL(/\/sign-in/, { timeout: 3_000 })
  await expect(sessions).toContainText('Only here.')

  await section(page, 'E-mail').getByRole('textbox', { name: 'New e-mail' }).fill(changed.email)
  await section(page, 'E-mail').getByRole('textbox', { name: 'Your password' }).fill('a brand new password')
  await section(page, 'E-mail').getByRole('button', { name: 'Change e-mail' }).click()
  await expect(section(page, 'E-mail')).toContainText(`You sign in as ${changed.email}`)
  await phone.goto(`${server.url}/sign-in`)
  await signIn(phone, server, { email: changed.email, password: 'a brand new password' })
})

test('an owner’s link gives somebody a new password, once, and signs them out everywhere; the administrator has one, too', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  const other = await another(browser, server, ben)
  await expect(other.locator('[data-live]')).toBeAttached()
  await signIn(page, server)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  await expect(row(page, 'Ada Owner').getByRole('button', { name: /Reset the password/ })).toHaveCount(0)
  await row(page, 'Ben Sailor').getByRole('button', { name: 'Reset the password of Ben Sailor' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reset the password of Ben Sailor?' })
  await expect(dialog).toContainText('signed out everywhere')
  await pictures(page, 'reset')
  await dialog.getByRole('button', { name: 'Make a reset link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link for Ben Sailor' }).inputValue()
  await pictures(page, 'reset-link')

  const fresh = await (await browser.newContext()).newPage()
  await fresh.goto(link)
  await expect(fresh.getByText(ben.email)).toBeVisible()
  await pictures(fresh, 'new-password')
  await fresh.getByRole('textbox', { name: 'New password' }).fill('a brand new password')
  await fresh.getByRole('textbox', { name: 'Once more' }).fill('another one')
  await fresh.getByRole('button', { name: 'Set it and sign in' }).click()
  await expect(fresh.getByText('This is not the same password as above.')).toBeVisible()
  await fresh.getByRole('textbox', { name: 'Once more' }).fill('a brand new password')
  await fresh.getByRole('button', { name: 'Set it and sign in' }).click()
  await fresh.waitForURL(/\/w\//)
  await other.waitForURL(/\/sign-in/, { timeout: 3_000 })
  await other.goto(link)
  await expect(other.getByText('This link was already used, was replaced or has expired.')).toBeVisible()

  // Somebody who also belongs to a workspace of others is the administrator's to help.
  const made = await admin<{ workspace: { id: string } }>(server.dataDir, 'workspace', 'create', '--name', 'Quay', '--owner-name', eve.name, '--email', eve.email, '--password', eve.password)
  await admin(server.dataDir, 'member', 'add', '--workspace', made.workspace.id, '--email', ben.email, '--name', ben.name, '--role', 'viewer')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await row(page, 'Ben Sailor').getByRole('button', { name: 'Reset the password of Ben Sailor' }).click()
  await dialog.getByRole('button', { name: 'Make a reset link' }).click()
  await expect(dialog).toContainText('also belongs to a workspace that you do not own')
  const { link: byAdmin } = await admin<{ link: string }>(server.dataDir, 'member', 'reset-password', '--email', ben.email)
  await other.goto(new URL(new URL(byAdmin).pathname, server.url).href)
  await expect(other.getByRole('heading', { name: 'Choose a new password' })).toBeVisible()
})

test('invitations are listed with who made them and revoked; the only owner stays, a member may leave', async ({ page, browser, server, workspace }) => {
  for (let n = 0; n < 9; n++) await addMember(server.dataDir, workspace.workspaceId, 'viewer', person(`${n} Viewer`))
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = await page.getByRole('textbox', { name: 'Link for a member' }).inputValue()
  const invitations = section(page, 'Invite somebody')
  await expect(invitations.getByRole('listitem')).toContainText('by Ada Owner. Expires')
  await pictures(page, 'members')
  await invitations.getByRole('button', { name: 'Revoke the invitation as a member' }).click()
  await expect(invitations.getByRole('listitem')).toHaveCount(0)
  const other = await another(browser, server, ben)
  await other.goto(link)
  await expect(other.getByText('This invitation was already used, was revoked or has expired.')).toBeVisible()

  await page.getByRole('searchbox', { name: 'Find somebody' }).fill('sail ben')
  await expect(people(page).getByRole('listitem')).toHaveCount(1)
  await page.getByRole('searchbox', { name: 'Find somebody' }).fill('nobody at all')
  await expect(people(page)).toContainText('Nobody here is called “nobody at all”')
  await page.getByRole('button', { name: 'Show everybody' }).click()
  await expect(people(page).getByRole('listitem')).toHaveCount(11)
  await row(page, 'Ada Owner').getByRole('button', { name: /only owner/ }).click()
  await expect(page.getByText('Make somebody else an owner before you leave.')).toBeVisible()

  await other.goto(`${server.url}/w/${workspace.workspaceId}/members`)
  // The page may be drawn before this very visit is noted.
  await expect(async () => {
    await other.reload()
    await expect(row(other, 'Ben Sailor')).toContainText('active', { timeout: 1_000 })
  }).toPass()
  await row(other, 'Ben Sailor').getByRole('button', { name: 'Leave Harbour' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await expect(other.getByRole('region', { name: /^People/ })).toBeHidden()
  await page.reload()
  await expect(row(page, 'Ben Sailor')).toHaveCount(0)
})

test('what is pressed before the page is alive is done once it is, and asks what it asks', async ({ page, browser, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const { promise: slow, resolve: arrives } = Promise.withResolvers<void>()
  // In a browser of its own, which has none of the scripts yet.
  const context = await browser.newContext({ storageState: await page.context().storageState(), serviceWorkers: 'block' })
  const late = await context.newPage()
  await late.route(/\/_app\/immutable\/entry\//, async (route) => {
    await slow
    await route.continue()
  })
  await late.goto(`${server.url}/w/${workspace.workspaceId}/members`, { waitUntil: 'commit' })
  const remove = late.getByRole('button', { name: `Remove ${ben.name}` })
  await remove.click()
  await expect(remove).toHaveAttribute('aria-busy', 'true')
  await expect(late.getByRole('dialog')).toBeHidden()
  arrives()
  await expect(late.getByRole('dialog', { name: /Remove/ })).toBeVisible()
  await expect(remove).not.toHaveAttribute('aria-busy')
  await expect(row(late, ben.name)).toBeVisible()
  await context.close()
})
