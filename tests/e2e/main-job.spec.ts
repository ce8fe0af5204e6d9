import type { Page } from '@playwright/test'
import { alone, expect, faults, foreignRequests, person, signIn, test, withWorker } from '../support/test.ts'
import { makePdf } from '../support/pdf.ts'
import type { RunningServer } from '../support/server.ts'
import { addMember } from '../support/workspace.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'

test.use(withWorker)

const ada = person('Ada Harbour')
const ben = person('Ben Sailor')

const sales = ['week,product,sold,revenue', ...Array.from({ length: 60 }, (_, index) =>
  `${1 + (index % 12)},${['rope', 'paint', 'lamp', 'anchor', 'flag'][index % 5]},${20 + ((index * 7) % 31)},${(200 + ((index * 37) % 310)).toFixed(2)}`)].join('\n')

const report = makePdf([
  ['Report on the harbour shop', '', 'The shop sold more rope than anything else in spring.', 'Visitors asked for smaller tins of paint.',
    'Two suppliers raised their prices in March.'],
  ['Outlook', '', 'We expect forty boats more in June than last year.', 'The lamps are to be ordered before the end of April.'],
])

const stage = (page: Page) => page.getByRole('region', { name: 'Run', exact: true })
const runs = (page: Page) => page.locator('[data-event=run]')

type Seen = { entries: { text: string; at: number }[]; draft: number[]; lines: string[] }
declare global {
  interface Window { seen: Seen }
}

