import type { Locator, Page } from '@playwright/test'
import { resolveComment } from '#lib/board/comments.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import { another, expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember, createToken, type Owner } from '../support/workspace.ts'

const ben = person('Ben Sailor')

async function openMission(page: Page, title: string): Promise<string> {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  await expect(box(page)).toBeVisible()
  return page.url()
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Comment', exact: true })
const replyBox = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true })
const threads = (page: Page) => page.locator('[data-event=comment]')
const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const marked = (page: Page) => page.evaluate(() => [...CSS.highlights.get('quoted-passage') ?? []].map((range) => (range as Range).toString()))

async function say(page: Page, words: string) {
  await box(page).fill(words)
  await page.keyboard.press('Control+Enter')
  await expect(box(page)).toHaveValue('')
}

async function act(page: Page, comment: Locator, name: string | RegExp) {
  await comment.locator('header').first().hover()
  await comment.getByRole('button', { name }).first().click()
}

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
})

test('two people talk in a thread, settle it, open it again, and a deleted beginning leaves the replies where they are', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Choose the rope')
  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben)
  await other.goto(url)
  await say(page, 'Blue or green?')
  await say(page, 'And how long?')

  await expect(threads(other)).toHaveCount(2)
  const asked = threads(other).first()
  await act(other, asked, 'Reply')
  await replyBox(other).fill('Green, it floats')
  await other.reload()
  await expect(replyBox(other)).toHaveValue('Green, it floats')
  await replyBox(other).press('Control+Enter')
  await expect(replyBox(other)).toHaveCount(0)
  await expect(threads(page).first().getByRole('article', { name: 'Reply by Ben Sailor' })).toContainText('Green, it floats')
  await expect(threads(page)).toHaveCount(2)

  await act(other, asked, 'Resolve the thread')
  await expect(asked).toContainText('Resolved by Ben Sailor')
  const folded = threads(page).first().getByRole('button', { name: /Resolved by Ben Sailor/ })
  await expect(folded).toHaveAttribute('aria-expanded', 'false')
  await expect(threads(page).first()).not.toContainText('Green, it floats')
  await folded.click()
  await expect(threads(page).first()).toContainText('Green, it floats')
  await act(page, threads(page).first().getByRole('article').first(), 'Reopen the thread')
  await expect(asked).toContainText('Green, it floats')
  await expect(asked).not.toContainText('Resolved by')

  await act(page, threads(page).first().getByRole('article').first(), /more$/)
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(asked).toContainText('This comment was deleted')
  await expect(asked).toContainText('Green, it floats')
  await expect(threads(other).nth(1)).toContainText('And how long?')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(asked).toContainText('Blue or green?')
  await expect(threads(other)).toHaveCount(2)
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('what is deleted and replied to at once, one of them offline, leaves both with the same', async ({ page, browser, server }) => {
  const url = await openMission(page, 'Mend the net')
  const { page: other, context } = await another(browser, server, ben)
  await other.goto(url)
  await say(page, 'Who has the needle?')
  await expect(threads(other)).toContainText('Who has the needle?')
  await context.setOffline(true)
  await act(other, threads(other), 'Reply')
  await replyBox(other).fill('I have it')
  await other.keyboard.press('Control+Enter')
  await act(other, threads(other), 'Resolve the thread')
  await expect(threads(other)).toContainText('Resolved by Ben Sailor')

  await act(page, threads(page), /more$/)
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(threads(page)).toHaveCount(0)
  await context.setOffline(false)
  for (const each of [page, other]) {
    await expect(threads(each)).toContainText('This comment was deleted')
    await expect(threads(each)).toContainText('I have it')
  }
})

