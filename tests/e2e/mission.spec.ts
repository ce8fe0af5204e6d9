import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { another, expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember, type Owner } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const viv = person('Viv Viewer')

/** Makes a mission, opens it and gives its address. */
async function openMission(page: Page, title: string): Promise<string> {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  await expect(titleOf(page)).toHaveValue(title)
  return page.url()
}

const titleOf = (page: Page) => page.getByRole('textbox', { name: 'Title' })
const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const comment = (page: Page) => page.getByRole('textbox', { name: 'Comment', exact: true })
const comments = (page: Page) => page.locator('[data-event=comment]')
const attachments = (page: Page) => page.getByRole('region', { name: 'Attachments' })
const file = (page: Page, name: string) => attachments(page).locator('[data-file-id]', { hasText: name })
const attach = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) => page.getByTestId('file-picker').setInputFiles(files)
/** From the disk, as a person does: bytes that are handed over by Playwright are seconds on their way. */
async function attachLarge(page: Page, name: string, bytes: Buffer) {
  const path = test.info().outputPath(name)
  writeFileSync(path, bytes)
  await page.getByTestId('file-picker').setInputFiles(path)
}
const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
})

test('the address of a mission is answered with its title, state and assignee before any script runs', async ({ page, browser }) => {
  const url = await openMission(page, 'Paint the boat')
  await page.getByRole('button', { name: 'Assignee: nobody' }).click()
  await page.getByRole('menuitemradio', { name: 'Analyst' }).click()
  await expect(page.getByRole('button', { name: 'Assignee: Analyst, AI staff' })).toBeVisible()

  const bare = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  const still = await bare.newPage()
  await expect(async () => {
    await still.goto(url)
    await expect(still.getByRole('button', { name: 'Assignee: Analyst, AI staff' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(titleOf(still)).toHaveValue('Paint the boat')
  await expect(still.getByRole('button', { name: 'Status: Backlog' })).toBeVisible()
  await bare.close()
})

test('a title that two people rename at once keeps both changes, and the caret its place', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Plan the fair')
  const { page: other, wrong: theirs } = await another(browser, server, ben)
  await other.goto(url)
  await expect(titleOf(other)).toHaveValue('Plan the fair')

  // Ada stands at the end and types; before it goes out, Ben's change of the beginning arrives.
  await titleOf(page).focus()
  await page.keyboard.press('End')
  await titleOf(other).fill('Book the fair')
  await expect(titleOf(page)).toHaveValue('Book the fair')
  await page.keyboard.type(' in May')
  await expect(titleOf(other)).toHaveValue('Book the fair in May')
  await expect(titleOf(page)).toHaveValue('Book the fair in May')

  await titleOf(page).fill('')
  await page.keyboard.press('Enter')
  await expect(titleOf(page)).toHaveValue('Book the fair in May')
  await expect(other.locator('[data-mission-id]', { hasText: 'Book the fair in May' })).toBeVisible()
  expect([...wrong, ...theirs]).toEqual([])
})

test('a description typed in one browser appears in the other, with the cursor of who types', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Sort the sails')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben)
  await other.goto(url)
  await expect(description(other)).toBeVisible()
  await expect(page.getByRole('img', { name: 'Also here: Ben Sailor' })).toBeVisible()

  await description(page).click()
  await page.keyboard.type('By size, then by age.')
  await expect(description(other)).toHaveText('By size, then by age.')
  await expect(other.locator('.rich-cursor-name', { hasText: 'Ada Owner' })).toBeAttached()

  await description(other).click()
  await other.keyboard.press('Control+End')
  await other.keyboard.type(' Torn ones apart.')
  await expect(description(page)).toHaveText('By size, then by age. Torn ones apart.')
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('comments are live, in Markdown, edited and deleted, and a draft survives closing the mission', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Choose the rope')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben)
  await other.goto(url)

  await comment(page).fill('Take the **blue** one: https://example.org/rope\n\n![rope](https://example.org/rope.png)\n\n<img src="https://example.org/x.png" onerror="alert(1)">')
  await page.keyboard.press('Control+Enter')
  await expect(comments(other)).toHaveCount(1)
  await expect(comments(other).locator('strong')).toHaveText('blue')
  await expect(comments(other).locator('img')).toHaveCount(0)
  const links = comments(other).getByRole('link')
  await expect(links).toHaveCount(2)
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('rel', 'noopener nofollow')
    await expect(link).toHaveAttribute('target', '_blank')
  }
  await expect(comment(page)).toHaveValue('')

  await comments(page).hover()
  await comments(page).getByRole('button', { name: /more$/ }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await comments(page).getByRole('textbox').fill('Take the green one.')
  await page.keyboard.press('Control+Enter')
  await expect(comments(other)).toContainText('Take the green one.')
  await expect(comments(other)).toContainText('edited')
  // Ben is no owner: what Ada wrote is not his to change.
  await comments(other).hover()
  await comments(other).getByRole('button', { name: /more$/ }).click()
  await expect(other.getByRole('menuitem').first()).toBeVisible()
  for (const name of ['Edit', 'Delete']) await expect(other.getByRole('menuitem', { name })).toHaveCount(0)
  await other.keyboard.press('Escape')

  await comments(page).hover()
  await comments(page).getByRole('button', { name: /more$/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(comments(other)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(comments(other)).toContainText('Take the green one.')

  await comment(page).fill('Half a thought')
  await page.getByRole('link', { name: 'Close' }).click()
  await expect(comment(page)).toHaveCount(0)
  await page.goto(url)
  await expect(comment(page)).toHaveValue('Half a thought')
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('files are attached by button, by dropping and by pasting, and everyone sees them arrive', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Collect the papers')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben)
  await other.goto(url)

  await attach(page, text('rules.txt', 'No running on the pier.'), text('tides.csv', 'day,height\nmonday,3\n'))
  await expect(file(other, 'rules.txt')).toBeVisible()
  await expect(file(other, 'tides.csv')).toContainText('Ada Owner')

  const panel = page.getByRole('region', { name: 'Collect the papers' })
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['# Dropped'], 'dropped.md', { type: 'text/markdown' }))
    return transfer
  })
  await panel.locator('#activity').dispatchEvent('dragenter', { dataTransfer: dropped })
  await expect(page.getByText('Drop to attach')).toBeVisible()
  await panel.locator('#activity').dispatchEvent('drop', { dataTransfer: dropped })
  await expect(page.getByText('Drop to attach')).toBeHidden()
  await expect(file(other, 'dropped.md')).toBeVisible()

  await comment(page).evaluate((field) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 0])], 'image.png', { type: 'image/png' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))
  })
  await expect(file(other, 'Pasted ')).toBeVisible()
  await expect(file(page, 'Pasted ')).toBeVisible()
  await expect(attachments(page).locator('[data-upload]')).toHaveCount(0)

  await file(page, 'rules.txt').getByRole('button', { name: 'More for rules.txt' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(file(other, 'rules.txt')).toHaveCount(0)
  await expect(file(page, 'tides.csv')).toBeVisible()

  await file(page, 'tides.csv').getByRole('button', { name: 'tides.csv', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'tides.csv' }).getByRole('gridcell', { name: 'monday' })).toBeVisible()
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('a large file shows how far it is, and what is downloaded is what was attached, byte for byte', async ({ page }) => {
  const wrong = faults(page)
  await openMission(page, 'Keep the film')
  // Three parts, as they are sent.
  const bytes = Buffer.alloc(10_000_000)
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at)

  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 5_000_000 })
  await attachLarge(page, 'film.bin', bytes)
  const progress = attachments(page).getByRole('progressbar', { name: 'Upload of film.bin' })
  await expect(progress).toBeVisible()
  await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value).catch(() => 1)).toBeGreaterThan(0.05)
  await expect(file(page, 'film.bin')).toBeVisible({ timeout: 30_000 })
  await expect(progress).toHaveCount(0)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })

  const href = await file(page, 'film.bin').getByRole('link', { name: 'Download film.bin' }).getAttribute('href')
  const answer = await page.request.get(new URL(href!, page.url()).href)
  expect(Buffer.compare(await answer.body(), bytes)).toBe(0)
  expect(wrong).toEqual([])
})

