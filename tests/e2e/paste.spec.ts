import type { Page } from '@playwright/test'
import type { MissionId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readRichText } from '#lib/editor/rich-text.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import { copy, paste, pasteWords } from '../support/clipboard.ts'
import { fromGoogleDocs, fromSheet, fromWebPage, fromWord, googleDocsAsMarkdown, webPageAsMarkdown, wordAsMarkdown } from '../support/pasted-html.ts'
import { expect, signIn, test } from '../support/test.ts'
import { createToken } from '../support/workspace.ts'

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })
const copied = async (page: Page) => {
  await description(page).press('Control+a')
  return copy(description(page))
}
const markdown = async (page: Page) => (await copied(page))['text/plain']
const empty = async (page: Page) => {
  await description(page).click()
  await description(page).press('Control+a')
  await page.keyboard.press('Delete')
  await expect(description(page)).toHaveText('')
}

async function open(page: Page) {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type('Paste here')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: 'Paste here' }).locator('[data-open]').click()
  await expect(description(page)).toHaveAttribute('contenteditable', 'true')
}

// The fixture `page` also fails on any request that a pasted picture or style would make to another server.
test('pastes come out clean, and what is copied is Markdown and HTML', async ({ page, server, workspace }) => {
  void workspace
  await signIn(page, server)
  await open(page)
  const title = await page.title()

  for (const [what, html, expected] of [
    ['Word', fromWord, wordAsMarkdown],
    ['Google Docs', fromGoogleDocs, googleDocsAsMarkdown],
    ['a web page', fromWebPage, webPageAsMarkdown],
    ['a spreadsheet', fromSheet, '| **Week** | **Sold** |\n| --- | --- |\n| 1 | 20 |\n| 2 | a \\| b |'],
  ] as const) {
    await test.step(what, async () => {
      await empty(page)
      await paste(description(page), { 'text/html': html, 'text/plain': 'words' })
      expect(await markdown(page)).toBe(expected)
      expect(await description(page).evaluate((element) => element.querySelectorAll('script, style, svg, iframe, input, [onclick], [onerror], img').length)).toBe(0)
      expect(await description(page).evaluate((element) => [...element.querySelectorAll('[style]')].filter((styled) => /font|colour|color|background|margin/.test(styled.getAttribute('style') ?? '')).length)).toBe(0)
    })
  }
  expect(await page.title()).toBe(title)

  await test.step('Markdown becomes rich text, and comes back as it was', async () => {
    const source = '## Plan\n\nSee **all** of [it](https://example.org/):\n\n- [ ] ask\n- [x] buy\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```sql\nselect 1\n```'
    await empty(page)
    await paste(description(page), { 'text/plain': source })
    await expect(description(page).getByRole('heading', { name: 'Plan' })).toBeVisible()
    const { 'text/plain': text, 'text/html': html } = await copied(page)
    expect(text).toBe(source)
    expect(html).toContain('<h2>Plan</h2>')
    expect(html).toContain('<td>1</td>')
    expect(html).not.toContain('style=')
    // With Shift it stays what it is.
    await empty(page)
    await pasteWords(description(page), '# not a **heading**')
    await expect(description(page)).toHaveText('# not a **heading**')
  })

  await test.step('cells as text become a table; words of a line, and of code, are copied as they are', async () => {
    await empty(page)
    await paste(description(page), { 'text/plain': 'a\tb\n1\t2' })
    await expect(description(page).getByRole('row')).toHaveCount(2)
    await empty(page)
    await page.keyboard.type('snake_case * [x]')
    expect(await markdown(page)).toBe('snake_case * [x]')
  })
})

test('2 MB of text at once: asked first, then in piece by piece while the page answers, with nothing lost', async ({ page, server, workspace }) => {
  await signIn(page, server)
  await open(page)
  const lines = Array.from({ length: 21_000 }, (_, number) => `${number} ${'the tide comes in and goes out. '.repeat(3)}`.trim())
  const text = lines.join('\n')
  expect(text.length).toBeGreaterThan(2_000_000)
  await description(page).click()
  await page.evaluate(() => {
    const longest = { ms: 0 }
    Object.assign(globalThis, { longest })
    let last = performance.now()
    const frame = () => {
      const now = performance.now()
      longest.ms = Math.max(longest.ms, now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  const longest = () => page.evaluate(() => (globalThis as unknown as { longest: { ms: number } }).longest.ms)
  await paste(description(page), { 'text/plain': text })
  await expect(page.getByText('You pasted 2.1 million characters in 21,000 lines.')).toBeVisible()

  await page.getByRole('button', { name: 'Keep it as a file' }).click()
  const file = description(page).getByRole('link', { name: /^Pasted text .*\.txt$/ })
  await expect(file).toBeVisible()
  const stored = await page.request.get(new URL(await file.getAttribute('href') ?? '', page.url()).href)
  expect(await stored.text()).toBe(text)

  const started = Date.now()
  await paste(description(page), { 'text/plain': text })
  await page.getByRole('button', { name: 'Put it into the text' }).click()
  await expect(page.getByRole('progressbar', { name: 'Putting the text in' })).toBeHidden({ timeout: 60_000 })
  console.log(`2 MB into the text: ${Date.now() - started} ms, longest time between two frames ${Math.round(await longest())} ms`)
  // What others have is what the server has: every line, in order, and nothing else but the file before it.
  const { token } = await createToken(server.dataDir, workspace.workspaceId, 'member')
  const client = connect(server.wsUrl, missionDocument(new URL(page.url()).pathname.split('/').at(-1) as MissionId), { token })
  const written = () => readRichText(descriptionOf(client.document)).flatMap((block) => block.kind === 'paragraph' ? block.children.map((part) => (part.kind === 'text' ? part.text : '')).join('').trim() : []).filter(Boolean)
  await client.until('whole', () => descriptionOf(client.document).length > lines.length, 60_000)
  expect(written().join('\n')).toBe(text)
  client.end()
})
