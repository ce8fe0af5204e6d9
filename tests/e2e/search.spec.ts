import { createMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { newId } from '../../server/new-id.ts'
import { connect } from '../support/client.ts'
import { another, expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const viv = person('Viv Viewer')

test('by the keyboard one finds what somebody said, and goes there; the page of results goes on from the same words', async ({ page, server, workspace }) => {
  await signIn(page, server)
  const headers = { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
  const board = connect(server.wsUrl, boardDocument(workspace.workspaceId), { headers })
  await board.synced()
  const fees = newId<MissionId>()
  createMission(board.document, { id: fees, title: 'Compare mooring fees' }, workspace.ownerId, Date.now())
  createMission(board.document, { id: newId<MissionId>(), title: 'Order ropes for the moorings' }, workspace.ownerId, Date.now())
  await board.acknowledged()
  const mission = connect(server.wsUrl, missionDocument(fees), { headers })
  await mission.synced()
  const said = newId<CommentId>()
  addComment(mission.document, { id: said, by: workspace.ownerId, body: 'The pilotage dues went up in spring.', replyTo: null }, Date.now())
  await mission.acknowledged()

  const palette = page.getByRole('dialog', { name: 'Search and go to' })
  const box = palette.getByRole('combobox')
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(box).toBeFocused({ timeout: 500 })
  }).toPass()
  await expect(palette.getByRole('option').first()).toHaveText('Board')

  // The index follows within a second: what is typed meanwhile is asked again.
  await expect(async () => {
    await box.fill('')
    await box.fill('pilotag')
    await expect(palette.getByRole('option').filter({ hasText: 'pilotage dues' })).toBeVisible({ timeout: 700 })
  }).toPass()
  await expect(palette.locator('mark')).toHaveText('pilotage')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/missions/${fees}#comment-${said}$`))
  await expect(page.locator(`[data-comment-id="${said}"]`)).toBeVisible()

  await page.keyboard.press('Control+k')
  await box.fill('inb')
  await expect(palette.getByRole('option').first()).toHaveText('Inbox')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/inbox$/)

  await page.keyboard.press('Control+k')
  await box.fill('moorign')
  await expect(palette.getByText('found for “mooring”')).toBeVisible()
  await palette.getByRole('option', { name: /^All results/ }).click()
  await expect(page).toHaveURL(/\/search\?q=moorign$/)
  await expect(page.getByRole('listitem').filter({ hasText: 'Compare mooring fees' })).toBeVisible()
  await page.getByRole('searchbox').fill('mooring type:poem')
  await expect(page.getByText('There is no type “poem”')).toBeVisible()
  await page.getByRole('searchbox').fill('qwertyuiop')
  await expect(page.getByText('Nothing found')).toBeVisible()

  await page.context().setOffline(true)
  await page.getByRole('searchbox').fill('mooring fees')
  await expect(page.getByText('The server cannot be reached.')).toBeVisible()
  await page.context().setOffline(false)
  board.end()
  mission.end()
})

test('the palette has what can be done with the card in focus, or with the mission that is open, above all else; a viewer is offered nothing that changes it', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Order flags')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const palette = page.getByRole('dialog', { name: 'Search and go to' })
  const first = palette.getByRole('option').first()
  const card = page.locator('[data-mission-id]', { hasText: 'Order flags' })

  // Nothing is at hand yet.
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(first).toHaveText('Board')
  await page.keyboard.press('Escape')

  await card.locator('[data-open]').focus()
  await page.keyboard.press('Control+k')
  await expect(palette.getByText('Order flags')).toBeVisible()
  await expect(first).toContainText('Open')
  await page.keyboard.type('prio')
  await expect(first).toContainText('Priority…')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'High' }).press('Enter')
  await expect(card).toContainText('High')
  await expect(card.locator('[data-open]')).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('assign')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'Analyst' }).click()

  // On its page, also where that lies over the board.
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/missions\//)
  const labels = page.getByRole('list', { name: 'Labels' })
  for (const [width, label] of [[1440, 'wide'], [390, 'narrow']] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.keyboard.press('Control+k')
    await expect(first).toHaveText('Assign…')
    await page.keyboard.type('lab')
    await page.keyboard.press('Enter')
    await page.keyboard.type(label)
    await page.keyboard.press('Enter')
    await expect(labels).toContainText(label)
    await page.keyboard.press('Escape')
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('move')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'In progress' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Status: In progress' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('run')
  await expect(first).toHaveText('Run with Analyst')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-stage=idle]')).toHaveCount(0)

  await addMember(server.dataDir, workspace.workspaceId, 'viewer', viv)
  const { page: hers, wrong: theirs } = await another(browser, server, viv)
  await hers.goto(page.url())
  await expect(hers.getByRole('region', { name: 'Order flags' })).toContainText('In progress')
  await expect(hers.locator('[data-live]')).toBeAttached()
  await hers.keyboard.press('Control+k')
  await expect(hers.getByRole('option').first()).toHaveText('Copy link')
  await expect(hers.getByRole('option').nth(1)).toHaveText('Board')
  expect([wrong, theirs]).toEqual([[], []])
})
