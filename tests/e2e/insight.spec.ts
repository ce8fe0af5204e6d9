import type { RunId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { moveMission } from '#lib/board/edits.ts'
import { connect } from '../support/client.ts'
import { staffed } from '../support/staffed.ts'
import { expect, faults, signIn, test } from '../support/test.ts'

test('[INSIGHT3] the page has words while there is nothing, then pictures whose every figure leads to its missions', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  const { address, mission, start, employ, call } = staffed(page, server, workspace)
  await page.goto(address('insight'))
  await expect(page.getByText('Nothing to see yet')).toBeVisible()
  await expect(page.locator('canvas')).toHaveCount(0)

  const writer = await employ({ name: 'Scribe', engine: 'external' })
  const [done, waiting] = [await mission('Paint the pier', writer.id), await mission('Count the boats', writer.id)]
  const run: RunId = await start(done)
  await call('POST', `runs/${run}/cancel`, {})
  const headers = { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
  const board = connect(server.wsUrl, boardDocument(workspace.workspaceId), { headers })
  await board.synced()
  moveMission(board.document, done, 'done', 0)
  moveMission(board.document, waiting, 'review', 0)
  await board.acknowledged()

  const tile = (name: RegExp) => page.getByRole('link', { name })
  await expect(async () => {
    await page.reload()
    await expect(tile(/^Done: 1\./)).toBeVisible({ timeout: 2_000 })
    await expect(tile(/^Waiting now: 1\./)).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(page.locator('[data-drawn] canvas').first()).toBeVisible()

  // Without the picture: the table has every figure, as a link.
  const weekly = page.getByRole('region', { name: 'Done each week' })
  await weekly.getByText('The figures').click()
  await weekly.getByRole('link', { name: /^1: done, the week of/ }).click()
  const list = page.getByRole('dialog', { name: /^Done, in the week of/ })
  await expect(list.getByRole('link', { name: 'Paint the pier' })).toBeVisible()
  await expect(page).toHaveURL(/show=done\.\d{4}-\d\d-\d\d/)
  await page.reload()
  await list.getByRole('button', { name: 'Close' }).click()
  await expect(page).not.toHaveURL(/show=/)

  await page.getByRole('link', { name: '90 days' }).click()
  await expect(page).toHaveURL(/period=90/)
  await page.getByLabel('Project', { exact: true }).selectOption({ label: 'No project' })
  await page.getByLabel('Staff and people').selectOption({ label: 'Scribe (AI staff)' })
  await expect(tile(/^Done: 1\./)).toBeVisible()
  await page.getByLabel('Staff and people').selectOption({ label: 'Ada Owner' })
  await expect(page.getByRole('region', { name: 'Done each week' })).toContainText('Nothing in this period that fits the filters')
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await tile(/^Waiting now: 1\./).click()
  await page.getByRole('dialog', { name: 'Waiting now' }).getByRole('link', { name: 'Count the boats' }).click()
  await expect(page).toHaveURL(new RegExp(`/missions/${waiting}$`))
  expect(wrong).toEqual([])
  board.end()
})
