import type { Page } from '@playwright/test'
import { scriptedModel, wordsOf, type ScriptedModel } from '../support/model.ts'
import { staffed } from '../support/staffed.ts'
import { expect, faults, foreignRequests, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const vera = person('Vera Viewer')
let model: ScriptedModel
/** What waits for a worker and a model takes its time on a busy machine. */
const slow = { timeout: 45_000 }

test.beforeAll(async () => { model = await scriptedModel() })
test.afterAll(() => model.stop())

const ask = (page: Page) => page.locator('[data-ask]')
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })

test.describe.configure({ timeout: 240_000 })

test('a question reaches everybody who may answer; the first answer counts and the run goes on with it', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await Promise.all([addMember(server.dataDir, workspace.workspaceId, 'member', ben), addMember(server.dataDir, workspace.workspaceId, 'viewer', vera)])
  await signIn(page, server)
  const { useModels, employ, mission, address, call, start } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `asks-${workspace.workspaceId}`
  model.script(name, [
    { calls: [{ name: 'ask_human', args: { question: 'Which **months** are spring?', choices: ['March to May', 'February to April'] } }] },
    { say: 'Rope sold best.' },
  ])
  const nora = await employ({ name: 'Nora', model: name })
  const id = await mission('What sells in spring?', nora.id)

  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const his = await context.newPage()
  const alsoWrong = faults(his, /409/)
  await signIn(his, server, ben)

  await page.goto(address(`missions/${id}`))
  await page.getByRole('button', { name: 'Run with Nora' }).click()
  // It says at once that it is on it.
  await expect(page.locator('[data-stage=active]')).toContainText(/Nora (will start soon|is working|is writing|waits for you)/, { timeout: 2_000 })
  await expect(card(his, 'What sells in spring?')).toContainText('Nora waits for you', slow)
  await expect(card(his, 'What sells in spring?')).toContainText('Which months are spring?')

  await expect(ask(page)).toContainText('Nora asks')
  await ask(page).getByLabel('Or in your own words').fill('Not before April')
  await page.reload()
  // What was typed is still there.
  await expect(ask(page).getByLabel('Or in your own words')).toHaveValue('Not before April')

  // It waits in the inbox of whoever started it, and leads to the run.
  await page.goto(address('inbox'))
  await page.getByRole('link', { name: 'Nora waits for your answer' }).click()
  await expect(page.getByRole('heading', { name: /Nora, run 1/ })).toBeVisible()
  await expect(ask(page).getByRole('button', { name: 'March to May' })).toBeVisible()

  // Somebody who may only look sees it and has nothing to press.
  const hers = await (await browser.newContext()).newPage()
  await signIn(hers, server, vera)
  await hers.goto(address(`missions/${id}`))
  await expect(card(hers, 'What sells in spring?')).toContainText('waits for an answer')
  await expect(ask(hers)).toContainText('You may look on.')
  await expect(ask(hers).getByRole('button')).toHaveCount(0)

  await his.goto(address(`missions/${id}`))
  await ask(his).getByRole('button', { name: 'March to May' }).click()
  await expect(page.locator('[data-answered]').first()).toContainText('Ben Sailor answered: “March to May”')
  await expect(page.getByRole('heading', { name: /Nora, run 1/ })).toContainText('Finished', slow)
  await expect(page.getByRole('region', { name: 'What it asked' })).toContainText('March to May')
  expect(wordsOf(model.asked(name).at(-1)!)).toContain('March to May')
  await page.goto(address('inbox'))
  await expect(page.getByRole('link', { name: 'Nora waits for your answer' })).toHaveCount(0)

  // Whoever comes second is told what the first said.
  model.script(name, [{ calls: [{ name: 'ask_human', args: { question: 'And which year?' } }] }, { say: 'Done.' }])
  const second = await start(id)
  await expect.poll(async () => (await call<{ asks: { question: string }[] }>('GET', `runs/${second}`)).asks.length, slow).toBe(1)
  const { asks } = await call<{ asks: { id: string }[] }>('GET', `runs/${second}`)
  await his.goto(address(`missions/${id}/runs/${second}`))
  await expect(ask(his)).toContainText('And which year?')
  await ask(his).getByLabel('Your answer').fill('2026')
  await call('POST', `asks/${asks[0]!.id}/answer`, { answer: '2025' })
  await his.getByRole('button', { name: 'Answer' }).click({ timeout: 3_000 }).catch(() => {})
  await expect(his.locator('[data-answered]').first()).toContainText('Ada Owner answered: “2025”')
  expect([...wrong, ...alsoWrong, ...foreign]).toEqual([])
})