test('an upload can be stopped', async ({ page }) => {
  await openMission(page, 'Stop it')
  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 500_000 })
  await attachLarge(page, 'long.bin', Buffer.alloc(8_000_000, 7))
  await attachments(page).getByRole('button', { name: 'Stop the upload of long.bin' }).click()
  await expect(attachments(page).locator('[data-upload]')).toHaveCount(0)
  await expect(file(page, 'long.bin')).toHaveCount(0)
})

test('an empty file is refused with words, and those beside it arrive', async ({ page }) => {
  const wrong = faults(page, /status of 400/)
  await openMission(page, 'Bring something')
  await attach(page, text('nothing.txt', ''), text('something.txt', 'a word'))
  await expect(attachments(page).getByRole('alert')).toHaveText('“nothing.txt” is empty, so there is nothing to attach.')
  await expect(file(page, 'something.txt')).toBeVisible()
  await attachments(page).getByRole('button', { name: 'Take nothing.txt off the list' }).click()
  await expect(attachments(page).locator('[data-upload]')).toHaveCount(0)
  expect(wrong).toEqual([])
})

test('hostile names are shown as the text they are', async ({ page }) => {
  const wrong = faults(page)
  await openMission(page, 'Read the label')
  await attach(page, text('<img src=x onerror=alert(1)>.txt', 'a'), text('"quoted" & <b>bold</b>.md', 'b'), text('\u202Efdp.exe', 'c'), text('über — 図.csv', 'd,e\n1,2'))
  await expect(attachments(page).locator('[data-file-id]')).toHaveCount(4)
  // What makes names run backwards is gone; slashes end a folder's name.
  expect((await attachments(page).locator('[data-file-id] bdi:first-child').allTextContents()).filter((name) => name.includes('.')).sort()).toEqual(
    ['<img src=x onerror=alert(1)>.txt', 'b>.md', 'fdp.exe', 'über — 図.csv'].sort(),
  )
  await expect(attachments(page).locator('img, b')).toHaveCount(0)
  const href = await file(page, 'über').getByRole('link').getAttribute('href')
  const answer = await page.request.get(new URL(href!, page.url()).href)
  expect(answer.headers()['content-disposition']).toContain(encodeURIComponent('über — 図.csv'))
  expect(wrong).toEqual([])
})

