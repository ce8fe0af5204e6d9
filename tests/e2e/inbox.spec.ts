import type { Page, Route } from '@playwright/test'
import { assignMission, createMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, deleteComment } from '#lib/board/mission-document.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import { newId } from '../../server/new-id.ts'
import { alone, expect, faults, foreignRequests, owner, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')

const items = (page: Page) => page.locator('[data-item]')
const item = (page: Page, words: string) => items(page).filter({ hasText: words })
const inHeader = (page: Page) => page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: /^Inbox/ }).first()

test('what waits on me comes by itself, leads to its place, and goes when it is done, put off, or settled', async ({ page, browser, server, workspace }) => {
  const { workspaceId, ownerId } = workspace
  const [fair, ropes] = [newId<MissionId>(), newId<MissionId>()]
  const benId = await addMember(server.dataDir, workspaceId, 'member', ben)
  // Ada at work, in a browser of hers and by the script below; Ben looks at his board.
  await signIn(page, server)
  const headers = { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
  const board = connect(server.wsUrl, boardDocument(workspaceId), { headers })
  await board.synced()
  createMission(board.document, { id: fair, title: 'Plan the harbour fair' }, ownerId, Date.now())
  createMission(board.document, { id: ropes, title: 'Order new ropes' }, ownerId, Date.now())
  await board.acknowledged()
  const mission = connect(server.wsUrl, missionDocument(fair), { headers })
  await mission.synced()
  const say = async (id: string, words: string) => {
    addComment(mission.document, { id: id as CommentId, by: ownerId, body: words }, Date.now())
    await mission.acknowledged()
  }

  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const his = await context.newPage()
  const wrong = faults(his)
  // What a browser would put on the app's icon.
  await his.addInitScript(() => {
    const kept = { badge: 0 }
    const put = (number: number) => (kept.badge = number, Promise.resolve())
    Object.assign(globalThis, { kept })
    Object.assign(navigator, { setAppBadge: put, clearAppBadge: () => put(0) })
  })
  const badge = () => his.evaluate(() => (globalThis as unknown as { kept: { badge: number } }).kept.badge)
  await signIn(his, server, ben)
  await expect(his.locator('[data-live]')).toBeAttached()
  await expect(his).toHaveTitle('Board · Harbour')

  // Live, on a page that has nothing to do with it.
  await say('first', `Who knows the band, [@Ben Sailor](missions://person/${benId})?`)
  await expect(his).toHaveTitle('(1) Board · Harbour')
  await expect(inHeader(his)).toContainText('1')
  assignMission(board.document, ropes, benId)
  await expect(his).toHaveTitle('(2) Board · Harbour')
  expect(await badge()).toBe(2)

  await inHeader(his).click()
  await expect(his).toHaveTitle('(2) Waiting on me · Harbour')
  await expect(items(his)).toHaveCount(2)
  await expect(his.getByRole('region', { name: 'Plan the harbour fair' })).toContainText('Ada Owner mentioned you in a comment')
  await expect(item(his, 'Who knows the band, @Ben Sailor?')).toBeVisible()

  // Enter leads there; it is read then, and still waits.
  await his.keyboard.press('j')
  await his.keyboard.press('j')
  await his.keyboard.press('Enter')
  await his.waitForURL(new RegExp(`missions/${fair}#comment-first$`))
  await expect(his.locator('[data-comment-id=first]')).toBeInViewport()
  await his.goBack()
  await expect(items(his)).toHaveCount(2)
  await expect(item(his, 'Who knows the band').getByText('Unread')).toHaveCount(0)
  await expect(item(his, 'gave this to you').getByText('Unread')).toHaveCount(1)

  // Done, and undone, before the server has answered.
  const slowly = async (route: Route) => {
    if (route.request().method() === 'PATCH') await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  }
  await his.route('**/inbox', slowly)
  await his.keyboard.press('j')
  await his.keyboard.press('e')
  await expect(items(his)).toHaveCount(1)
  await expect(his).toHaveTitle('(1) Waiting on me · Harbour')
  await his.keyboard.press('Control+z')
  await expect(items(his)).toHaveCount(2)
  await his.unroute('**/inbox', slowly)

  // Put off until tomorrow.
  await item(his, 'gave this to you').hover()
  await item(his, 'gave this to you').getByRole('button', { name: 'Snooze' }).click()
  await his.getByRole('menuitem', { name: /^Tomorrow/ }).click()
  await expect(items(his)).toHaveCount(1)
  await his.getByRole('tab', { name: 'Snoozed 1' }).click()
  await expect(item(his, 'gave this to you')).toBeVisible()
  await his.getByRole('tab', { name: /^Waiting/ }).click()

  // What has no reason any more says why, and counts no longer.
  deleteComment(mission.document, 'first' as CommentId)
  await expect(item(his, 'Who knows the band')).toContainText('The comment was deleted.')
  await expect(his).toHaveTitle('Waiting on me · Harbour')
  expect(await badge()).toBe(0)
  await item(his, 'Who knows the band').getByRole('button', { name: 'Out of sight' }).click()
  await expect(his.getByText('Nothing waits on you')).toBeVisible()

  // Several at once.
  for (const [id, words] of [['a', 'Tents'], ['b', 'Tables'], ['c', 'Lamps']] as const) await say(id, `${words}, [@Ben Sailor](missions://person/${benId})`)
  await expect(items(his)).toHaveCount(3)
  await his.getByRole('button', { name: 'Select all' }).click()
  await expect(his.getByText('3 selected')).toBeVisible()
  await his.getByRole('button', { name: 'Done', exact: true }).first().click()
  await expect(his.getByText('Nothing waits on you')).toBeVisible()
  await his.getByRole('tab', { name: /^Done/ }).click()
  await expect(items(his)).toHaveCount(4)
  await expect(item(his, 'Who knows the band')).toContainText('The comment was deleted.')

  // Ada was told nothing of what she did herself.
  await page.goto(`${server.url}/w/${workspaceId}/inbox`)
  await expect(page.getByText('Nothing waits on you')).toBeVisible()
  board.end()
  mission.end()
  expect([...wrong, ...foreign]).toEqual([])
})

test('without the server the inbox says so, and changes nothing in silence', alone, async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server, owner)
  await page.goto(`${server.url}/w/${workspace.workspaceId}/inbox`)
  await expect(page.getByText('Nothing waits on you')).toBeVisible()
  await server.stop()
  await page.getByRole('tab', { name: /^Done/ }).click()
  await expect(page.getByText('The server cannot be reached.')).toBeVisible()
  await server.restart()
  // It may be back by itself before it is pressed.
  await expect(async () => {
    await page.getByRole('button', { name: 'Try again' }).click({ timeout: 1_000 }).catch(() => {})
    await expect(page.getByText('Nothing is done yet')).toBeVisible({ timeout: 1_000 })
  }).toPass()
})