test('a mention is picked from a list, read as a name, kept over a reload, and stored as a reference', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Ask around')
  const { page: other, wrong: theirs } = await another(browser, server, ben)
  await other.goto(url)
  await box(page).click()
  await page.keyboard.type('Over to @sail')
  const list = page.getByRole('listbox', { name: 'Mention' })
  await expect(list.getByRole('option', { name: 'Ben Sailor' })).toHaveCount(1)
  await expect(box(page)).toHaveAttribute('aria-activedescendant', await list.getByRole('option').getAttribute('id') ?? '')
  await page.keyboard.press('Enter')
  await expect(list).toHaveCount(0)
  await page.keyboard.type('and @an')
  await expect(list.getByRole('option').first()).toContainText('Analyst')
  await page.keyboard.press('Tab')
  await page.keyboard.type('soon')
  await expect(box(page)).toHaveValue('Over to @Ben Sailor and @Analyst soon')

  await page.reload()
  await expect(box(page)).toHaveValue('Over to @Ben Sailor and @Analyst soon')
  await box(page).press('Control+Enter')
  await expect(threads(other)).toContainText('Over to @Ben Sailor and @Analyst soon')
  await expect(threads(other)).not.toContainText('missions://')

  // Edited, it is words to read again, and still the same references.
  await act(page, threads(page), /more$/)
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(page.getByRole('textbox', { name: 'Edit the comment' })).toHaveValue('Over to @Ben Sailor and @Analyst soon')
  await page.keyboard.type('!')
  await page.keyboard.press('Control+Enter')
  await expect(threads(other)).toContainText('@Analyst soon!')
  // What is no mention is none: Escape puts the list away and keeps the words.
  await box(page).click()
  await page.keyboard.type('mail @b')
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await expect(box(page)).toHaveValue('mail @b')
  expect([...wrong, ...theirs]).toEqual([])
})

test('a passage of the description is quoted, found again after edits of others, and said to be gone when it is', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Read the tides')
  await description(page).click()
  await page.keyboard.insertText('The tide comes in at noon and goes out at six.')
  const { page: other, wrong: theirs } = await another(browser, server, ben)
  await other.goto(url)
  await expect(description(other)).toContainText('goes out at six')

  // By keyboard: the last words are selected, and quoted with the shortcut.
  await description(page).click()
  await page.keyboard.press('Control+End')
  for (let word = 0; word < 4; word++) await page.keyboard.press('Control+Shift+ArrowLeft')
  await expect(page.getByRole('button', { name: 'Comment', exact: false }).locator('visible=true').first()).toBeVisible()
  await page.keyboard.press('Control+Alt+m')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('Is that so?')
  await page.keyboard.press('Control+Enter')
  const quoted = threads(other).getByRole('button', { name: /^Quoted:/ })
  await expect(quoted).toContainText('out at six')

  await description(other).click()
  await other.keyboard.press('Control+Home')
  await other.keyboard.insertText('As the table says: ')
  await threads(other).getByRole('button', { name: /^Quoted:/ }).click()
  await expect.poll(() => marked(other)).toEqual([expect.stringContaining('out at six')])
  await threads(page).getByRole('button', { name: /^Quoted:/ }).click()
  await expect.poll(() => marked(page)).toEqual([expect.stringContaining('out at six')])

  await description(other).click()
  await other.keyboard.press('Control+a')
  await other.keyboard.press('Delete')
  await expect(threads(page)).toContainText('not in the text any more')
  await expect(threads(page)).toContainText('out at six')
  expect([...wrong, ...theirs]).toEqual([])
})

test('a passage of a text file is quoted in place, and shown there again', async ({ page }) => {
  const wrong = faults(page)
  await openMission(page, 'Read the rules')
  await page.getByTestId('file-picker').setInputFiles({ name: 'rules.md', mimeType: 'text/markdown', buffer: Buffer.from('# Rules\n\nNo running on the pier. No diving from the crane.\n') })
  await page.getByRole('button', { name: 'rules.md', exact: true }).click()
  const viewer = page.getByRole('dialog', { name: 'rules.md' })
  await viewer.getByText('No running on the pier.').selectText()
  await viewer.locator('[data-quote]').getByRole('button', { name: /^Comment/ }).click()
  await expect(viewer).toBeHidden()
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('Not even slowly?')
  await page.keyboard.press('Control+Enter')
  const quoted = threads(page).getByRole('button', { name: /^Quoted:/ })
  await expect(quoted).toContainText('No diving from the crane.')
  await expect(quoted).toContainText('rules.md, version 1')
  await quoted.click()
  await expect(viewer).toBeVisible()
  await expect.poll(() => marked(page)).toEqual([expect.stringContaining('No running on the pier.')])
  expect(wrong).toEqual([])
})

