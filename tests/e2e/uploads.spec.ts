import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { startServer } from '../support/server.ts'
import { alone, expect, foreignRequests, owner, person, signIn, test } from '../support/test.ts'
import { addMember, createWorkspace } from '../support/workspace.ts'

const ben = person('Ben Sailor')

async function openMission(page: Page, title: string): Promise<string> {
  await expect(page.locator('[data-live]')).toBeAttached()
  await page.locator('body').press('c')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('[data-mission-id]', { hasText: title }).locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  return page.url()
}

const attachments = (page: Page) => page.getByRole('region', { name: 'Attachments' })
const file = (page: Page, name: string) => attachments(page).locator('[data-file-id]', { hasText: name })
const upload = (page: Page, state?: string) => attachments(page).locator(state ? `[data-upload=${state}]` : '[data-upload]')
/** A file on disk, which a browser takes at once; given to it as bytes it takes a minute of a busy machine. */
function onDisk(name: string, bytes: Buffer | string, folder = 'files') {
  const path = test.info().outputPath(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}
const attach = (page: Page, ...paths: string[]) => page.getByTestId('file-picker').setInputFiles(paths)

/** What the server keeps of a file that is listed, by its hash. */
async function storedHash(page: Page, name: string) {
  const id = await file(page, name).getAttribute('data-file-id')
  const { hash } = await (await page.request.get(new URL(`/api/v1/files/${id}`, page.url()).href)).json() as { hash: string }
  return hash
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Lets this many parts through; the next one stays on its way for ever. */
async function breakAfter(page: Page, parts: number) {
  let sent = 0
  await page.route(/\/api\/v1\/uploads\/[^/]+$/, async (route) => {
    if (route.request().method() !== 'PATCH' || (sent += 1) <= parts) return route.continue()
  })
  return () => page.unroute(/\/api\/v1\/uploads\/[^/]+$/)
}

test('what is sent in parts stands among the attachments of everybody, and the same name again is its next version', async ({ page, server, workspace, browser }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  const url = await openMission(page, 'Send the plans')
  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const other = await context.newPage()
  await signIn(other, server, ben)
  await other.goto(url)

  const large = randomBytes(5_000_000)
  await attach(page, onDisk('plans.bin', large), onDisk('notes.md', '# One'))
  for (const each of [page, other]) await expect(file(each, 'plans.bin')).toBeVisible()
  await expect(upload(page)).toHaveCount(0)
  expect(await storedHash(page, 'plans.bin')).toBe(sha256(large))

  await attach(other, onDisk('notes.md', '# Two'))
  await expect(other.getByText('“notes.md” has a new version: 2')).toBeVisible()
  await expect(file(page, 'notes.md')).toHaveCount(1)
  await expect(file(page, 'notes.md')).toContainText('version 2')
  expect(foreign).toEqual([])
  await context.close()
})

test('after a reload the page says what has arrived, and goes on with the same file, but with no other', async ({ page, server, workspace: _ }) => {
  await signIn(page, server)
  await openMission(page, 'Send the film')
  const film = randomBytes(5_000_000)
  await breakAfter(page, 1)
  await attach(page, onDisk('film.bin', film))
  await expect(upload(page, 'sending')).toContainText('4.2 MB of 5 MB')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.unroute(/\/api\/v1\/uploads\/[^/]+$/)
  const row = upload(page, 'interrupted')
  await expect(row).toContainText('4.2 MB of 5 MB arrived before the page was closed')
  await row.getByTestId('pick-again').setInputFiles(onDisk('film.bin', randomBytes(1000), 'elsewhere'))
  await expect(row).toContainText('That is another file: “film.bin” has 1 kB')
  const sent: number[] = []
  page.on('request', (request) => { if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset'])) })
  await row.getByTestId('pick-again').setInputFiles(onDisk('film.bin', film))
  await expect(file(page, 'film.bin')).toBeVisible()
  await expect(upload(page)).toHaveCount(0)
  expect(sent[0]).toBe(4 * 1024 * 1024)
  expect(await storedHash(page, 'film.bin')).toBe(sha256(film))
})

test('an upload outlives the network and the server', alone, async ({ page, context, server, workspace: _ }) => {
  await signIn(page, server)
  await openMission(page, 'Send it all the same')
  const content = randomBytes(9_000_000)
  const mend = await breakAfter(page, 1)
  await attach(page, onDisk('stubborn.bin', content))
  await expect(upload(page, 'sending')).toContainText('of 9 MB')
  await context.setOffline(true)
  await expect(upload(page, 'offline')).toContainText('You are offline. It goes on by itself')
  await mend()
  await breakAfter(page, 1)
  await context.setOffline(false)
  await expect(upload(page, 'sending')).toBeVisible()
  await page.unroute(/\/api\/v1\/uploads\/[^/]+$/)
  await server.kill()
  await server.restart()
  await expect(file(page, 'stubborn.bin')).toBeVisible({ timeout: 30_000 })
  expect(await storedHash(page, 'stubborn.bin')).toBe(sha256(content))
})

test('what does not fit is refused before it is sent, and owners see how much is taken', async ({ browser }) => {
  const small = await startServer({ env: { LIMIT_WORKSPACE_FILES_BYTES: '2000000' } })
  const context = await browser.newContext()
  try {
    const made = await createWorkspace(small.dataDir, { owner })
    const foreign = foreignRequests(context, small)
    const page = await context.newPage()
    await signIn(page, small)
    await openMission(page, 'Fill it')
    await attach(page, onDisk('fits.bin', randomBytes(1_500_000)))
    await expect(file(page, 'fits.bin')).toBeVisible()
    let parts = 0
    page.on('request', (request) => { if (request.method() === 'PATCH') parts += 1 })
    await attach(page, onDisk('too much.bin', randomBytes(600_000)))
    await expect(upload(page, 'failed')).toContainText('“too much.bin” does not fit: this workspace has 500 kB left of its 2 MB for files.')
    expect(parts).toBe(0)
    await page.goto(`${small.url}/w/${made.workspaceId}/members`)
    await expect(page.locator('[data-storage]')).toContainText('1.5 MB of 2 MB')
    expect(foreign).toEqual([])
  } finally {
    await context.close()
    await small.end()
  }
})

test('a page and a drawing with scripts run nothing at our address', async ({ page, server, workspace: _ }) => {
  await signIn(page, server)
  await openMission(page, 'Look at traps')
  const script = 'document.title = "run"; parent.document.title = "run"; fetch("/api/v1/me").then(() => fetch("/ran"))'
  await attach(page,
    onDisk('trap.html', `<!doctype html><title>t</title><script>${script}</script>`),
    onDisk('trap.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload='${script}'><script>${script}</script><text y="20">drawn</text></svg>`),
  )
  await expect(file(page, 'trap.svg')).toBeVisible()
  await expect(file(page, 'trap.html')).toBeVisible()
  const ran: string[] = []
  page.context().on('request', (request) => { if (/\/ran$/.test(request.url())) ran.push(request.url()) })
  const address = async (name: string) => `${server.url}/api/v1/files/${await file(page, name).getAttribute('data-file-id')}/content`
  const [svg, html] = [await address('trap.svg'), await address('trap.html')]
  const shown = await page.context().newPage()
  await shown.goto(svg)
  await shown.waitForTimeout(300)
  expect(await shown.title()).not.toBe('run')
  // The page is offered for saving, as nothing of ours.
  const download = shown.waitForEvent('download')
  await shown.goto(html).catch(() => {})
  expect((await download).suggestedFilename()).toBe('trap.html')
  // Nor do frames or pictures of our own pages run them.
  await page.evaluate(([a, b]) => {
    for (const source of [a, b]) {
      const frame = document.createElement('iframe')
      frame.src = source!
      document.body.append(frame)
      const picture = new Image()
      picture.src = source!
      document.body.append(picture)
    }
  }, [svg, html])
  await page.waitForTimeout(500)
  expect(await page.title()).not.toBe('run')
  expect(ran).toEqual([])
})
