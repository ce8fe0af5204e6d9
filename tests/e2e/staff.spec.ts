import { scriptedModel, type ScriptedModel } from '../support/model.ts'
import { staffed } from '../support/staffed.ts'
import { expect, faults, foreignRequests, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const vera = person('Vera Viewer')
let model: ScriptedModel

test.beforeAll(async () => { model = await scriptedModel() })
test.afterAll(() => model.stop())

test.describe.configure({ timeout: 240_000 })

test('staff come from a template, are on the board at once, and two people change one without losing anything', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page, /409|400|422/)
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const { address, mission } = staffed(page, server, workspace)
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const his = await context.newPage()
  const alsoWrong = faults(his)
  await signIn(his, server, ben)

  // From anywhere, by the keyboard.
  await his.locator('[data-live]').waitFor()
  await his.keyboard.press('ControlOrMeta+k')
  await his.getByRole('combobox').fill('staff')
  await his.getByRole('option', { name: 'Staff', exact: true }).click()
  await expect(his.getByRole('heading', { name: 'Staff', level: 1 })).toBeVisible()

  await page.getByRole('navigation', { name: 'Workspace' }).first().getByRole('link', { name: 'Staff' }).click()
  await page.getByRole('button', { name: 'New staff member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Analyst/ }).click()
  // There is an Analyst already: two of one name could not be told apart.
  await expect(dialog.getByLabel('Name')).toHaveValue('Analyst 2')
  await dialog.getByLabel('Name').fill('analyst')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dialog.getByText('There is already a staff member called Analyst')).toBeVisible()
  await dialog.getByRole('button', { name: 'Templates' }).click()
  await dialog.getByRole('button', { name: /^Researcher/ }).click()
  await dialog.getByLabel('Built in').check()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Researcher', level: 1 })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Instructions' })).toHaveValue(/primary sources/)

  // The other sees it come, and opens it.
  await his.getByRole('list', { name: 'Staff' }).getByRole('link', { name: 'Researcher' }).click()
  await expect(his.getByRole('checkbox', { name: 'Search', exact: true })).toBeChecked()
  const made = new URL(page.url()).pathname.split('/').at(-1)!
  await mission('Look it up', made as Parameters<typeof mission>[1])
  await his.goto(address('staff'))
  await expect(his.locator('[data-staff-id]', { hasText: 'Researcher' })).toContainText('0 runs')
  await his.goto(address(`staff/${made}`))

  // She changes the role and a tool, he another tool and the bounds: all of it is there.
  await page.getByRole('button', { name: 'Change name and role' }).click()
  await page.getByLabel('Role').fill('Knows where to look')
  await page.getByRole('checkbox', { name: 'Write PDFs' }).check()
  await his.getByRole('checkbox', { name: 'Make charts' }).check()
  await his.getByLabel('Minutes').fill('45')
  await his.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('checkbox', { name: 'Make charts' })).toBeChecked()
  await expect(page.getByLabel('Role')).toHaveValue('Knows where to look')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(his.getByText('Knows where to look')).toBeVisible()
  await expect(his.getByRole('checkbox', { name: 'Write PDFs' })).toBeChecked()
  await expect(page.getByLabel('Minutes')).toHaveValue('45')
  await expect(page.getByRole('checkbox', { name: 'Make charts' })).toBeChecked()

  // What both change is decided by a person, not by who was last.
  await page.getByRole('textbox', { name: 'Instructions' }).fill('Ask Ada first.')
  await his.getByRole('textbox', { name: 'Instructions' }).fill('Ask Ben first.')
  await his.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Somebody changed this meanwhile')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Instructions' })).toHaveValue('Ask Ada first.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toContainText('Say below whose should stay')
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(his.getByRole('textbox', { name: 'Instructions' })).toHaveValue('Ask Ada first.')

  // Each text that was saved can be brought back.
  await his.getByRole('button', { name: 'Version 3' }).click()
  const versions = his.getByRole('dialog', { name: 'Versions of the instructions' })
  await versions.getByRole('button', { name: /Version 2/ }).first().click()
  await expect(versions.locator('del, ins').first()).toBeVisible()
  await versions.getByRole('button', { name: 'Bring version 2 back' }).click()
  await his.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('textbox', { name: 'Instructions' })).toHaveValue('Ask Ben first.')
  await expect(page.getByRole('button', { name: 'Version 4' })).toBeVisible()

  // What cannot be is told beside its field, and nothing is lost.
  await page.getByLabel('Turns').fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Turns must be a whole number from 1 to 500.')).toBeVisible()
  await expect(page.getByLabel('Turns')).toBeFocused()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByLabel('Turns')).toHaveValue('40')

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Archive…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByRole('button', { name: 'Bring back' })).toBeVisible()
  await his.goto(address('staff'))
  await expect(his.getByRole('list', { name: 'Staff', exact: true }).getByRole('link', { name: 'Researcher' })).toHaveCount(0)
  await his.getByRole('button', { name: /^Archived/ }).click()
  await expect(his.getByRole('list', { name: 'Archived staff' })).toContainText('Researcher')
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(his.getByRole('list', { name: 'Staff', exact: true })).toContainText('Researcher')
  expect([...wrong, ...alsoWrong, ...foreign]).toEqual([])
})

test('what a staff member is at is shown as it happens, and its record afterwards', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', vera)
  await signIn(page, server)
  const { useModels, employ, mission, start, address } = staffed(page, server, workspace)
  const name = `record-${workspace.workspaceId}`
  await useModels(model.baseUrl, { [name]: { input: 1_000, output: 2_000 } })
  model.script(name, [{ reply: { say: 'Rope is what sells. '.repeat(20), usage: { input: 1_000, output: 500 } }, msPerPiece: 120 }])
  const nora = await employ({ name: 'Nora', model: name, role: 'Finds out' })
  const id = await mission('What sells?', nora.id)

  const hers = await (await browser.newContext()).newPage()
  await signIn(hers, server, vera)
  await hers.goto(address('staff'))
  const row = hers.locator('[data-staff-id]', { hasText: 'Nora' })
  await expect(row).toContainText('Has not worked yet')
  await start(id)
  await expect(row).toContainText('Works on What sells?', { timeout: 45_000 })
  await expect(row).toContainText('1 run')
  await expect(row).toContainText('Last run ended', { timeout: 60_000 })
  await expect(row).toContainText('$2.00')

  // Viewers see all of it and change nothing.
  await row.getByRole('link', { name: 'Nora' }).click()
  const record = hers.getByRole('complementary', { name: 'Record' })
  await expect(record).toContainText('100 %')
  await expect(record).toContainText('$2.00')
  await expect(record.getByRole('link', { name: 'What sells?' })).toBeVisible()
  await expect(hers.getByRole('main').getByRole('textbox', { disabled: false })).toHaveCount(0)
  await expect(hers.getByRole('main').getByRole('checkbox', { disabled: false })).toHaveCount(0)
  await expect(hers.getByRole('button', { name: /Pause|Save|Archive|Change/ })).toHaveCount(0)
  await hers.goto(address('settings'))
  await expect(hers.getByRole('heading', { name: 'Web pages' })).toBeVisible()
  await expect(hers.getByRole('button', { name: /Save|Stop all work|Test/ })).toHaveCount(0)
  await expect(hers.getByRole('heading', { name: 'Language model' })).toHaveCount(0)
  expect(wrong).toEqual([])
})
