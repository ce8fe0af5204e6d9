import type { Page } from '@playwright/test'
import { aMission, answer, ask, expect, field, proposal, proposes, test } from '../support/both-engines.ts'
import { another, faults, person, signIn, withoutNetwork } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const ben = person('Ben Sailor')
const description = (page: Page) => proposal(page, 'lamps').getByRole('textbox', { name: 'Description' })

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
})

for (const withModel of [false, true]) {
  test.describe(withModel ? 'with a model' : 'without a model', () => {
    test.use({ withModel })

    test('two people write in a proposal while the COO puts an answer into it: all three have written, and what the COO did goes alone', async ({ page, browser, server, model }) => {
      const wrong = faults(page, withoutNetwork)
      model.script('chief', [
        proposes(aMission('Order the lamps', { description: 'Order the lamps for the pier.', questions: [{ text: 'How bright?', choices: [] }] })),
        { calls: [{ name: 'refine_proposal', args: { description: [{ markdown: 'As bright as the moon.' }] } }] },
      ])
      await ask(page, 'Order the lamps for the pier by 03/04/2031')
      const { page: other, wrong: theirs } = await another(browser, server, ben, { but: withoutNetwork })
      await other.goto(page.url())
      // Without a model the question is about the day, which goes into the due date; words of one's own go into the description.
      const question = withModel ? 'How bright?' : 'Which day is meant'
      const said = withModel ? 'As the moon' : 'Ask the harbour master'
      const written = withModel ? 'As bright as the moon.' : 'Ask the harbour master'
      for (const [where, key] of [[page, 'Control+End'], [other, 'Control+Home']] as const) {
        await expect(description(where)).toContainText('rder the lamps for the pier')
        await description(where).click()
        await where.keyboard.press(key)
      }
      const before = await description(page).innerText()
      // Ben answers in a second tab, so that both go on writing while the COO does.
      const tab = await other.context().newPage()
      await tab.goto(page.url())
      const ownWords = tab.getByRole('textbox', { name: new RegExp(`^Answer to: .*${question}`) })
      await ownWords.fill(said)
      const [mine, bens] = [' Ada writes on and on and does not stop for anybody.', 'Ben writes as well, at the very same time as she does. ']
      const writing = Promise.all([page.keyboard.type(mine, { delay: 40 }), other.keyboard.type(bens, { delay: 40 })])
      await tab.keyboard.press('Enter')
      await writing
      for (const where of [page, other, tab]) {
        await expect(description(where)).toContainText(`${bens}${before}${mine}`)
        await expect(description(where)).toContainText(written)
      }
      // What the COO wrote is shown as its own, and taken back while somebody writes.
      const changes = proposal(other, 'lamps').getByRole('region', { name: 'Changes by the COO' })
      await expect(changes.getByRole('listitem')).toHaveCount(1)
      await expect(changes).toContainText(withModel ? 'chief' : 'by rules, without a model')
      await description(page).click()
      await page.keyboard.press('Control+Home')
      await Promise.all([page.keyboard.type('Once more. ', { delay: 40 }), changes.getByRole('button', { name: 'Undo this change of the COO' }).click()])
      for (const where of [page, other, tab]) {
        await expect(description(where)).not.toContainText(written)
        await expect(description(where)).toContainText(`Once more. ${bens}${before}${mine}`)
        await expect(proposal(where, 'lamps')).toContainText('Taken back by Ben Sailor')
      }
      expect([wrong, theirs]).toEqual([[], []])
    })
  })
}

test.describe('the network', () => {
  test.use({ withModel: true })

  test('is cut while the COO answers: what is typed and the answer survive, and nothing is doubled', async ({ page, context, browser, server, model }) => {
    model.script('chief', [
      { reply: { ...proposes(aMission('Mend the nets')), say: 'The nets hang at the quay, where the wind takes them every night until somebody mends them.' }, msPerPiece: 300, pieceLength: 12 },
      { say: 'Noted, the red ones.' },
    ])
    const before = model.asked('chief').length
    await ask(page, 'What about the nets?')
    const { page: other } = await another(browser, server, ben, { but: withoutNetwork })
    await other.goto(page.url())
    await expect(answer(page)).toContainText('The nets hang')
    await context.setOffline(true)
    await field(page).fill('The red ones first')
    await field(page).press('Enter')
    await field(page).fill('and I was going to say')
    // The answer goes on for whoever is there.
    await expect(answer(other)).toContainText('mends them.')
    await expect(proposal(other, 'Mend the nets')).toBeVisible()
    await expect(answer(page)).toHaveAttribute('aria-busy', 'true')
    await expect(page.getByText('The COO answers when you are online again.')).toBeVisible()
    await context.setOffline(false)
    for (const where of [page, other]) {
      await expect(answer(where)).toHaveCount(2, { timeout: 30_000 })
      await expect(answer(where).first()).toContainText('The nets hang at the quay, where the wind takes them every night until somebody mends them.')
      await expect(answer(where).last()).toContainText('Noted, the red ones.')
      await expect(proposal(where, 'Mend the nets')).toHaveCount(1)
      await expect(where.getByRole('article', { name: 'Message of Ada Owner' })).toHaveCount(2)
    }
    await expect(field(page)).toHaveValue('and I was going to say')
    expect(model.asked('chief').length - before).toBe(2)
  })
})

test('what the COO took as news is proposed with a key by one, and put aside by another, before both their eyes', async ({ page, browser, server }) => {
  const wrong = faults(page, withoutNetwork)
  await ask(page, 'Notes:\nThe winch was greased last week.\n\nTo do:\n- Order the lamps')
  const { page: other, wrong: theirs } = await another(browser, server, ben, { but: withoutNetwork })
  await other.goto(page.url())
  const news = (where: Page) => where.getByRole('list', { name: 'News' })
  for (const where of [page, other]) await expect(news(where)).toContainText('The winch was greased last week.')
  await news(page).getByRole('button', { name: 'Propose a mission' }).focus()
  await page.keyboard.press('Enter')
  for (const where of [page, other]) {
    await expect(proposal(where, 'The winch was greased')).toBeVisible()
    await expect(news(where).getByRole('link', { name: 'Proposed by Ada Owner' })).toBeVisible()
  }
  await expect(news(page).getByRole('link')).toBeFocused()
  await expect(news(other).getByRole('button')).toHaveCount(0)
  await proposal(other, 'The winch was greased').getByRole('button', { name: 'Put aside' }).first().click()
  await expect(proposal(page, 'The winch was greased')).toContainText('Put aside')
  await proposal(page, 'The winch was greased').getByRole('button', { name: 'Take it back' }).click()
  await expect(proposal(other, 'The winch was greased').getByRole('button', { name: 'Approve' }).first()).toBeVisible()
  expect([wrong, theirs]).toEqual([[], []])
})

test('a proposal that a text mentions is one press away, in the chat in which it was asked for', async ({ page }) => {
  const wrong = faults(page, withoutNetwork)
  await ask(page, 'Order the lamps for the pier and update the price list.')
  await expect(proposal(page, 'price list')).toBeVisible()
  const chat = page.url()
  await page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Board' }).first().click()
  await page.getByRole('button', { name: '2 proposals' }).click()
  const there = proposal(page, 'price list')
  await there.getByRole('button', { name: 'Open the proposal' }).click()
  await there.getByRole('textbox', { name: 'Description' }).getByRole('link', { name: /lamps/ }).click()
  await page.waitForURL(new RegExp(`^${chat}#proposal-`))
  await expect(proposal(page, 'lamps')).toBeInViewport()
  expect(wrong).toEqual([])
})