test('what staff would write waits for leave: once, for the run, always, or not at all and why', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  const { useModels, employ, mission, address, start } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `approvals-${workspace.workspaceId}`
  const write = (file: string) => ({ calls: [{ name: 'write_file', args: { name: file, content: `# ${file}\n\nRope, by far.` } }] })
  model.script(name, [write('first.md'), write('second.md'), write('third.md'), { say: 'Two files are there.' }])
  const otto = await employ({ name: 'Otto', model: name, autonomy: 'assist' })
  const id = await mission('Write it down', otto.id)
  const run = await start(id)

  await page.goto(address(`missions/${id}/runs/${run}`))
  await expect(ask(page)).toContainText('May Otto use “Write files”?', slow)
  // Tool and arguments can be read.
  await expect(ask(page).locator('dl')).toContainText('first.md', slow)
  await expect(ask(page).locator('pre')).toContainText('Rope, by far.')
  await ask(page).getByRole('button', { name: 'Approve once' }).click()
  await expect(page.locator('[data-artifact]', { hasText: 'first.md' })).toBeVisible(slow)

  await expect(ask(page).locator('dl')).toContainText('second.md', slow)
  await ask(page).getByRole('button', { name: 'Decline…' }).click()
  await ask(page).getByLabel('Why not?').fill('One file is enough')
  await ask(page).getByRole('button', { name: 'Decline', exact: true }).click()

  await expect(ask(page).locator('dl')).toContainText('third.md', slow)
  expect(wordsOf(model.asked(name).at(-1)!)).toContain('One file is enough')
  await ask(page).getByRole('button', { name: 'Approve for longer' }).click()
  await page.getByRole('menuitem', { name: 'Always, for Otto' }).click()
  await expect(page.getByRole('heading', { name: /Otto, run 1/ })).toContainText('Finished', slow)
  await expect(page.locator('[data-artifact]')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'What it asked' })).toContainText('Ada Owner declined: “One file is enough”')

  // Always is kept with the staff member, and can be taken back there.
  await page.goto(address(`staff/${otto.id}`))
  await page.getByRole('button', { name: 'Ask again before write_file' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Approved for always')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toHaveCount(0)
  expect(wrong).toEqual([])
})

test('a run that cannot begin says why at once, and leads to what puts it right', async ({ page, server, workspace }) => {
  const wrong = faults(page, /409/)
  await signIn(page, server)
  const { employ, mission, address, call, useModels } = staffed(page, server, workspace)
  const mia = await employ({ name: 'Mia', perMonth: { runs: 1, micros: null } })
  const id = await mission('Needs a model', mia.id)
  const refused = page.getByRole('alert').filter({ hasText: 'The run was not started.' })
  const run = () => page.getByRole('button', { name: 'Run with Mia' }).click()

  await page.goto(address(`missions/${id}`))
  await run()
  await expect(refused).toContainText('none is set')
  await refused.getByRole('link', { name: 'Set a model' }).click()
  await expect(page.getByRole('region', { name: 'Language model' })).toBeVisible()

  await useModels(model.baseUrl)
  await call('POST', `staff/${mia.id}/pause`, { paused: true })
  await page.goto(address(`missions/${id}`))
  await run()
  await expect(refused).toContainText('Mia is paused')
  await refused.getByRole('link', { name: 'Open its page' }).click()
  await page.getByRole('button', { name: 'Let it work again' }).click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()

  await call('POST', `workspaces/${workspace.workspaceId}/runs/stop`, { stopped: true })
  await page.goto(address(`missions/${id}`))
  await run()
  await expect(refused).toContainText('stopped')
  await page.locator('[data-stopped]').getByRole('button', { name: 'Let staff work again' }).click()
  await expect(page.locator('[data-stopped]')).toHaveCount(0)
  expect(wrong).toEqual([])
})