test('what is new is marked on the card and in the mission, and is read on all of one’s devices', async ({ page, browser, server }) => {
  const wrong = faults(page)
  const url = await openMission(page, 'Watch the weather')
  await say(page, 'It is calm')
  const { page: desk, wrong: theirs } = await another(browser, server, ben)
  const { page: phone } = await another(browser, server, ben)
  await expect(card(page, 'Watch the weather').locator('[data-unread]')).toHaveCount(0)
  for (const device of [desk, phone]) await expect(card(device, 'Watch the weather').locator('[data-unread]')).toHaveCount(1)

  await desk.bringToFront()
  await desk.goto(url)
  await expect(desk.locator('[data-new]')).toHaveText('New')
  await expect(card(desk, 'Watch the weather').locator('[data-unread]')).toHaveCount(0)
  await expect(card(phone, 'Watch the weather').locator('[data-unread]')).toHaveCount(0)

  // Read is read: a second look has nothing new, until somebody says more.
  await desk.reload()
  await expect(threads(desk)).toContainText('It is calm')
  await expect(desk.locator('[data-new]')).toHaveCount(0)
  await say(page, 'Now it blows')
  await expect(card(phone, 'Watch the weather').locator('[data-unread]')).toHaveCount(1)
  expect([...wrong, ...theirs]).toEqual([])
})

test('a doc is talked about as a mission is: a passage of it is quoted, answered and settled', async ({ page, browser, server }) => {
  const wrong = faults(page)
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Tides')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'New doc', exact: true }).click()
  await page.waitForURL(/\/docs\//)
  const text = page.getByRole('textbox', { name: 'Text' })
  await expect(text).toHaveAttribute('aria-busy', 'false')
  await text.click()
  await page.keyboard.insertText('High water is at noon.')
  const { page: other, wrong: theirs } = await another(browser, server, ben)
  await other.goto(page.url())
  await expect(other.getByRole('textbox', { name: 'Text' })).toContainText('at noon')

  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Shift+Home')
  await page.locator('[data-quote]').getByRole('button', { name: /^Comment/ }).click()
  await page.keyboard.type('Every day?')
  await page.keyboard.press('Control+Enter')
  await expect(threads(other).getByRole('button', { name: /^Quoted:/ })).toContainText('High water is at noon.')
  await act(other, threads(other), 'Reply')
  await replyBox(other).fill('An hour later each day')
  await other.keyboard.press('Control+Enter')
  await expect(threads(page)).toContainText('An hour later each day')
  await act(page, threads(page).getByRole('article').first(), 'Resolve the thread')
  await expect(threads(other)).toContainText('Resolved by Ada Owner')
  expect([...wrong, ...theirs]).toEqual([])
})

test('the address of a comment unfolds what it stands in, however much was said since', async ({ page, server, workspace }) => {
  const address = await openMission(page, 'Talk a lot')
  const mission = address.split('/').at(-1) as MissionId
  const { token, actorId } = await createToken(server.dataDir, workspace.workspaceId, 'member', 'Mia')
  const client = connect(server.wsUrl, missionDocument(mission), { token })
  await client.synced()
  const say = (id: string, body: string, replyTo: string | null = null) => addComment(client.document, { id: id as CommentId, by: actorId, body, replyTo: replyTo as CommentId | null }, Date.now())
  client.document.transact(() => {
    say('first', 'The very first thing')
    for (let n = 0; n < 9; n++) say(`answer-${n}`, `Answer number ${n}`, 'first')
    resolveComment(client.document, 'first' as CommentId, actorId, Date.now())
    for (let n = 0; n < 250; n++) say(`later-${n}`, `Later thing ${n}`)
  })
  await client.acknowledged()
  client.end()
  await expect(page.getByText('Later thing 249')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Later thing 249')).toBeVisible()
  await expect(page.getByText('Answer number 1')).toHaveCount(0)
  await page.goto(`${address}#comment-answer-1`)
  await expect(page.locator('[data-comment-id=answer-1]')).toBeInViewport()
})