test('without a network picked files wait, and go when it is back', async ({ page }) => {
  await openMission(page, 'Wait for it')
  await page.context().setOffline(true)
  await attach(page, text('later.txt', 'when we are back'))
  await expect(attachments(page)).toContainText('You are offline. It goes on by itself')
  await comment(page).fill('Written on the train')
  await page.keyboard.press('Control+Enter')
  await expect(comments(page)).toContainText('Written on the train')
  await page.context().setOffline(false)
  await expect(file(page, 'later.txt')).toBeVisible()
})

test('a viewer reads everything and is offered nothing that would not work', async ({ page, browser, server, workspace }) => {
  const url = await openMission(page, 'Look, do not touch')
  await description(page).click()
  await page.keyboard.type('For all to read.')
  await comment(page).fill('A word')
  await page.keyboard.press('Control+Enter')
  await attach(page, text('open.txt', 'open'))
  await expect(file(page, 'open.txt')).toBeVisible()

  await addMember(server.dataDir, workspace.workspaceId, 'viewer', viv)
  const { page: other, wrong, foreign } = await another(browser, server, viv)
  await other.goto(url)
  await expect(other.getByRole('heading', { name: 'Look, do not touch' })).toBeVisible()
  await expect(other.getByText('For all to read.')).toBeVisible()
  await expect(comments(other)).toContainText('A word')
  await expect(file(other, 'open.txt').getByRole('link', { name: 'Download open.txt' })).toBeVisible()
  const panel = other.getByRole('region', { name: 'Look, do not touch' })
  await expect(panel.getByRole('textbox')).toHaveCount(0)
  await expect(panel.getByRole('button', { name: /Status|Assignee|Attach|Delete|Run|Assign/ })).toHaveCount(0)

  await page.keyboard.press('Escape')
  await description(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Even now.')
  await expect(other.getByText('For all to read. Even now.')).toBeVisible()
  expect([...wrong, ...foreign]).toEqual([])
})

test('when a mission is due, how much it matters and its labels are set on its page or from its card, live for others, until undone; a viewer only reads them', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Hand in the papers')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben)
  const card = other.locator('[data-mission-id]', { hasText: 'Hand in the papers' })
  const due = page.getByRole('dialog', { name: 'Due' })

  await page.getByRole('button', { name: 'Due: no date' }).click()
  await due.getByRole('button', { name: 'Tomorrow' }).click()
  await expect(card).toContainText('Due tomorrow')
  await page.getByRole('button', { name: 'Due: tomorrow' }).click()
  // Each digit makes it another day; only the one that stands there in the end is meant, as the undoing shows.
  await due.getByLabel('Due on').press('ArrowLeft')
  await page.keyboard.type('01152020')
  await page.keyboard.press('Enter')
  await expect(due).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(card).toContainText('Due tomorrow')
  await page.keyboard.press('Control+Shift+z')
  await expect(card.locator('.tone-danger')).toHaveText('Due Jan 15, 2020')
  await expect(page.getByRole('button', { name: 'Due: Jan 15, 2020' }).locator('.tone-danger')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Activity' })).toContainText('the due date of it')

  await page.getByRole('button', { name: 'Priority: No priority' }).click()
  await page.getByRole('menuitemradio', { name: 'High' }).click()
  await expect(card).toContainText('Priority: High')
  await page.keyboard.press('Control+z')
  await expect(card).not.toContainText('Priority')
  await expect(page.getByRole('button', { name: 'Priority: No priority' })).toBeVisible()

  await page.getByRole('button', { name: 'Label', exact: true }).click()
  await page.keyboard.type('paperwork')
  await page.keyboard.press('Enter')
  await expect(card).toContainText('paperwork')
  await expect(page.getByRole('list', { name: 'Labels' })).toContainText('paperwork')

  await card.locator('[data-open]').focus()
  await other.keyboard.press('d')
  await other.getByRole('dialog', { name: 'Due' }).getByRole('button', { name: 'Today' }).click()
  await expect(page.getByRole('button', { name: 'Due: today' })).toBeVisible()
  await expect(card.locator('[data-open]')).toBeFocused()
  await other.keyboard.press('!')
  await other.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await expect(page.getByRole('button', { name: 'Priority: Urgent' })).toBeVisible()
  await other.keyboard.press('t')
  await other.keyboard.type('desk')
  await other.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Labels' })).toContainText('desk')
  await other.keyboard.press('Escape')
  await expect(card.locator('[data-open]')).toBeFocused()
  await other.keyboard.press('Control+z')
  await expect(page.getByRole('list', { name: 'Labels' })).not.toContainText('desk')
  await card.getByRole('button', { name: 'More for Hand in the papers' }).click()
  await other.getByRole('menuitem', { name: 'Labels…' }).click()
  await expect(other.getByRole('dialog', { name: 'Labels' }).getByRole('option', { name: 'paperwork' })).toHaveAttribute('aria-selected', 'true')
  await other.keyboard.press('Escape')

  await addMember(server.dataDir, workspace.workspaceId, 'viewer', viv)
  const { page: third, wrong: hers } = await another(browser, server, viv)
  await third.goto(url)
  const panel = third.getByRole('region', { name: 'Hand in the papers' })
  await expect(panel).toContainText('Due today')
  await expect(panel).toContainText('Urgent')
  await expect(panel.getByRole('list', { name: 'Labels' })).toHaveText('paperwork')
  await expect(panel.getByRole('button', { name: /Due|Priority|[Ll]abel/ })).toHaveCount(0)
  await third.locator('[data-mission-id]', { hasText: 'Hand in the papers' }).locator('[data-open]').focus()
  await third.keyboard.press('d')
  await expect(third.getByRole('dialog', { name: 'Due' })).toHaveCount(0)

  await other.keyboard.press('Control+z')
  await other.keyboard.press('Control+z')
  await expect(panel).not.toContainText('Urgent')
  await expect(panel).toContainText('Due Jan 15, 2020')
  expect([...wrong, ...theirs, ...hers, ...foreign]).toEqual([])
})

test('Escape gives the focus back to what opened a menu or a popover, and the first keys after opening it are for it; a click elsewhere keeps the focus it took', async ({ page }) => {
  const wrong = faults(page)
  await openMission(page, 'Find the way back')
  // Whether the focus is in what opens by the time that the page is told of it; keys that come before would be lost.
  await page.evaluate(() => {
    document.addEventListener('toggle', (event) => {
      const popup = event.target as HTMLElement
      if (event.newState === 'open') popup.dataset.entered = String(popup.contains(document.activeElement))
      else delete popup.dataset.entered
    }, { capture: true })
  })
  const date = page.getByRole('dialog', { name: 'Due' })
  for (const [button, popup] of [
    [page.getByRole('button', { name: 'Label', exact: true }), page.getByRole('dialog', { name: 'Labels' })],
    [page.getByRole('button', { name: 'Due: no date' }), date],
    [page.getByRole('button', { name: 'Status: Backlog' }), page.getByRole('menu', { name: 'Status' })],
    [page.getByRole('button', { name: 'More', exact: true }), page.getByRole('menu', { name: 'Mission' })],
  ] as const) {
    for (const time of ['first', 'again']) {
      await test.step(`${time}: ${await button.getAttribute('aria-label') ?? 'Label'}`, async () => {
        await button.press('Enter')
        await expect(popup).toHaveAttribute('data-entered', 'true')
        await page.keyboard.press('Escape')
        await expect(popup).toBeHidden()
        await expect(button).toBeFocused()
      })
    }
  }

  // Closed and opened in one go, it is still there to type into.
  await page.getByRole('button', { name: 'Label', exact: true }).press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.keyboard.type('papers')
  await expect(page.getByRole('dialog', { name: 'Labels' }).locator('input')).toHaveValue('papers')
  await titleOf(page).click()
  await expect(page.getByRole('dialog', { name: 'Labels' })).toBeHidden()
  await expect(titleOf(page)).toBeFocused()

  // Nor does it take the focus from where somebody went with Tab.
  const opener = page.getByRole('button', { name: 'Due: no date' })
  await opener.press('Enter')
  await expect(date).toBeVisible()
  const inside = () => date.evaluate((popup) => popup.contains(document.activeElement))
  for (let steps = 0; steps < 12 && await inside(); steps++) await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Label', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(date).toBeHidden()
  await expect(page.getByRole('button', { name: 'Label', exact: true })).toBeFocused()

  // A day that is given up with Escape is not set.
  await page.getByRole('button', { name: 'Due: no date' }).click()
  await date.getByLabel('Due on').press('ArrowLeft')
  await page.keyboard.type('01152020')
  await page.keyboard.press('Escape')
  await expect(date).toBeHidden()
  await expect(page.getByRole('button', { name: 'Due: no date' })).toBeFocused()
  expect(wrong).toEqual([])
})

test('labels and what comes before are found by their names and chosen with the keys alone; what is chosen shows, and is taken off again', async ({ page }) => {
  const wrong = faults(page)
  await openMission(page, 'Print the programme')
  await page.keyboard.press('Escape')
  await expect(titleOf(page)).toBeHidden()
  await openMission(page, 'Write the programme')
  const labels = page.getByRole('button', { name: /^Remove the label/ })
  const dialog = page.getByRole('dialog', { name: 'Labels' })
  const option = (name: string) => dialog.getByRole('option', { name, exact: true })

  await page.getByRole('button', { name: 'Label', exact: true }).press('Enter')
  const field = dialog.getByRole('combobox', { name: 'Find or name a label' })
  await expect(dialog.getByRole('status')).toHaveText('No mission has a label yet. Type one.')
  await page.keyboard.type('paper')
  await expect(option('New label “paper”')).toBeVisible()
  await page.keyboard.press('Enter')
  // It stays open for the next, and Enter alone takes none.
  await expect(field).toHaveValue('')
  await page.keyboard.press('Enter')
  await page.keyboard.type('press')
  await page.keyboard.press('Enter')
  await expect(option('paper')).toHaveAttribute('aria-selected', 'true')
  await expect(option('press')).toHaveAttribute('aria-selected', 'true')
  await expect(labels).toHaveCount(2)

  await page.keyboard.press('ArrowUp')
  await expect(field).toHaveAttribute('aria-activedescendant', (await option('press').getAttribute('id'))!)
  await page.keyboard.press('ArrowDown')
  await expect(field).toHaveAttribute('aria-activedescendant', (await option('paper').getAttribute('id'))!)
  await page.keyboard.press('Enter')
  await expect(option('paper')).toHaveCount(0)
  await expect(labels).toHaveCount(1)
  // One that is there is found, whatever its letters, and not offered anew.
  await page.keyboard.type('PRÉSS')
  await expect(dialog.getByRole('option')).toHaveText(['press', 'New label “PRÉSS”'])
  await field.fill('PRESS')
  await expect(dialog.getByRole('option')).toHaveText(['press'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Label', exact: true })).toBeFocused()

  await page.getByRole('button', { name: 'Waits for another mission' }).press('Enter')
  const before = page.getByRole('dialog', { name: 'Which mission comes before this one' })
  await page.keyboard.type('balloon')
  await expect(before.getByRole('status')).toHaveText('No other mission is called that.')
  await before.getByRole('combobox').fill('programme')
  await page.keyboard.press('Enter')
  const waiting = page.getByRole('button', { name: 'Wait no longer for Print the programme' })
  await expect(waiting).toBeVisible()
  await expect(before.getByRole('option', { name: /^Print the programme/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.type('print')
  await page.keyboard.press('Enter')
  await expect(waiting).toHaveCount(0)
  expect(wrong).toEqual([])
})

test('an archived mission is read, and brought back', async ({ page }) => {
  const url = await openMission(page, 'Old news')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.locator('[data-mission-id]', { hasText: 'Old news' })).toHaveCount(0)
  await page.goto(url)
  await expect(page.getByText('This mission is archived.')).toBeVisible()
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(titleOf(page)).toHaveValue('Old news')
  await expect(page.locator('[data-mission-id]', { hasText: 'Old news' })).toBeVisible()
})

test('an address that leads nowhere says so', async ({ page }) => {
  const url = await openMission(page, 'Somewhere')
  await page.goto(url.replace(/missions\/.*/, 'missions/nowhere'))
  await expect(page.getByText('There is no such mission here')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the board' }).click()
  await expect(page.locator('[data-mission-id]', { hasText: 'Somewhere' })).toBeVisible()
})
