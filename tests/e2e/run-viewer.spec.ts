import type { Page } from '@playwright/test'
import type { RunId } from '#lib/board/ids.ts'
import { appendEntries, type LogEntry } from '#lib/board/run-document.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import { scriptedModel, type ScriptedModel } from '../support/model.ts'
import { staffed } from '../support/staffed.ts'
import { expect, faults, foreignRequests, person, signIn, test } from '../support/test.ts'
import { scriptedWorker } from '../support/worker.ts'
import { addMember, createToken } from '../support/workspace.ts'

const ben = person('Ben Sailor')
let model: ScriptedModel
const slow = { timeout: 45_000 }

test.describe.configure({ timeout: 240_000 })
test.beforeAll(async () => { model = await scriptedModel() })
test.afterAll(() => model.stop())

const log = (page: Page) => page.getByRole('region', { name: 'Log' }).getByRole('region', { name: 'Log' })
const rows = (page: Page) => log(page).locator('[data-seq]')
const row = (page: Page, text: string) => log(page).locator('[data-seq]', { hasText: text })

test('a run is read entry by entry: calls unfolded, filtered, searched, copied, linked; and held against another', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const { useModels, employ, mission, address, start } = staffed(page, server, workspace)
  const name = `viewer-${workspace.workspaceId}`
  await useModels(model.baseUrl, { [name]: { input: 1_000, output: 1_000 } })
  model.script(name, [
    { say: 'First I look around.', calls: [{ name: 'write_file', args: { name: 'spring.md', content: '# Spring\n\nRope, by far.' } }], usage: { input: 900, output: 100 } },
    { calls: [{ name: 'no_such_tool', args: { anchor: 'heavy' } }], usage: { input: 900, output: 100 } },
    { say: 'Rope sold best.', usage: { input: 900, output: 100 } },
    { say: 'Rope sold best, again.', usage: { input: 400, output: 100 } },
  ])
  const nora = await employ({ name: 'Nora', model: name })
  const id = await mission('What sells in spring?', nora.id)
  const run = await start(id)

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await page.goto(address(`missions/${id}/runs/${run}`))
  await expect(page.getByRole('heading', { name: /Nora, run 1/ })).toContainText('Finished', slow)
  const facts = page.getByRole('region', { name: 'What it took' })
  await expect(facts).toContainText('3K')
  await expect(facts).toContainText('$3.00')
  await expect(facts).toContainText('Ada Owner')

  // A call shows what it was given and what came back, and how long that took.
  const call = row(page, 'spring.md').first()
  await call.getByRole('button', { expanded: false }).click()
  await expect(call.locator('dl')).toContainText('spring.md')
  await expect(call.locator('pre').first()).toContainText('Rope, by far.')
  await expect(call).toContainText(/Result, after [\d.]+ s/)
  await expect(call).toContainText('went well')
  await expect(row(page, 'no_such_tool').first()).toContainText('went wrong')

  // A link to an entry leads another there, and marks it.
  await call.hover()
  await call.getByRole('button', { name: 'Copy a link to it' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/#entry-\d+$/)
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const his = await context.newPage()
  const alsoWrong = faults(his)
  await signIn(his, server, ben)
  await his.goto(link)
  await expect(row(his, 'spring.md').first().locator('.shown-place')).toBeVisible()
  await expect(row(his, 'spring.md').first()).toContainText('Rope, by far.')
  await call.hover()
  await call.getByRole('button', { name: 'Copy', exact: true }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Rope, by far.')

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Tool calls' }).click()
  await page.keyboard.press('Escape')
  await expect(rows(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Show all entries' }).click()
  await page.getByLabel('Search the log').fill('HEAVY anchor')
  await expect(rows(page)).toHaveCount(1)
  await expect(row(page, 'no_such_tool')).toBeVisible()
  await page.getByLabel('Search the log').fill('nothing is like this')
  await expect(log(page)).toContainText('No entry is like that.')
  await page.getByLabel('Search the log').fill('no_such_tool')
  await expect(rows(page)).toHaveCount(1)
  await rows(page).hover()
  await rows(page).getByRole('button', { name: 'Show where it stands' }).click()
  await expect(row(page, 'spring.md').first()).toBeVisible()
  await expect(page.getByLabel('Search the log')).toHaveValue('')

  // A retry says what changed, and the old run stays beside it.
  await page.getByRole('button', { name: 'Retry with what changed' }).click()
  await page.getByLabel('What changed since').fill('The tables are complete now')
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('heading', { name: /Nora, run 2/ })).toContainText('Finished', slow)
  await expect(page.getByRole('region', { name: 'Note' })).toContainText('The tables are complete now')
  await expect(page.getByRole('region', { name: 'What it took' })).toContainText('as a retry')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const compare = page.getByRole('dialog', { name: 'Compare runs' })
  await expect(compare.getByRole('row', { name: /Cost/ })).toContainText('$3.00')
  await expect(compare.getByRole('row', { name: /Cost/ })).toContainText('$0.50')
  await expect(compare).toContainText('Not made again')
  expect([...wrong, ...alsoWrong, ...foreign]).toEqual([])
})

test('a run of many entries opens at its newest, has only what is in sight in the page, and goes back to its first', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  const { mission, start, address } = staffed(page, server, workspace)
  const { token, actorId } = await createToken(server.dataDir, workspace.workspaceId, 'staff', 'Scout')
  const id = await mission('Count the ships', actorId)
  const run = await start(id)
  const worker = scriptedWorker(server.url, token, 'scout')
  const claim = (await worker.claim(10))!
  // A busy machine takes longer than a lease.
  const alive = setInterval(() => void worker.holding(claim).heartbeat().catch(() => 0), 2_000)
  const record = connect(server.wsUrl, runDocument(run), { token: claim.token })
  await record.synced()
  const many = 1_500
  const entry = (seq: number): LogEntry => ({ seq, at: claim.createdAt + seq * 10, kind: seq % 100 === 7 ? 'warning' : 'step', text: `Ship ${seq} of the ${seq % 2 ? 'north' : 'south'} ${seq === 77 ? 'ran aground at the lighthouse' : 'came in. '.repeat(seq % 5)}` })
  const write = async (from: number, to: number) => {
    for (let seq = from; seq < to; seq += 250) {
      appendEntries(record.document, Array.from({ length: Math.min(250, to - seq) }, (_, index) => entry(seq + index)))
      await record.acknowledged()
    }
  }
  await write(0, many)

  await page.goto(address(`missions/${id}/runs/${run}`))
  await expect(row(page, `Ship ${many - 1} of`)).toBeInViewport()
  expect(await rows(page).count()).toBeLessThan(120)
  await expect(page.getByRole('heading', { name: /^Log/ })).toContainText('1,500')

  // It follows what is written, until the reader looks back.
  await write(many, many + 1)
  await expect(row(page, `Ship ${many} of`)).toBeInViewport()
  await log(page).hover()
  await page.mouse.wheel(0, -3_000)
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  const seen = await topRow(page)
  await write(many + 1, many + 40)
  await expect(page.getByRole('heading', { name: /^Log/ })).toContainText('1,540')
  expect(Math.abs(await topRow(page) - seen)).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: 'Follow the newest' }).click()
  await expect(row(page, `Ship ${many + 39} of`)).toBeInViewport()

  // A link far back, and from there to the very first and to the newest again.
  await page.goto(address(`missions/${id}/runs/${run}#entry-120`))
  await expect(row(page, 'Ship 120 of')).toBeInViewport()
  await expect.poll(async () => {
    await log(page).evaluate((element) => element.scrollTo({ top: 0 }))
    return await row(page, 'Ship 0 of').count()
  }).toBe(1)
  await expect(row(page, 'Ship 0 of')).toBeInViewport()
  expect(await rows(page).count()).toBeLessThan(120)
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(row(page, `Ship ${many + 39} of`)).toBeInViewport()
  await log(page).press('Home')
  await expect(row(page, 'Ship 0 of')).toBeInViewport()
  await log(page).press('End')
  await expect(row(page, `Ship ${many + 39} of`)).toBeInViewport()
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await expect(row(page, `Ship ${many + 39} of`)).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeHidden()

  // Rows that were measured on a narrow screen are lower on a wide one, and its end is still its end.
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => log(page).evaluate(({ clientWidth }) => clientWidth)).toBeLessThan(390)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByLabel('Search the log').fill('ship came')
  await expect(row(page, `Ship ${many + 39} of`)).toBeInViewport()
  expect(await rows(page).count()).toBeLessThan(120)

  // What is searched for is found however far back.
  await page.getByLabel('Search the log').fill('LIGHTHOUSE aground')
  await expect(rows(page)).toHaveCount(1)
  await expect(row(page, 'Ship 77 of')).toBeVisible()
  await page.getByLabel('Search the log').fill('')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Warnings and errors' }).click()
  await page.keyboard.press('Escape')
  await expect(row(page, 'Ship 1507 of')).toBeVisible()
  await expect.poll(async () => {
    await log(page).evaluate((element) => element.scrollTo({ top: 0 }))
    return await row(page, 'Ship 7 of').count()
  }).toBe(1)

  clearInterval(alive)
  expect(await worker.holding(claim).succeed('All ships are counted.')).toBe(200)
  await expect(page.getByRole('heading', { name: /Scout, run 1/ })).toContainText('Finished')
  record.end()
  expect(wrong).toEqual([])
})

