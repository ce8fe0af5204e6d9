import { createMission } from '#lib/board/edits.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { newId } from '../../server/new-id.ts'
import { connect } from '../support/client.ts'
import { expect, signIn, test } from '../support/test.ts'

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
