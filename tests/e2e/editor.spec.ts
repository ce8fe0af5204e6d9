import type { Page } from '@playwright/test'
import { createDoc } from '#lib/board/doc-edits.ts'
import { createProject } from '#lib/board/edits.ts'
import type { ProjectId } from '#lib/board/ids.ts'
import { newId } from '../../server/new-id.ts'
import { copy, dot, pasteFile } from '../support/clipboard.ts'
import { staffed } from '../support/staffed.ts'
import { expect, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name })
const markdown = async (page: Page) => {
  await description(page).press('Control+a')
  return (await copy(description(page)))['text/plain']
}
const below = (page: Page) => description(page).press('Control+End')

async function create(page: Page, title: string) {
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await expect(description(page)).toHaveAttribute('contenteditable', 'true')
}

test('two people write tables, code, pictures and mentions in one description', async ({ page, browser, server, workspace }) => {
  test.slow()
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await create(page, 'Sail to the island')
  const other = await (await browser.newContext()).newPage()
  await signIn(other, server, ben)
  await other.goto(page.url())
  await expect(description(other)).toHaveAttribute('contenteditable', 'true')

  await test.step('the slash menu, by keys', async () => {
    await description(page).click()
    await page.keyboard.type('/tab')
    await expect(option(page, 'Table')).toBeVisible()
    await expect(description(page)).toHaveAttribute('aria-activedescendant', await option(page, 'Table').getAttribute('id') ?? '')
    await page.keyboard.press('Enter')
    await expect(description(page).getByRole('row')).toHaveCount(3)
    await expect(description(page).getByRole('columnheader')).toHaveCount(3)
    await expect(description(page)).not.toHaveText(/tab/)
  })

  await test.step('a table is filled by two, and grows by Tab and by keys', async () => {
    await page.keyboard.type('Name')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Price')
    await expect(description(other).getByRole('columnheader')).toHaveText(['Name', 'Price', ''])
    await description(other).getByRole('cell').first().click()
    await other.keyboard.type('Ferry')
    await other.keyboard.press('Tab')
    await other.keyboard.type('12')
    await expect(description(page).getByRole('cell').nth(1)).toHaveText('12')
    await expect(page.locator('.rich-cursor-name', { hasText: 'Ben Sailor' })).toBeAttached()
    // The last cell's Tab makes a row, and Alt+Shift with an arrow a column.
    await description(other).getByRole('cell').last().click()
    await other.keyboard.press('Tab')
    await expect(description(page).getByRole('row')).toHaveCount(4)
    await other.keyboard.press('Alt+Shift+ArrowRight')
    await expect(description(page).getByRole('columnheader')).toHaveCount(4)
    await other.keyboard.press('Alt+Shift+Delete')
    await other.keyboard.press('Alt+Shift+Backspace')
    await expect(description(page).getByRole('row')).toHaveCount(3)
    await description(page).getByRole('columnheader').last().click()
    await page.getByRole('button', { name: 'Rows and columns' }).click()
    await page.getByRole('menuitem', { name: 'Delete column' }).click()
    await expect(description(other).getByRole('columnheader')).toHaveText(['Name', 'Price'])
    expect(await markdown(page)).toBe('| Name | Price |\n| --- | --- |\n| Ferry | 12 |\n| | |')
  })

  await test.step('a mention is one thing, named as what it means is called now', async () => {
    await below(page)
    await page.keyboard.type('Ask @ben')
    await option(page, /Ben Sailor/).click()
    await page.keyboard.type('about it')
    const mention = description(other).locator('.mention')
    await expect(mention).toHaveText('@Ben Sailor')
    await expect(description(other)).toContainText('Ask @Ben Sailor about it')
    expect(await markdown(page)).toContain('Ask [@Ben Sailor](missions://person/')
    await below(page)
    // What is mentioned tells its new name to everybody.
    await page.keyboard.type(' @Sail to')
    await option(page, /Sail to the island/).click()
    await expect(description(other).getByRole('link', { name: 'Sail to the island' })).toBeVisible()
    await other.getByRole('textbox', { name: 'Title' }).fill('Row to the island')
    await other.keyboard.press('Enter')
    await expect(description(page).getByRole('link', { name: 'Row to the island' })).toBeVisible()
    // Backspace takes a mention as the one thing it is, and nothing around it.
    await below(page)
    await page.keyboard.type(' and @ben')
    await option(page, /Ben Sailor/).click()
    await expect(description(other).locator('.mention')).toHaveCount(3)
    const before = await markdown(page)
    await below(page)
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await expect(description(other).locator('.mention')).toHaveCount(2)
    expect(await markdown(page)).toBe(before.replace(/ \[@Ben Sailor\]\(missions:\/\/person\/\w+\)\s*$/, ''))
    expect(await markdown(other)).toBe(await markdown(page))
  })

  await test.step('staff, a doc and a file are mentioned alike', async () => {
    const { edit, employ } = staffed(page, server, workspace)
    await employ({ name: 'Tide Watch', engine: 'offline' })
    await edit((board) => {
      const project = newId<ProjectId>()
      createProject(board, project, 'Harbour', 'teal')
      createDoc(board, { id: newId(), title: 'Tide tables', projectId: project }, workspace.ownerId, Date.now())
    })
    await page.getByTestId('file-picker').setInputFiles([{ name: 'tides.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') }])
    await expect(page.locator('[data-file-id]', { hasText: 'tides.csv' })).toBeVisible()
    for (const [typed, name, kind] of [['tide w', 'Tide Watch', 'staff'], ['tide t', 'Tide tables', 'doc'], ['tides', 'tides.csv', 'file']] as const) {
      await below(page)
      await page.keyboard.type(` @${typed}`)
      await option(page, new RegExp(name)).click()
      await expect(description(other).locator(`.mention[data-kind=${kind}]`)).toContainText(name)
    }
  })

  await test.step('code has colours that are not in the text', async () => {
    await below(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type('/code')
    await page.keyboard.press('Enter')
    await page.keyboard.type('const fare = 12')
    await page.getByLabel('Language of the code').selectOption('TypeScript')
    const coloured = (at: Page) => at.evaluate(() => [...CSS.highlights.get('code-keyword') ?? []].map((range) => (range.startContainer as Text).data.slice(range.startOffset, range.endOffset)))
    await expect.poll(() => coloured(page)).toEqual(['const'])
    await expect.poll(() => coloured(other)).toEqual(['const'])
    expect(await markdown(other)).toContain('```typescript\nconst fare = 12\n```')
  })

  await test.step('a picture is pasted, waits for the network, and is described', async () => {
    await description(page).getByText('Ask').click()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.context().setOffline(true)
    await pasteFile(description(page), { name: 'Plan of the pier.png', type: 'image/png', base64: dot })
    await expect(page.getByText('You are offline. It goes in when you are back.')).toBeVisible()
    await page.context().setOffline(false)
    const picture = description(other).getByRole('img', { name: 'Plan of the pier' })
    await expect(picture).toBeVisible()
    expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(10)
    await description(page).getByRole('img', { name: 'Plan of the pier' }).click()
    await page.getByRole('button', { name: 'Change what the picture shows' }).click()
    await page.getByRole('textbox', { name: /What the picture shows/ }).fill('A pier with two boats')
    await page.keyboard.press('Enter')
    await expect(description(other).getByRole('img', { name: 'A pier with two boats' })).toBeVisible()
    expect(await markdown(page)).toMatch(/!\[A pier with two boats\]\(missions:\/\/file\/[\w-]+\)/)
  })

  if (process.env.PICTURES) {
    await page.getByRole('button', { name: 'Who wrote this' }).click()
    await expect(page.locator('[data-mark]').first()).toBeVisible()
    await description(other).getByRole('cell').nth(1).click()
    for (const scheme of ['light', 'dark'] as const) for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 900 })
      await page.waitForTimeout(300)
      await page.screenshot({ path: `${process.env.PICTURES}/editor-${scheme}-${width}.png` })
    }
  }
  await test.step('the margin tells whose each part is', async () => {
    const toggle = page.getByRole('button', { name: 'Who wrote this' })
    if (await toggle.getAttribute('aria-pressed') !== 'true') await toggle.click()
    const marks = page.getByRole('list', { name: 'Who wrote each part' }).getByRole('listitem')
    await expect(marks.first()).toHaveAttribute('aria-label', /Ben Sailor \d+ %/)
    await marks.first().hover()
    await expect(page.getByRole('tooltip')).toContainText('Ben Sailor')
  })
})

test('a key counts where the caret is, also before the browser has told of it', async ({ page, workspace: _, server }) => {
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
  await create(page, 'Sail to the island')
  await description(page).click()
  await page.keyboard.type('All of this stays.')
  await description(page).press('Control+a')
  await description(page).evaluate((element) => {
    getSelection()?.selectAllChildren(element.querySelector('p')!)
    getSelection()?.collapseToEnd()
    // In the same turn: the browser tells of a selection in a later one.
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', code: 'Backspace', keyCode: 8, bubbles: true, cancelable: true }))
  })
  await expect(description(page)).toHaveText('All of this stays')
})
