import { createMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import type { Template } from '#lib/templates/template.ts'
import { newId } from '../../server/new-id.ts'
import { connect } from '../support/client.ts'
import { staffed } from '../support/staffed.ts'
import { expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const vera = person('Vera Viewer')

test('[TEMPLATE3] a mission is saved as a template with those around it, gets a field, and makes missions that wait for each other', async ({ page, server, workspace }) => {
  const wrong = faults(page, /400 \(Bad Request\)/)
  await signIn(page, server)
  const headers = { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
  const board = connect(server.wsUrl, boardDocument(workspace.workspaceId), { headers })
  await board.synced()
  const [call, plan] = [newId<MissionId>(), newId<MissionId>()]
  createMission(board.document, { id: call, title: 'Call the client' }, workspace.ownerId, Date.now())
  createMission(board.document, { id: plan, title: 'Plan the first week' }, workspace.ownerId, Date.now() + 1)
  await board.acknowledged()

  // What comes before a mission is chosen in it, and stands on its card.
  const { address } = staffed(page, server, workspace)
  await page.goto(address(`missions/${plan}`))
  await page.getByRole('button', { name: 'Waits for another mission' }).click()
  await page.getByPlaceholder('Find a mission').fill('client')
  await page.getByRole('dialog').getByRole('option', { name: 'Call the client' }).click()
  await expect(page.getByRole('list', { name: 'Waits for' }).getByRole('link', { name: 'Call the client' })).toBeVisible()
  await expect(page.locator(`[data-mission-id="${plan}"]`)).toContainText('Waits for Call the client')

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Save as template…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as template' })
  await dialog.getByLabel('Name').fill('New client')
  await expect(dialog.getByLabel('With the missions around it')).toBeChecked()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'New client' })).toBeVisible()

  await page.getByLabel('Mission 1', { exact: true }).fill('Call {{client}}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('has {{client}}, and there is no such field')).toBeVisible()
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByLabel('Field', { exact: true }).fill('Client')
  await expect(page.getByText('{{client}}', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Everything is saved.')).toBeVisible()

  // A change that is not saved is not lost without a word.
  await page.getByLabel('What it is for').fill('Whenever somebody signs')
  await page.getByRole('link', { name: 'Use it' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Everything is saved.')).toBeVisible()
  await page.getByRole('link', { name: 'Use it' }).click()

  const preview = page.getByRole('list', { name: 'Missions to be made' })
  await expect(preview.getByRole('listitem').first()).toContainText('Client …')
  await page.getByRole('button', { name: 'Create 2 missions' }).click()
  await expect(page.getByText('“Client” is missing.')).toBeVisible()
  await page.getByLabel('Client', { exact: true }).fill('Blue Water')
  await expect(preview.getByRole('listitem').first()).toContainText('Call Blue Water')
  await expect(preview.getByRole('listitem').nth(1)).toContainText('Waits for Call Blue Water')
  await page.getByRole('button', { name: 'Create 2 missions' }).click()
  await expect(page.getByText('“New client” made 2 missions')).toBeVisible()
  const made = page.locator('[data-mission-id]').filter({ hasText: 'Waits for Call Blue Water' })
  await expect(made).toContainText('Plan the first week')

  await page.goto(address('activity'))
  await expect(page.getByRole('main')).toContainText('from the template New client')
  expect(wrong).toEqual([])
  board.end()
})

test('[TEMPLATE1] a template is found by the keyboard and beside “New mission”; who only looks may not use it', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', vera)
  await signIn(page, server)
  const { call, address } = staffed(page, server, workspace)
  const { template } = await call<{ template: Template }>('POST', `workspaces/${workspace.workspaceId}/templates`, {
    name: 'Monthly close', description: 'On the last day', content: { fields: [{ key: 'month', label: 'Month', kind: 'choice', choices: ['January', 'February'], required: true }], missions: [{ title: 'Close {{month}}' }] },
  })
  await page.goto(address(''))
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Search this workspace' })).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type('close month')
  await expect(page.getByRole('option', { name: 'Use the template Monthly close' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/templates/${template.id}/use$`))

  await page.goto(address(''))
  await page.getByRole('button', { name: 'New missions from a template' }).click()
  await page.getByRole('menuitem', { name: 'Monthly close' }).click()
  await page.getByLabel('Month').selectOption('February')
  await page.getByRole('button', { name: 'Create the mission' }).click()
  await expect(page).toHaveURL(/\/missions\//)
  await expect(page.getByRole('heading', { name: 'Close February' }).or(page.getByRole('textbox', { name: 'Title' })).first()).toBeVisible()

  await page.goto(address('templates'))
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText('used once')
  await page.getByRole('button', { name: 'More for Monthly close' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByText('No templates yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Use Monthly close' })).toBeVisible()

  const hers = await (await browser.newContext()).newPage()
  await signIn(hers, server, vera)
  await hers.goto(address('templates'))
  await expect(hers.getByRole('heading', { name: 'Monthly close' })).toBeVisible()
  await expect(hers.getByRole('link', { name: 'Use Monthly close' })).toHaveCount(0)
  await hers.goto(address(`templates/${template.id}/use`))
  await expect(hers.getByText('You may look at this template but not use it.')).toBeVisible()
  await expect(hers.getByRole('button', { name: 'Create the mission' })).toBeDisabled()
  expect(wrong).toEqual([])
})

test('a mission of the board is taken into a template by its name with the keys alone, which does not save the template', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Count the boats')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const { address } = staffed(page, server, workspace)
  await page.goto(address('templates/new'))
  const button = page.getByRole('button', { name: 'One of the board' })
  const finder = page.getByRole('dialog', { name: 'A mission of the board' })
  await expect(async () => {
    await button.press('Enter')
    await expect(finder.getByRole('option', { name: 'Count the boats' })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  // Enter alone takes none.
  await page.keyboard.press('Enter')
  await expect(finder).toBeVisible()
  await page.keyboard.type('boats')
  await page.keyboard.press('Enter')
  await expect(finder).toBeHidden()
  await expect(button).toBeFocused()
  await expect(page.getByLabel('Mission 2', { exact: true })).toHaveValue('Count the boats')
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  expect(wrong).toEqual([])
})
