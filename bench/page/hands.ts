import type { Page } from '@playwright/test'
import type { MissionId } from '#lib/board/ids.ts'

// What two people do with the keyboard, and when it shows. Both browsers run on one machine and read one clock.

const card = (id: MissionId) => `[data-mission-id="${id}"]`
const open = (id: MissionId) => `${card(id)} [data-open]`

/** Notes when a key was pressed, before the page does anything with it: epoch ms. */
export const noteKeys = (page: Page) => page.evaluate(() => {
  addEventListener('keydown', (event) => Object.assign(globalThis, { keyAt: Date.now() - (performance.now() - event.timeStamp) }), true)
})
export const lastKey = (page: Page) => page.evaluate(() => (globalThis as { keyAt?: number }).keyAt ?? NaN)

type Sight = { title?: string; id?: MissionId; column?: string }

/** Resolves with the time (epoch ms) of the frame in which a card with all of this is there; null after `ms`. */
export const seen = (page: Page, sight: Sight, ms = 10_000) => page.evaluate(async ({ title, id, column, ms }) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const holds = (element: Element) =>
    (title === undefined || element.querySelector('[data-title]')?.textContent === title) &&
    (column === undefined || element.closest('[data-column]')?.getAttribute('data-column') === column)
  const until = Date.now() + ms
  while (Date.now() < until) {
    const cards = document.querySelectorAll(id === undefined ? '[data-mission-id]' : `[data-mission-id="${id}"]`)
    if ([...cards].some(holds)) return Date.now()
    await frame()
  }
  return null
}, { ...sight, ms })

/** Types the title of a new mission without pressing Enter. */
export async function beginCreate(page: Page, title: string) {
  await page.locator('[data-column=backlog] textarea').or(page.locator('[data-column=backlog]').getByText('New mission').last()).last().click()
  await page.locator('[data-column=backlog] textarea').fill(title)
}

/** Opens a card's title for renaming and types the new one without pressing Enter. */
export async function beginRename(page: Page, id: MissionId, title: string) {
  await page.locator(open(id)).focus()
  await page.keyboard.press('r')
  await page.locator(`${card(id)} textarea`).fill(title)
}

export const takeCard = (page: Page, id: MissionId) => page.locator(open(id)).focus()
export const press = (page: Page, key: string) => page.keyboard.press(key)
