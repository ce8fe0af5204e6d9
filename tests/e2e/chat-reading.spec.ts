import { aMission, answer, ask, expect, field, test } from '../support/both-engines.ts'
import { faults, signIn, withoutNetwork } from '../support/test.ts'

test.use({ withModel: true })

const lines = (count: number) => Array.from({ length: count }, (_, at) => `- Mooring ${at + 1} was looked at.`).join('\n')

test('[COO12] an answer is read from its beginning; who is at the end sees the newest, and who scrolled up is not pulled', async ({ page, server, workspace, model }) => {
  void workspace
  const wrong = faults(page, withoutNetwork)
  await signIn(page, server)
  const log = page.getByRole('log', { name: 'Messages' })
  const newest = page.getByRole('button', { name: 'To the newest' })
  const top = () => log.evaluate((element) => Math.round(element.scrollTop))
  const said = (words: string) => page.getByRole('article', { name: 'Message of Ada Owner' }).filter({ hasText: words })

  // Below the words are more proposals than the view has room for.
  model.script('chief', [{ say: 'Twelve things, in this order.', calls: [{ name: 'propose_missions', args: { proposals: Array.from({ length: 12 }, (_, at) => aMission(`Look at mooring ${at + 1}`)) } }] }])
  await ask(page, 'Look at the moorings')
  await expect(page.getByRole('list', { name: '12 proposals' })).toBeVisible()
  await expect(newest).toBeVisible()
  await expect(answer(page).getByText('Twelve things, in this order.')).toBeInViewport({ ratio: 1 })
  await expect(said('Look at the moorings')).toBeInViewport()

  // What one says comes to the upper part, whatever is above it, and the answer grows beneath it until it is at the edge.
  model.script('chief', [{ reply: { say: lines(60) }, msPerPiece: 40, pieceLength: 30 }])
  await field(page).fill('How do they look?')
  await field(page).press('Enter')
  await expect.poll(async () => {
    const [at, view] = [await said('How do they look?').boundingBox(), await log.boundingBox()]
    return at !== null && view !== null && at.y >= view.y && at.y < view.y + view.height / 2
  }).toBe(true)
  await expect(newest).toBeVisible()
  await expect(said('How do they look?')).toBeInViewport()
  await expect(answer(page).last().getByText('Mooring 1 was')).toBeInViewport()

  // At the end one sees each line as it comes.
  await newest.click()
  await expect(newest).toHaveCount(0)
  await expect(answer(page).last().getByText('Mooring 60 was')).toBeInViewport()

  // Elsewhere one stays, whatever comes.
  await log.hover()
  await page.mouse.wheel(0, -600)
  await expect(newest).toBeVisible()
  const before = await top()
  model.script('chief', [{ say: lines(60) }])
  await page.evaluate((chatId) => fetch(`/api/v1/workspaces/${location.pathname.split('/')[2]}/requests`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ chatId, text: 'Said in another window' }),
  }), page.url().split('/').at(-1))
  await expect(answer(page)).toHaveCount(3)
  await expect(answer(page).last()).toContainText('Mooring 60 was')
  expect(await top()).toBe(before)
  expect(wrong).toEqual([])
})

test('[COO12] of a long chat the newest are shown, and stay while more is said; what was said before comes when it is asked for', async ({ page, server, workspace, model }) => {
  void workspace
  await signIn(page, server)
  model.script('chief', Array.from({ length: 60 }, () => ({ say: 'Noted.' })))
  await ask(page, 'Word 0')
  await expect(answer(page)).toContainText('Noted.')
  const status = await page.evaluate(async (chatId) => {
    const all: number[] = []
    for (let at = 1; at < 45; at++) {
      const answered = await fetch(`/api/v1/workspaces/${location.pathname.split('/')[2]}/requests`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ chatId, text: `Word ${at}` }) })
      all.push(answered.status)
    }
    return [...new Set(all)]
  }, page.url().split('/').at(-1))
  expect(status).toEqual([202])
  await expect(page.getByRole('article').filter({ hasText: 'Word 44' })).toBeVisible()
  await expect(page.locator('[aria-busy]')).toHaveCount(0)

  await page.reload()
  const earlier = page.getByRole('button', { name: /^Show \d+ earlier of \d+$/ })
  await expect(earlier).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(40)
  const first = await page.getByRole('article').first().getAttribute('data-message-id')
  await field(page).fill('And one more')
  await field(page).press('Enter')
  await expect(page.getByRole('article')).toHaveCount(42)
  await expect(page.getByRole('article').first()).toHaveAttribute('data-message-id', first!)
  await earlier.click()
  await expect(page.getByRole('log').getByText('Word 0', { exact: true })).toHaveCount(1)
  await expect(earlier).toHaveCount(0)
})
