import { readFile } from 'node:fs/promises'
import type { Browser, Page } from '@playwright/test'
import { missionsOf } from '#lib/board/board-document.ts'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import type { RunningServer } from '../support/server.ts'
import { newId } from '../../server/new-id.ts'
import { expect, foreignRequests, owner, person, signIn, test } from '../support/test.ts'
import { addMember, createToken } from '../support/workspace.ts'

const ben = person('Ben Sailor')

const entries = (page: Page) => page.getByRole('main').locator('[data-entry]')

/** Somebody who looks on in a browser of their own. */
async function onlooker(browser: Browser, server: RunningServer) {
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const other = await context.newPage()
  await signIn(other, server, ben)
  await other.getByRole('link', { name: 'Activity' }).first().click()
  await expect(other.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
  return { other, context, foreign }
}

async function asStaff(server: RunningServer, workspaceId: WorkspaceId) {
  const { token, actorId } = await createToken(server.dataDir, workspaceId, 'staff', 'Scout')
  const client = connect(server.wsUrl, boardDocument(workspaceId), { token })
  await client.synced()
  return { client, actorId }
}

test('what one does stands in the record of the other at once, and in the mission; staff are told apart, and names are those of now', async ({ page, browser, server, workspace }) => {
  const { workspaceId } = workspace
  await addMember(server.dataDir, workspaceId, 'viewer', ben)
  const { client: scout } = await asStaff(server, workspaceId)
  await signIn(page, server)
  const { other, context, foreign } = await onlooker(browser, server)
  const wrong: string[] = []
  for (const each of [page, other]) each.on('pageerror', (error) => wrong.push(error.message))
  await expect(entries(other).filter({ hasText: 'An administrator of the server' }).first()).toContainText('staff')

  // One makes a mission and assigns it; the other, who may only look, sees it come.
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Plan the fair')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(entries(other).first()).toContainText('Ada Owner created Plan the fair in Backlog')
  await page.locator('[data-mission-id]', { hasText: 'Plan the fair' }).locator('[data-open]').click()
  await page.getByRole('button', { name: 'Assignee: nobody' }).click()
  await page.getByRole('menuitemradio', { name: 'Scout' }).click()
  await expect(entries(other).first()).toContainText('Ada Owner assigned Plan the fair to Scout')
  const changes = page.locator('[data-event=changes]')
  await expect(changes).toContainText('assigned it to Scout')

  const id = [...missionsOf(scout.document).keys()][0] as MissionId
  renameMission(scout.document, id, 'Plan the harbour fair')
  await scout.acknowledged()
  moveMission(scout.document, id, 'review', 0)
  await scout.acknowledged()
  await expect(entries(other).first()).toContainText('Scout AI staff moved Plan the harbour fair from Backlog to Review')
  await expect(entries(other).filter({ hasText: 'created' }).filter({ hasText: 'Ada' })).toContainText('Plan the harbour fair')
  await expect(changes).toContainText('Scout moved it from Backlog to Review')

  await entries(other).getByRole('link', { name: 'Plan the harbour fair' }).first().click()
  await expect(other).toHaveURL(/\/missions\//)
  scout.end()
  expect(wrong).toEqual([])
  expect(foreign).toEqual([])
  await context.close()
})

test('what one reads stays where it is when more comes; filters stand in the address, and the table has what they let through', async ({ browser, server, workspace }) => {
  const { workspaceId } = workspace
  await addMember(server.dataDir, workspaceId, 'viewer', ben)
  const { client: scout, actorId } = await asStaff(server, workspaceId)
  for (let n = 0; n < 60; n++) createMission(scout.document, { id: newId<MissionId>(), title: `Mission number ${n}` }, actorId, n)
  await scout.acknowledged()
  const member = await createToken(server.dataDir, workspaceId, 'member', 'Mia')
  // What is written down only while the page is open counts as new there.
  await expect.poll(async () => {
    const recorded = await fetch(`${server.url}/api/v1/workspaces/${workspaceId}/activity?limit=200`, { headers: { authorization: `Bearer ${member.token}` } })
    return (await recorded.json() as { entries: { subject: { name: string } }[] }).entries.filter(({ subject }) => subject.name.startsWith('Mission number')).length
  }).toBe(60)
  const { other, context, foreign } = await onlooker(browser, server)

  await expect(entries(other).nth(49)).toBeAttached()
  // The end comes near: it goes on by itself.
  await entries(other).nth(49).scrollIntoViewIfNeeded()
  await expect(entries(other).nth(60)).toBeAttached()
  const read = entries(other).filter({ hasText: 'Mission number 40' })
  await read.scrollIntoViewIfNeeded()
  const before = await read.boundingBox()
  const mia = connect(server.wsUrl, boardDocument(workspaceId), { token: member.token })
  await mia.synced()
  createMission(mia.document, { id: newId<MissionId>(), title: '=The newest of all' }, member.actorId, 99)
  await mia.acknowledged()
  mia.end()
  await expect(other.getByRole('button', { name: 'One new entry' })).toBeVisible()
  expect(Math.abs(((await read.boundingBox())?.y ?? 0) - (before?.y ?? -1000))).toBeLessThan(2)
  await other.getByRole('button', { name: 'One new entry' }).click()
  await expect(entries(other).first()).toContainText('=The newest of all')

  await other.getByLabel('Who').selectOption({ label: 'Mia' })
  await expect(other).toHaveURL(/actor=/)
  await expect(entries(other)).toHaveCount(1)
  await other.getByLabel('What').selectOption('review')
  await expect(other.getByText('Nothing matches')).toBeVisible()
  await other.getByRole('button', { name: 'Clear the filters' }).first().click()
  await expect(entries(other).nth(10)).toBeAttached()
  await other.getByLabel('Who').selectOption({ label: 'Mia' })
  await expect(entries(other)).toHaveCount(1)
  await other.reload()
  await expect(entries(other)).toHaveCount(1)
  await expect(other.getByLabel('Who')).toHaveValue(member.actorId)

  const [download] = await Promise.all([other.waitForEvent('download'), other.getByRole('link', { name: 'Export as CSV' }).click()])
  const table = await readFile(await download.path(), 'utf8')
  expect(download.suggestedFilename()).toMatch(/^activity-.*\.csv$/)
  expect(table.trim().split('\r\n').length).toBe(2)
  expect(table).toContain('"\'=The newest of all"')
  scout.end()
  expect(foreign).toEqual([])
  await context.close()
})

test('without the network the record says so, and goes on by itself when it is back', async ({ page, context, server, workspace }) => {
  const member = await createToken(server.dataDir, workspace.workspaceId, 'member', 'Mia')
  await signIn(page, server, owner)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/activity`)
  await expect(entries(page).first()).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('You are offline. This is how it was')).toBeVisible()
  const client = connect(server.wsUrl, boardDocument(workspace.workspaceId), { token: member.token })
  await client.synced()
  const id = newId<MissionId>()
  createMission(client.document, { id, title: 'Made meanwhile' }, member.actorId, 1)
  await client.acknowledged()
  // A member deletes it again: its name stays, and leads nowhere.
  client.document.getMap('missions').delete(id)
  await client.acknowledged()
  client.end()
  await context.setOffline(false)
  const gone = entries(page).filter({ hasText: 'Mia deleted Made meanwhile' })
  await expect(gone).toBeVisible({ timeout: 15_000 })
  await expect(gone.getByRole('link')).toHaveCount(0)
  await expect(page.getByText('You are offline. This is how it was')).toHaveCount(0)
})