/** Notes what the page shows of a run, as it shows it: log entries, the length of the draft, and the line on the card. */
const watchRun = (page: Page) => page.evaluate(() => {
  const seen: Seen = { entries: [], draft: [], lines: [] }
  window.seen = seen
  const look = () => {
    for (const entry of document.querySelectorAll('[data-entry]')) {
      const text = entry.lastElementChild?.textContent ?? ''
      if (!seen.entries.some((known) => known.text === text)) seen.entries.push({ text, at: performance.now() })
    }
    const draft = document.querySelector('[aria-label="Draft"]')?.textContent?.trim().length ?? 0
    if (draft !== seen.draft.at(-1)) seen.draft.push(draft)
    const line = document.querySelector('[data-run="running"]')?.textContent?.trim() ?? ''
    if (line && line !== seen.lines.at(-1)) seen.lines.push(line)
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  look()
})

test('the main job: sign up, a mission with files, a run that two people watch, changes, a second run, done', alone, async ({ page, browser, server }) => {
  test.setTimeout(180_000)
  const wrong = faults(page)

  await page.goto(`${server.url}/`)
  await page.waitForURL(/\/welcome/)
  await page.locator('input[name=name]').fill('Harbour shop')
  await page.locator('input[name=ownerName]').fill(ada.name)
  await page.locator('input[name=email]').fill(ada.email)
  await page.locator('input[name=password]').fill(ada.password)
  await page.locator('input[name=sample]').uncheck()
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/w\/[^/]+$/)
  const workspaceId = new URL(page.url()).pathname.split('/')[2] as WorkspaceId
  await addMember(server.dataDir, workspaceId, 'member', ben)

  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('What sells in spring?')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]').locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  const url = page.url()

  await page.getByRole('textbox', { name: 'Description' }).click()
  await page.keyboard.type('Which products carry the revenue, and what do visitors ask for?')
  await page.getByTestId('file-picker').setInputFiles([
    { name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(sales) },
    { name: 'report.pdf', mimeType: 'application/pdf', buffer: report },
  ])
  await expect(page.locator('[data-file-id]')).toHaveCount(2)

  // Nobody is there to run it yet: the page offers who could.
  await stage(page).getByRole('button', { name: 'Assign to Analyst' }).click()
  await expect(page.getByRole('button', { name: 'Assignee: Analyst, AI staff' })).toBeVisible()

  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const other = await context.newPage()
  const theirs = faults(other)
  await signIn(other, server, ben)
  await other.goto(url)
  await expect(stage(other).getByRole('button', { name: 'Run with Analyst' })).toBeVisible()
  await watchRun(other)

  await stage(page).getByRole('button', { name: 'Run with Analyst' }).click()
  await expect(stage(other)).toHaveAttribute('data-stage', 'active')
  await expect(stage(other)).toContainText('Analyst is')
  await expect(stage(other)).toHaveAttribute('data-stage', 'succeeded', { timeout: 60_000 })

  const seen = await other.evaluate(() => window.seen)
  expect(seen.entries.length, 'log entries seen as they were written').toBeGreaterThan(6)
  expect(seen.entries.some(({ text }) => text.includes('sales.csv'))).toBe(true)
  expect(seen.entries.some(({ text }) => text.includes('report.pdf'))).toBe(true)
  expect(new Set(seen.entries.map(({ at }) => Math.round(at / 50))).size, 'moments at which entries came').toBeGreaterThan(2)
  const growing = seen.draft.filter((length, index) => length > Math.max(0, ...seen.draft.slice(0, index)))
  expect(growing.length, 'lengths of the draft as it grew').toBeGreaterThan(3)
  expect(seen.lines.length, 'lines on the card while it ran').toBeGreaterThan(1)

  // The result, for both: in Review, with artifacts that open in place.
  for (const each of [page, other]) {
    await expect(each.getByRole('button', { name: 'Status: Review' })).toBeVisible()
    await expect(stage(each).locator('[data-artifact]', { hasText: 'digest.md' })).toBeVisible()
  }
  await stage(other).getByRole('button', { name: /digest\.md/ }).click()
  const viewer = other.getByRole('dialog')
  await expect(viewer.locator('.prose-missions h1, .prose-missions h2').first()).toBeVisible()
  await expect(viewer).toContainText('sales.csv')
  await other.keyboard.press('Escape')
  await stage(other).getByRole('button', { name: /\.svg/ }).first().click()
  await expect.poll(() => viewer.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50)
  await other.keyboard.press('Escape')
  await stage(other).getByRole('button', { name: /\.pdf/ }).click()
  await expect(viewer.getByRole('region', { name: 'Page 1' }).locator('canvas')).toBeVisible()
  await expect(viewer.getByRole('region', { name: 'Page 1' })).toContainText(/\w{3}/)
  await other.keyboard.press('Escape')

  // Ada asks for changes; the note stands in the stream and the second run reads it.
  await stage(page).getByRole('button', { name: 'Request changes' }).click()
  await page.keyboard.type('Shorter, and focus on rope.')
  await expect(page.getByRole('checkbox', { name: 'Run again now' })).toBeChecked()
  await stage(page).locator('form').getByRole('button', { name: 'Request changes' }).click()
  await expect(other.locator('[data-event=review]')).toContainText('Shorter, and focus on rope.')
  await expect(runs(other)).toHaveCount(2)
  await expect(stage(other)).toHaveAttribute('data-stage', 'active')

  // The whole of it on a page of its own, where it is seen to read the note.
  await stage(other).getByRole('link', { name: 'Open the run' }).click()
  await other.waitForURL(/\/runs\//)
  await expect(other.locator('header h1')).toContainText('Analyst, run 2')
  await expect(other.getByRole('region', { name: 'What it read' })).toContainText('sales.csv')
  await expect(other.getByRole('region', { name: 'What it read' })).toContainText('1 review')
  await expect(other.locator('[data-entry]', { hasText: 'focus on rope' })).toBeVisible()
  await expect(other.locator('header h1')).toContainText('Finished', { timeout: 60_000 })
  await other.getByRole('link', { name: 'What sells in spring?' }).click()

  await expect(stage(page).getByRole('button', { name: 'Approve' })).toBeVisible()
  await expect(runs(page)).toHaveCount(2)
  await expect(runs(page).first().locator('[data-artifact]').first()).toBeVisible()
  await stage(page).getByRole('button', { name: 'Approve' }).click()
  for (const each of [page, other]) {
    await expect(each.getByRole('button', { name: 'Status: Done' })).toBeVisible()
    await expect(stage(each)).toContainText('Ada Harbour approved this')
    await expect(each.locator('[data-column=done] [data-mission-id]')).toContainText('What sells in spring?')
  }

  await page.reload()
  await expect(page.getByRole('button', { name: 'Status: Done' })).toBeVisible()
  await expect(page.locator('[data-event=review]')).toHaveCount(2)
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

/** A mission with a table, assigned to the Analyst, opened in its panel. */
async function assigned(page: Page, server: RunningServer, title: string) {
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]').locator('[data-open]').click()
  await page.getByTestId('file-picker').setInputFiles({ name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(sales) })
  await expect(page.locator('[data-file-id]')).toHaveCount(1)
  await stage(page).getByRole('button', { name: 'Assign to Analyst' }).click()
}

/**
 * Presses Cancel as soon as the run has said something, and gives the milliseconds until the page shows that the run is cancelled. All of it in
 * the page: on a busy machine the run could be over before this process had heard that there is something to press.
 */
const cancel = (page: Page) => stage(page).evaluate((place) => new Promise<number>((resolve, reject) => {
  let pressed = NaN
  const look = () => {
    if (place.dataset.stage === 'cancelled' && pressed) return resolve(performance.now() - pressed)
    if (place.dataset.stage === 'succeeded') return reject(new Error('The run was over before it could be cancelled'))
    if (pressed || place.dataset.stage !== 'active' || !document.querySelector('[data-entry]')) return
    const button = [...place.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Cancel')
    if (!button) return
    pressed = performance.now()
    button.click()
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  look()
}))

test('a run is cancelled within a second, and a retry stands beside it', async ({ page, server, workspace }) => {
  void workspace
  const wrong = faults(page)
  await assigned(page, server, 'Count the boats')
  const took: number[] = []
  for (const press of ['Run with Analyst', 'Retry']) {
    await stage(page).getByRole('button', { name: press, exact: true }).click()
    took.push(await cancel(page))
    await expect(stage(page)).toContainText('Cancelled by Ada Owner.')
  }
  // The better of two: whatever else this machine does is no matter of ours.
  expect(Math.min(...took), 'milliseconds until a cancelled run is seen to be cancelled').toBeLessThan(1_000)

  await stage(page).getByRole('button', { name: 'Retry', exact: true }).click()
  await expect(runs(page)).toHaveCount(3)
  await expect(stage(page)).toHaveAttribute('data-stage', 'succeeded', { timeout: 60_000 })
  await expect(runs(page).first()).toContainText('Cancelled')
  expect(wrong).toEqual([])
})

test('with auto-run a mission that moves to In progress runs by itself, and again when changes are requested', async ({ page, server, workspace }) => {
  void workspace
  const wrong = faults(page)
  await assigned(page, server, 'Count the flags')
  await page.getByRole('switch', { name: 'Auto-run' }).check()
  await page.getByRole('button', { name: 'Status: Backlog' }).click()
  await page.getByRole('menuitemradio', { name: 'In progress' }).click()
  await expect(stage(page)).toHaveAttribute('data-stage', 'succeeded', { timeout: 60_000 })
  await expect(runs(page)).toContainText('by auto-run')

  await stage(page).getByRole('button', { name: 'Request changes' }).click()
  await expect(stage(page)).toContainText('Auto-run is on: Analyst starts at once.')
  await page.keyboard.type('Focus on flags.')
  await page.keyboard.press('Control+Enter')
  await expect(runs(page)).toHaveCount(2)
  await expect(stage(page)).toHaveAttribute('data-stage', 'succeeded', { timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Status: Review' })).toBeVisible()
  expect(wrong).toEqual([])
})
