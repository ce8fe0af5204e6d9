import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { dot } from '../support/clipboard.ts'
import { xlsxOf } from '../support/office.ts'
import { makePdf } from '../support/pdf.ts'
import { openZip } from '../../server/files/extract/open-zip.ts'
import { another, expect, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')

async function openMission(page: Page, title: string): Promise<string> {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(title)
  return page.url()
}

/** Half a second of a tone. */
function beep(): Buffer {
  const samples = Buffer.from(Array.from({ length: 4_000 }, (_, n) => 128 + Math.round(60 * Math.sin(n / 3))))
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]] as const) head.writeUInt16LE(value, at)
  head.writeUInt32LE(8_000, 24)
  head.writeUInt32LE(8_000, 28)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

const attachments = (page: Page) => page.getByRole('region', { name: 'Attachments' })
const row = (page: Page, name: string) => attachments(page).locator('[data-file-id]', { hasText: name })
const given = (name: string, content: string | Buffer) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
const attach = (page: Page, ...files: ReturnType<typeof given>[]) => page.getByTestId('file-picker').setInputFiles(files)
const viewer = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
const view = async (page: Page, name: string) => {
  await row(page, name).getByRole('button', { name, exact: true }).click()
  return viewer(page, name)
}
const choose = async (page: Page, name: string, item: string) => {
  await row(page, name).getByRole('button', { name: `More for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
})

test('a file is renamed, replaced, compared with what it was, deleted and brought back, before the eyes of another', async ({ page, browser, server }) => {
  const url = await openMission(page, 'Keep the log')
  const { page: other, foreign } = await another(browser, server, ben)
  await other.goto(url)
  await attach(page, given('log.md', '# Log\n\nThe wind is weak.\n'), given('crew.txt', 'Ada'))
  await expect(row(other, 'log.md')).toBeVisible()

  const bens = await view(other, 'log.md')
  await expect(bens.getByText('The wind is weak.')).toBeVisible()

  await choose(page, 'log.md', 'Rename…')
  await page.getByRole('dialog', { name: 'Rename file' }).getByLabel('Name').fill('crew.txt')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Rename file' }).getByText(/another file called/)).toBeVisible()
  await page.getByRole('dialog', { name: 'Rename file' }).getByLabel('Name').fill('ship log.md')
  await page.keyboard.press('Enter')
  await expect(row(page, 'ship log.md')).toBeVisible()
  await expect(viewer(other, 'ship log.md').getByRole('heading', { name: 'ship log.md' })).toBeVisible()

  await row(page, 'ship log.md').getByTestId('replace-picker').setInputFiles([given('whatever.md', '# Log\n\nThe wind is strong.\n')])
  await expect(row(page, 'ship log.md')).toContainText('version 2')
  // Whoever reads goes on reading, and is told.
  const open = viewer(other, 'ship log.md')
  await expect(open.getByText('The wind is weak.')).toBeVisible()
  await open.getByRole('button', { name: 'Show version 2' }).click()
  await expect(open.getByText('The wind is strong.')).toBeVisible()
  await open.getByRole('button', { name: 'Versions', exact: true }).click()
  await open.getByRole('button', { name: 'Compare version 1 with version 2' }).click()
  await expect(open.locator('ins', { hasText: 'strong' })).toBeVisible()
  await expect(open.locator('del', { hasText: 'weak' })).toBeVisible()

  await choose(page, 'ship log.md', 'Delete')
  await expect(open.getByText('This file was deleted.')).toBeVisible()
  await other.keyboard.press('Escape')
  await expect(row(other, 'ship log.md')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(row(other, 'ship log.md')).toContainText('version 2')

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download all' }).click()])
  expect(download.suggestedFilename()).toBe('Keep the log.zip')
  const archive = await page.request.get(new URL(await page.getByRole('link', { name: 'Download all' }).getAttribute('href') ?? '', url).href)
  const bytes = await archive.body()
  expect(bytes.length).toBe(Number(archive.headers()['content-length']))
  for (const part of ['ship log.md', 'The wind is strong.', 'crew.txt']) expect(bytes.includes(part)).toBe(true)
  expect(foreign).toEqual([])
})

test('every kind of file is shown in place', async ({ page }) => {
  await openMission(page, 'Look at all')
  const rows = Array.from({ length: 5_000 }, (_, index) => `${index},${(index * 7919) % 5_000},word ${index % 10}`)
  await attach(page,
    given('numbers.csv', `id,value,words\n${rows.join('\n')}\n`), given('broken.csv', 'a,b\n"x,1\ny,2\n'), given('old.csv', Buffer.from([0x61, 0x2c, 0x62, 10, 0xf6, 0x2c, 0x31, 10])),
    given('pages.pdf', makePdf([['The first page'], ['The second page'], ['The third page']])), given('code.ts', '/** Says it. */\nexport const word: string = "hello"\n'),
    given('data.json', '{"a":{"b":[1,2]}}'), given('book.xlsx', Buffer.from(xlsxOf({ Fees: '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>42</v></c></row>', Ropes: '' }))),
    given('dot.png', Buffer.from(dot, 'base64')), given('beep.wav', beep()), given('page.html', '<!doctype html><title>Fees</title><h1>What it costs</h1>'), given('read.md', '# Tides\n\n- *high*\n'), given('garbage.pdf', '%PDF-1.4\nnothing that could be read'), given('things.bin', Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 97 + (index >> 3)) % 256))),
  )
  await expect(attachments(page).locator('[data-file-id]')).toHaveCount(13)

  let open = await view(page, 'numbers.csv')
  await expect(open.getByText('5,000 rows · 3 columns')).toBeVisible()
  await open.getByRole('button', { name: 'value' }).click()
  await open.getByRole('button', { name: 'value' }).click()
  await expect(open.getByRole('columnheader', { name: 'value' })).toHaveAttribute('aria-sort', 'descending')
  await expect(open.locator('[data-cell="0:1"]')).toHaveText('4999')
  await open.getByRole('grid').focus()
  await page.keyboard.press('Control+ArrowDown')
  await expect(open.locator('[data-cell="4999:1"]')).toHaveText('0')
  await open.getByPlaceholder('Filter rows').fill('word 3')
  await expect(open.getByText('500 of 5,000 rows')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  open = await view(page, 'broken.csv')
  await expect(open.getByText(/A quotation mark in row 2 is never closed/)).toBeVisible()
  await expect(open.getByRole('gridcell', { name: 'y' })).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'old.csv')
  await expect(open.getByText(/read as Western European/)).toBeVisible()
  await expect(open.getByRole('gridcell', { name: 'ö' })).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'pages.pdf')
  const canvas = open.getByRole('region', { name: 'Page 1' }).locator('canvas')
  await expect(canvas).toBeVisible()
  const drawn = await canvas.evaluate((element: HTMLCanvasElement) => element.getContext('2d')!.getImageData(0, 0, element.width, element.height).data.some((value, index) => index % 4 === 0 && value < 100))
  expect(drawn, 'something dark on the page').toBe(true)
  await expect(open.getByText('of 3')).toBeVisible()
  await open.getByPlaceholder('Find').fill('third')
  await page.keyboard.press('Enter')
  await expect(open.getByText('1 on 1 page')).toBeVisible()
  await expect(open.getByLabel('Page', { exact: true })).toHaveValue('3')
  await expect(open.getByRole('region', { name: 'Page 3' })).toContainText('The third page')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  open = await view(page, 'garbage.pdf')
  await expect(open.getByRole('alert')).toContainText('This file cannot be shown')
  await page.keyboard.press('Escape')

  open = await view(page, 'code.ts')
  await expect(open.locator('.token-keyword', { hasText: 'export' })).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'data.json')
  await expect(open.getByText('laid out for reading')).toBeVisible()
  await expect(open.getByText('"b":')).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'things.bin')
  await expect(open.getByText('There is no preview for this kind of file.')).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'book.xlsx')
  await expect(open.getByText('42')).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'dot.png')
  await expect.poll(() => open.getByRole('img').first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10)
  await page.keyboard.press('Escape')

  open = await view(page, 'beep.wav')
  await expect.poll(() => open.locator('audio').evaluate((sound: HTMLAudioElement) => sound.duration)).toBeCloseTo(0.5, 1)
  await page.keyboard.press('Escape')

  open = await view(page, 'page.html')
  await expect(open.frameLocator('iframe').getByRole('heading', { name: 'What it costs' })).toBeVisible()
  await page.keyboard.press('Escape')

  open = await view(page, 'read.md')
  await expect(open.getByRole('heading', { name: 'Tides' })).toBeVisible()
  await page.keyboard.press('Escape')

  await test.step('all of them come in one archive', async () => {
    const coming = page.waitForEvent('download')
    await attachments(page).getByRole('link', { name: 'Download all' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe('Look at all.zip')
    const zip = await openZip(await download.path())
    expect([...zip.names()].toSorted()).toEqual((await attachments(page).locator('[data-file-id] p:first-child button').allTextContents()).toSorted())
    expect((await text(await zip.open('read.md')))).toBe('# Tides\n\n- *high*\n')
    zip.close()
  })
})

test('nothing in a file runs, and nothing in it asks another server for anything', async ({ browser, server }) => {
  // A server that only counts: what a browser holds back it tells of as well, as if it had asked.
  const asked: string[] = []
  const counting = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => counting.listen(0, '127.0.0.1', resolve))
  const evil = `http://127.0.0.1:${(counting.address() as AddressInfo).port}`
  const page = await (await browser.newContext()).newPage()
  await signIn(page, server)
  const url = await openMission(page, 'Take care')
  const script = 'top.document.title="taken";document.title="taken";fetch("/api/v1/me")'
  const html = `<!doctype html><meta http-equiv="refresh" content="0;url=${evil}/refresh"><title>x</title><link rel="stylesheet" href="${evil}/a.css">
    <style>@import url(${evil}/b.css);h1{color:rgb(1,2,3);background:url(${evil}/c.png)}</style><script>${script}</script><script src="${evil}/d.js"></script>
    <h1 onclick='${script}' onmouseover='${script}'>A page</h1><img src="${evil}/e.png" onerror='${script}'><img src=x onerror='${script}'><iframe src="${evil}/f"></iframe>
    <a id="link" href="javascript:${encodeURIComponent(script)}">click</a><a href="${evil}/g" target="_top">away</a><form action="${evil}/h"><button>send</button></form><svg onload='${script}'></svg>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60" onload='${script}'><script>${script}</script><image href="${evil}/i.png" width="9" height="9"/><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="${evil}/j.png" onerror='${script}'/></foreignObject><rect width="60" height="60" fill="red"/></svg>`
  const markdown = `# Text\n\n<script>${script}</script>\n\n<img src="x" onerror='${script}'>\n\n![p](${evil}/k.png) [run](javascript:alert(1)) [data](data:text/html,x) <iframe src="${evil}/l"></iframe>\n`
  await attach(page, given('page.html', html), given('drawing.svg', svg), given('notes.md', markdown))
  await expect(attachments(page).locator('[data-file-id]')).toHaveCount(3)

  let open = await view(page, 'page.html')
  const frame = open.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: 'A page' })).toHaveCSS('color', 'rgb(1, 2, 3)')
  await expect(open.getByText('Shown without scripts')).toBeVisible()
  await frame.getByRole('heading').click()
  await frame.locator('#link').click()
  await frame.getByRole('link', { name: 'away' }).click()
  await frame.getByRole('button', { name: 'send' }).click()
  await expect(frame.getByRole('heading', { name: 'A page' })).toBeVisible()
  expect(page.url()).toBe(url)
  // Asked for as a page of its own it is a file to be saved, not something that looks like ours.
  const address = new URL((await open.locator('iframe').getAttribute('src'))!, url).href
  const direct = await page.request.get(address)
  expect(direct.headers()['content-disposition']).toMatch(/^attachment/)
  expect(direct.headers()['content-security-policy']).toContain('sandbox')
  // A click into the page leaves the keys to the viewer.
  await frame.getByRole('heading').click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('DIV')
  await page.keyboard.press('Escape')
  await expect(open).toBeHidden()

  open = await view(page, 'drawing.svg')
  await expect.poll(() => open.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(60)
  await page.keyboard.press('Escape')

  open = await view(page, 'notes.md')
  await expect(open.getByRole('heading', { name: 'Text', exact: true })).toBeVisible()
  await expect(open.locator('article img, article script, article iframe')).toHaveCount(0)
  for (const link of await open.locator('article a').all()) expect(await link.getAttribute('href') ?? '').not.toMatch(/^(javascript|data):/)

  expect(await page.title()).not.toContain('taken')
  expect(asked).toEqual([])
  // It does count: otherwise nothing would have been shown.
  await page.request.get(`${evil}/me`)
  expect(asked).toEqual(['/me'])
  counting.close()
})
