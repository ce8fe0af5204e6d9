import type { Page } from '@playwright/test'
import { scriptedModel, wordsOf, type ScriptedModel } from '../support/model.ts'
import { staffed } from '../support/staffed.ts'
import { another, expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
let model: ScriptedModel
/** What waits for a worker and a model takes its time on a busy machine. */
const slow = { timeout: 45_000 }

test.beforeAll(async () => { model = await scriptedModel() })
test.afterAll(() => model.stop())
test.describe.configure({ timeout: 240_000 })

const row = (page: Page, name: string) => page.locator('main [data-file-id]', { hasText: name })
const choose = async (page: Page, name: string, item: string) => {
  await row(page, name).getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('what one run made is found in the library and given to a second mission, whose run reads it and says so', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const { useModels, employ, mission, start, address } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `library-${workspace.workspaceId}`
  model.script(name, [
    { calls: [{ name: 'write_file', args: { name: 'fees.md', content: '# Fees\n\nThe harbour asks 41 crowns for a mooring.' } }] }, { say: 'Compared the fees.' },
    { say: 'Wrote the leaflet.' },
  ])
  const nora = await employ({ name: 'Nora', model: name })
  const [first, second] = [await mission('Compare the mooring fees', nora.id), await mission('A leaflet for guests', nora.id)]

  const { page: his, wrong: alsoWrong, foreign } = await another(browser, server, ben)
  await Promise.all([page, his].map((each) => each.goto(address('library'))))
  await expect(page.getByText('No files yet')).toBeVisible()
  await start(first)
  // It comes by itself, to both.
  await expect(row(his, 'fees.md')).toContainText('Compare the mooring fees', slow)

  await page.getByRole('button', { name: 'New collection' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Reports')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect(page.getByText('This collection is empty')).toBeVisible()
  await page.getByRole('navigation', { name: 'Collections' }).getByRole('link', { name: 'All files' }).click()
  await expect(page).not.toHaveURL(/shelf=/)
  await choose(page, 'fees.md', 'Put into “Reports”')
  await his.getByRole('navigation', { name: 'Collections' }).getByRole('link', { name: /Reports/ }).click()
  // The row of the list before has a menu, too.
  await expect(his).toHaveURL(/shelf=/)
  await expect(row(his, 'fees.md')).toBeVisible()

  await page.goto(address(`missions/${second}`))
  await expect(page.getByRole('heading', { name: 'Context' })).toBeVisible()
  await choose(his, 'fees.md', 'Give as context…')
  const giving = his.getByRole('dialog', { name: 'Give “fees.md”' })
  await giving.getByRole('textbox').fill('leaflet')
  await giving.getByRole('button', { name: /A leaflet for guests/ }).click()
  await expect(giving.getByRole('button', { name: /A leaflet for guests/ })).toContainText('Given')
  await his.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Given to this mission' })).toContainText('fees.md')
  await expect(page.getByRole('region', { name: 'Given to this mission' })).toContainText('by Ben Sailor')

  const run = await start(second)
  await expect.poll(() => model.asked(name).some((asked) => wordsOf(asked).includes('The harbour asks 41 crowns for a mooring.')), slow).toBe(true)
  await page.goto(address(`missions/${second}/runs/${run}`))
  await expect(page.getByText('Given to this mission by Ben Sailor', { exact: true })).toBeVisible(slow)

  await row(his, 'fees.md').getByRole('button', { name: 'fees.md', exact: true }).click()
  await his.getByRole('button', { name: 'Where it is used' }).click()
  const about = his.getByRole('complementary', { name: 'About fees.md' })
  await expect(about.getByRole('region', { name: 'Given to' })).toContainText('A leaflet for guests')
  await expect(about.getByRole('region', { name: 'Read by runs' })).toContainText('A leaflet for guests')
  await expect(about.getByRole('region', { name: 'Where it comes from' })).toContainText('run on “Compare the mooring fees”')
  expect([...wrong, ...alsoWrong]).toEqual([])
  expect(foreign).toEqual([])
})

test('what staff would remember waits for a person; accepted it is a doc that its next runs read, declined it stays away', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const { useModels, employ, mission, start, address } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `memory-${workspace.workspaceId}`
  model.script(name, [
    { calls: [{ name: 'remember', args: { text: 'Prices are without tax.', why: 'It was asked for twice.' } }, { name: 'remember', args: { text: 'Ada likes blue.', why: 'She said so.' } }] },
    { say: 'Compared the fees.' }, { say: 'Wrote the leaflet.' },
  ])
  const nora = await employ({ name: 'Nora', model: name })
  const [first, second] = [await mission('Compare the fees', nora.id), await mission('A leaflet', nora.id)]

  const { page: his, wrong: alsoWrong, foreign } = await another(browser, server, ben)
  await his.goto(address(`staff/${nora.id}`))

  await page.goto(address('inbox'))
  await start(first)
  await page.getByRole('link', { name: 'Nora would like to remember this' }).first().click(slow)
  const waiting = page.getByRole('list', { name: 'Notes that wait for you' }).getByRole('listitem')
  await expect(waiting).toHaveCount(2)
  await waiting.filter({ hasText: 'Prices' }).getByRole('button', { name: 'Change the words' }).click()
  await page.getByRole('textbox', { name: 'The note' }).fill('Prices are always without VAT.')
  await page.getByRole('button', { name: 'Accept in these words' }).click()
  await waiting.filter({ hasText: 'blue' }).getByRole('button', { name: 'Decline' }).click()
  await expect(waiting).toHaveCount(0)

  await his.getByRole('list', { name: 'Notes it remembers' }).getByRole('link', { name: 'Prices are always without VAT.' }).click()
  await expect(his.getByRole('textbox', { name: 'Title' })).toHaveValue('Prices are always without VAT.')
  await expect(his.getByRole('textbox', { name: 'Text' })).toContainText('Prices are always without VAT.')
  await page.goto(address('inbox'))
  await expect(page.getByRole('heading', { name: 'Waiting on me' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Nora has finished: ready for your review' })).toBeVisible()
  await expect(page.locator('[data-kind=note]:not([data-settled])')).toHaveCount(0)

  await start(second)
  await expect.poll(() => model.asked(name).length, slow).toBe(3)
  const told = wordsOf(model.asked(name).at(-1)!)
  expect(told).toContain('Prices are always without VAT.')
  expect(told).not.toContain('blue')
  expect([...wrong, ...alsoWrong]).toEqual([])
  expect(foreign).toEqual([])
})