/** The first entry that the reader sees. */
const topRow = (page: Page): Promise<number> => log(page).evaluate((element) => {
  const { top } = element.getBoundingClientRect()
  return Number([...element.querySelectorAll<HTMLElement>('[data-seq]')].find((each) => each.getBoundingClientRect().bottom > top + 1)?.dataset.seq)
})

test('a provider that refuses is told in its own words, with what to do', async ({ page, server, workspace }) => {
  const wrong = faults(page)
  await signIn(page, server)
  const { useModels, employ, mission, start, address } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `refused-${workspace.workspaceId}`
  model.script(name, [{ refuse: { status: 401, message: 'Incorrect API key provided: sk-…' } }], { forever: true })
  const fred = await employ({ name: 'Fred', model: name })
  const id = await mission('Translate it', fred.id)
  const run: RunId = await start(id)
  await page.goto(address(`missions/${id}`))
  const stage = page.getByRole('region', { name: 'Run', exact: true })
  await expect(stage).toContainText('Fred could not finish', slow)
  await expect(stage).toContainText('Incorrect API key provided')
  await expect(stage.getByRole('link', { name: 'Open the settings' })).toBeVisible()
  await page.goto(address(`missions/${id}/runs/${run}`))
  await expect(page.getByRole('main')).toContainText('Incorrect API key provided')
  await expect(page.getByRole('main')).toContainText('test the connection, then retry')
  expect(wrong).toEqual([])
})
