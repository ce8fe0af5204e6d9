import { chromium, type Page } from '@playwright/test'
import { launchOptions } from '../tests/support/browser.ts'
import { startServer } from '../tests/support/server.ts'
import { createWorkspace, owner, signedInCookie } from '../tests/support/workspace.ts'
import { median, overRounds, type Figure } from './figures.ts'
import type { Part } from './part.ts'
import { slowModel } from './peers/slow-model.ts'

// From Enter in a chat with the COO to the frame that shows the first word of its answer, on every screen that has the chat open, against what the model
// itself takes until its first word.

const firstMs = 300
const asks = 8
const screens = [1, 5]
const quietMs = 2_500
/** Between the keys of somebody who types faster than nearly everybody does, Enter included: what is typed shows on the other screens meanwhile. */
const keysMs = 60

type Watched = { shown: number[]; more: () => void }

/** Notes when a frame showed the first word of an answer: epoch milliseconds, to fractions. */
const watchAnswers = (page: Page) => page.evaluate(() => {
  const seen = new Set<string>()
  const watched: Watched = { shown: [], more: () => {} }
  Object.assign(globalThis, watched)
  const messages = document.querySelector('[role=log]')!
  const answers = messages.getElementsByClassName('prose-missions')
  const look = () => {
    const answer = answers[answers.length - 1]
    const message = answer?.closest<HTMLElement>('[aria-label="Message of COO"]')
    const { messageId = '' } = message?.dataset ?? {}
    if (!message || seen.has(messageId) || !answer!.textContent.trim()) return
    seen.add(messageId)
    requestAnimationFrame(() => setTimeout(() => {
      watched.shown.push(performance.timeOrigin + performance.now());
      (globalThis as unknown as Watched).more()
    }))
  }
  new MutationObserver(look).observe(messages, { childList: true, subtree: true, characterData: true })
})
/** Whoever looks again in each frame, as waiting for a condition does, has five pages draw sixty times a second for nothing; whoever begins to wait when it was asked has them run scripts. */
const shownOn = (page: Page, count: number) => page.evaluate((wanted) => new Promise<void>((resolve) => {
  const watched = globalThis as unknown as Watched
  watched.more = () => {
    if (watched.shown.length >= wanted) resolve()
  }
  watched.more()
}), count)
const lastShown = (page: Page) => page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown.at(-1)!)

export const firstWord: Part = async ({ rounds, tell }) => {
  const model = await slowModel(firstMs)
  const server = await startServer({ env: { WORKER: 'off', OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'slow', OPENAI_API_KEY: 'k' } })
  const browser = await chromium.launch(launchOptions())
  try {
    const { workspaceId } = await createWorkspace(server.dataDir)
    const cookie = { ...await signedInCookie(server.dataDir, owner), url: server.url, sameSite: 'Lax' as const, httpOnly: true }
    const open = async (address: string) => {
      const context = await browser.newContext()
      await context.addCookies([cookie])
      const page = await context.newPage()
      await page.goto(address)
      return page
    }
    const asking = await open(`${server.url}/w/${workspaceId}/chat`)
    const field = asking.getByRole('textbox', { name: 'Message to the COO' })
    await field.fill('Where is the crane?')
    await field.press('Enter')
    await asking.waitForURL(/\/chat\/[\w-]+/)
    await asking.getByText('where it was left.').first().waitFor()
    const pages = [asking]
    await watchAnswers(asking)
    const owns: number[] = []
    for (let ask = 0; ask < 5; ask += 1) {
      await asking.waitForTimeout(500)
      owns.push(await model.firstToken())
    }
    const own = median(owns)
    const ratios: Record<number, number[]> = {}
    for (const many of screens) {
      while (pages.length < many) {
        const page = await open(asking.url())
        await page.getByText('where it was left.').first().waitFor()
        await watchAnswers(page)
        pages.push(page)
      }
      // A page that was just opened still puts away what it needs without the network.
      await Promise.all(pages.map((page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))))
      for (let round = 1; round <= rounds; round += 1) {
        const took: number[] = []
        for (let ask = 0; ask < asks; ask += 1) {
          // Whoever asks on has read what was answered; the lists beside it are read again meanwhile.
          await asking.waitForTimeout(quietMs)
          const before = await Promise.all(pages.map((page) => page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown.length)))
          await field.pressSequentially('And now?', { delay: keysMs })
          await asking.evaluate(() => addEventListener('keydown', () => Object.assign(globalThis, { pressed: performance.timeOrigin + performance.now() }), { once: true, capture: true }))
          const shown = Promise.all(pages.map((page, at) => shownOn(page, before[at]! + 1)))
          await asking.waitForTimeout(keysMs)
          await field.press('Enter')
          await shown
          const pressed = await asking.evaluate(() => (globalThis as unknown as { pressed: number }).pressed)
          took.push(Math.max(...await Promise.all(pages.map(lastShown))) - pressed)
          await asking.locator('[aria-busy]').waitFor({ state: 'detached' })
        }
        tell(`${many} screen${many === 1 ? '' : 's'}, round ${round}: p50 ${median(took).toFixed(0)} ms on the last of them; the model's own ${own.toFixed(0)} ms`)
        ratios[many] = [...ratios[many] ?? [], median(took) / own]
      }
    }
    return [
      { name: 'COO: the model’s own first word', unit: 'ms', measured: own, note: `made to take ${firstMs} ms` },
      ...screens.map((many): Figure => overRounds(`COO: Enter to first word on the last of ${many} screen${many === 1 ? '' : 's'}, p50`, '×', ratios[many]!, { atMost: 1.2, note: 'of the model’s own' })),
    ]
  } finally {
    await browser.close()
    await server.end()
    await model.end()
  }
}
