import type { Page } from '@playwright/test'
import { answer, ask, field } from '../support/both-engines.ts'
import type { Reply } from '../support/model.ts'
import { startServer, type RunningServer } from '../support/server.ts'
import { alone, another, expect, faults, person, signIn, withoutNetwork } from '../support/test.ts'
import { asksChief, test as base } from '../support/with-model.ts'
import { addMember, type Owner } from '../support/workspace.ts'

const ben = person('Ben Sailor')

/** A server whose COO has a model that answers as it was told; a test that is alone has one without a model. */
const test = base.extend<object, { shared: () => Promise<RunningServer> }>({
  shared: [async ({ model }, use) => {
    let started: Promise<RunningServer> | null = null
    await use(() => started ??= startServer({ env: { WORKER: 'off', ...asksChief(model) } }))
    await (await started as RunningServer | null)?.end()
  }, { scope: 'worker' }],
})

const mission = (title: string, more: Record<string, unknown> = {}) => ({
  title, description: `${title}, with care.`, project: null, assignee: null, why: '', priority: 'none', due_on: null, auto_run: false, size: null, blocked_by: [], duplicates: [], questions: [], ...more,
})
const proposes = (say: string, ...proposals: unknown[]): Reply => ({ say, calls: [{ name: 'propose_missions', args: { proposals } }] })

const proposal = (page: Page, title: string) => page.getByRole('region', { name: `Proposal: ${title}` })
const card = (page: Page, title: string) => page.locator('[data-mission-id]', { hasText: title })
const home = (page: Page) => page.url().split('/').slice(0, 5).join('/')
const message = (page: Page, words: string) => page.locator('[data-message-id]', { hasText: words })

test.beforeEach(async ({ page, server, workspace }) => {
  await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
  await signIn(page, server)
  await expect(page.locator('[data-live]')).toBeAttached()
})

test('what is asked for becomes proposals that two people change at once, answer and approve; on the board it has the text that both wrote', async ({ page, browser, server, model }) => {
  const wrong = faults(page, withoutNetwork)
  model.script('chief', [proposes('Two things, the hanging after the lamps.',
    mission('Order the lamps', { due_on: '2030-01-15', priority: 'high', questions: [{ text: 'How many lamps?', choices: ['10', '20'] }, { text: 'Which colour?', choices: [] }] }),
    mission('Hang the lamps', { blocked_by: [0] }))])
  await ask(page, 'We need lamps for the fair')
  await expect(answer(page)).toContainText('Two things, the hanging after the lamps.')
  await expect(answer(page).getByText('chief')).toBeVisible()

  const { page: other, wrong: theirs, foreign } = await another(browser, server, ben, { but: withoutNetwork })
  await other.goto(page.url())
  const [mine, bens] = [proposal(page, 'Order the lamps'), proposal(other, 'Order the lamps')]
  await expect(bens.getByRole('button', { name: 'Priority: High' })).toBeVisible()
  await expect(proposal(other, 'Hang the lamps').getByRole('list', { name: 'Comes after' })).toContainText('Order the lamps')

  // Both write into the description, and both into other fields, at once.
  await expect(mine.getByRole('textbox', { name: 'Description' })).toContainText('Order the lamps, with care.')
  await expect(bens.getByRole('textbox', { name: 'Description' })).toContainText('Order the lamps, with care.')
  for (const [where, key] of [[page, 'Control+End'], [other, 'Control+Home']] as const) {
    await proposal(where, 'Order the lamps').getByRole('textbox', { name: 'Description' }).click()
    await where.keyboard.press(key)
  }
  await Promise.all([page.keyboard.type(' From Ada.', { delay: 20 }), other.keyboard.type('From Ben. ', { delay: 20 })])
  for (const where of [page, other]) {
    await expect(proposal(where, 'Order the lamps').getByRole('textbox', { name: 'Description' })).toHaveText('From Ben. Order the lamps, with care. From Ada.')
  }
  await bens.getByRole('button', { name: /^Assignee/ }).click()
  await other.getByRole('menuitemradio', { name: 'Ben Sailor' }).click()
  await expect(mine.getByRole('button', { name: 'Assignee: Ben Sailor' })).toBeVisible()

  // A choice by one, words by the other: both see both, and who answered.
  await mine.getByRole('button', { name: '20', exact: true }).click()
  await expect(bens.getByRole('button', { name: '20', exact: true, pressed: true })).toBeVisible()
  await bens.getByRole('textbox', { name: 'Answer to: Which colour?' }).fill('Red as the harbour lights')
  await other.keyboard.press('Enter')
  await expect(mine.getByRole('textbox', { name: 'Answer to: Which colour?' })).toHaveValue('Red as the harbour lights')
  await expect(mine.getByText('Answered by Ada Owner')).toBeVisible()
  await expect(mine.getByText('Answered by Ben Sailor')).toBeVisible()
  await expect(mine.getByText('all answered')).toBeVisible()
  await expect(mine.getByRole('textbox', { name: 'Description' })).toContainText('20')
  // What the COO made of an answer is shown as its own, and goes again where somebody says so; what both wrote stays.
  const changes = bens.getByRole('region', { name: 'Changes by the COO' })
  await changes.getByRole('listitem').filter({ hasText: 'How many lamps?' }).getByRole('button', { name: 'Undo this change of the COO' }).click()
  await expect(mine.getByText('Taken back by Ben Sailor')).toBeVisible()
  await expect(mine.getByRole('textbox', { name: 'Description' })).not.toContainText('20')
  await expect(mine.getByRole('textbox', { name: 'Description' })).toContainText('From Ben. Order the lamps, with care. From Ada.')

  await mine.getByRole('textbox', { name: 'Title of the proposal' }).fill('Order red lamps')
  await mine.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('“Order red lamps” is on the board')).toBeVisible()
  const done = proposal(other, 'Order red lamps')
  await expect(done.getByText(/Approved by Ada Owner/)).toBeVisible()
  await expect(done.getByText('Backlog')).toBeVisible()
  await done.getByRole('link', { name: 'Order red lamps' }).click()
  await expect(other.getByRole('textbox', { name: 'Description' })).toContainText('From Ben. Order the lamps, with care. From Ada.')
  await expect(other.getByRole('button', { name: 'Assignee: Ben Sailor' })).toBeVisible()
  await expect(card(other, 'Order red lamps')).toHaveCount(1)
  await expect(card(other, 'Hang the lamps')).toHaveCount(0)
  expect([wrong, theirs, foreign]).toEqual([[], [], []])
})

test('labels of a proposal are changed by whoever may edit it, live for others, until undone or decided; a viewer only reads them', async ({ page, browser, server, workspace, model }) => {
  const wrong = faults(page, withoutNetwork)
  model.script('chief', [proposes('One thing.', mission('Order the lamps'))])
  await ask(page, 'We need lamps for the fair')
  const chat = page.url()
  const mine = proposal(page, 'Order the lamps')
  const labels = (where: Page) => proposal(where, 'Order the lamps').getByRole('list', { name: 'Labels' })
  const { page: bens, wrong: his } = await another(browser, server, ben, { but: withoutNetwork })
  await expect(bens.locator('[data-live]')).toBeAttached()
  await bens.getByRole('button', { name: 'One proposal' }).click()

  await mine.getByRole('button', { name: 'Label', exact: true }).press('Enter')
  await page.keyboard.type('harbour')
  await page.keyboard.press('Enter')
  await page.keyboard.type('light')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  if (!await labels(bens).isVisible()) await proposal(bens, 'Order the lamps').getByRole('button', { name: 'Open the proposal' }).click()
  await expect(labels(bens)).toContainText('harbour')
  await expect(labels(bens)).toContainText('light')

  await page.keyboard.press('Control+z')
  await expect(page.getByText('Undone: Edited the proposal “Order the lamps”')).toBeVisible()
  await expect(labels(bens)).not.toContainText('light')
  await bens.getByRole('button', { name: 'Remove the label harbour' }).click()
  await expect(labels(page)).not.toContainText('harbour')
  await bens.keyboard.press('Control+z')
  await expect(labels(page)).toContainText('harbour')

  // What to read is found in the same way, and taken off in it again.
  await mine.getByRole('button', { name: 'A doc or a mission' }).press('Enter')
  const toRead = page.getByRole('dialog', { name: 'What to read' })
  await page.keyboard.type('zebra')
  await expect(toRead.getByRole('status')).toHaveText('Nothing is called that.')
  await page.keyboard.press('Escape')
  await expect(mine.getByRole('button', { name: 'A doc or a mission' })).toBeFocused()

  const viv = person('Viv Viewer')
  await addMember(server.dataDir, workspace.workspaceId, 'viewer', viv)
  const { page: hers, wrong: theirs } = await another(browser, server, viv, { but: withoutNetwork })
  await hers.goto(chat)
  await expect(labels(hers)).toHaveText('harbour')
  await expect(proposal(hers, 'Order the lamps').getByRole('button', { name: /[Ll]abel/ })).toHaveCount(0)

  // What was decided is decided: what is undone then is what was done before.
  await mine.getByRole('button', { name: 'Approve' }).click()
  await expect(card(bens, 'Order the lamps')).toContainText('harbour')
  await bens.locator('body').press('Control+z')
  await expect(bens.getByText('There is nothing of yours to undo.')).toBeVisible()
  await expect(card(bens, 'Order the lamps')).toContainText('harbour')
  expect([wrong, his, theirs]).toEqual([[], [], []])
})

test('who declines says why; what is put aside comes back; all that is left is approved at once', async ({ page, model }) => {
  const wrong = faults(page, withoutNetwork)
  model.script('chief', [proposes('Four things.', mission('Paint the pier'), mission('Buy a crane'), mission('Count the boats'), mission('Wash the ropes'))])
  await ask(page, 'What we spoke about')
  await proposal(page, 'Buy a crane').getByRole('button', { name: 'Decline' }).click()
  await page.getByRole('textbox', { name: 'Why not?' }).fill('We have one')
  await page.getByRole('dialog', { name: 'Decline the proposal' }).getByRole('button', { name: 'Decline' }).click()
  await expect(proposal(page, 'Buy a crane')).toContainText('Declined by Ada Owner')
  await expect(proposal(page, 'Buy a crane')).toContainText('We have one')
  await proposal(page, 'Count the boats').getByRole('button', { name: 'Put aside' }).click()
  await expect(proposal(page, 'Count the boats')).toContainText('Put aside')

  await page.goto(home(page))
  await page.getByRole('button', { name: '2 proposals' }).click()
  const panel = page.getByRole('region', { name: /^Proposals/ })
  await expect(panel.getByRole('region', { name: /^Proposal: / })).toHaveCount(2)
  await panel.getByRole('button', { name: /^Put aside ?1$/ }).click()
  await panel.getByRole('button', { name: 'Take it back' }).click()
  await expect(panel.getByRole('list', { name: 'Proposals' }).getByRole('region', { name: /^Proposal: / })).toHaveCount(3)
  await panel.getByRole('link', { name: 'The chat it is from' }).first().click()
  await expect(proposal(page, 'Paint the pier')).toBeInViewport()
  await page.getByRole('button', { name: 'Approve all 3' }).click()
  await expect(page.getByText('3 missions are on the board')).toBeVisible()
  await page.goto(home(page))
  await expect(page.locator('[data-column=backlog] [data-title]')).toHaveText(['Paint the pier', 'Count the boats', 'Wash the ropes'])
  expect(wrong).toEqual([])
})

test('two who approve at once make one mission, and both are told', async ({ page, browser, server, model }) => {
  model.script('chief', [proposes('One thing.', mission('Mend the net'))])
  await ask(page, 'The net has a hole')
  const { page: other } = await another(browser, server, ben, { but: withoutNetwork })
  await other.goto(page.url())
  const buttons = [page, other].map((each) => proposal(each, 'Mend the net').getByRole('button', { name: 'Approve' }))
  for (const button of buttons) await expect(button).toBeEnabled()
  // Neither is on its way before both are pressed.
  let both = () => {}
  const pressed = new Promise<void>((resolve) => (both = resolve))
  let waiting = 0
  for (const each of [page, other]) {
    await each.route('**/approve', async (route) => {
      if (++waiting === 2) both()
      await pressed
      await route.continue()
    })
  }
  const told = (each: Page) => each.getByText(/“Mend the net” (is on the board|was approved already)/)
  const words = await Promise.all(buttons.map(async (button, at) => {
    await button.click()
    return await told([page, other][at]!).textContent()
  }))
  expect(words.filter((each) => each?.includes('already'))).toHaveLength(1)
  await other.goto(home(other))
  await expect(card(other, 'Mend the net')).toHaveCount(1)
})

test('an answer that fails says why and is tried again; words arrive while they are written; what was said is edited and deleted', async ({ page, browser, server, model }) => {
  model.script('chief', [{ refuse: { status: 401, message: 'Your key is wrong.' } }])
  await ask(page, 'Where is the crane?')
  await expect(page.getByRole('alert')).toContainText('Your key is wrong')
  const { page: other } = await another(browser, server, ben, { but: withoutNetwork })
  await other.goto(page.url())
  model.script('chief', [{ reply: { say: 'The crane stands at the north quay, where it was left in the spring when the wind came up.' }, msPerPiece: 150, pieceLength: 6 }])
  await other.getByRole('button', { name: 'Try again' }).click()
  await expect(answer(page)).toContainText('The crane')
  await expect(answer(page)).toHaveAttribute('aria-busy', 'true')
  await expect(answer(page)).not.toContainText('wind came up')
  await expect(answer(page)).toContainText('wind came up')
  await expect(answer(page)).not.toHaveAttribute('aria-busy')
  await expect(page.getByRole('alert')).toHaveCount(0)

  await message(page, 'Where is').hover()
  await message(page, 'Where is').getByRole('button', { name: /more$/ }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Edit the message' }).fill('Where is the big crane?')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(message(other, 'Where is the big crane?')).toBeVisible()
  await message(page, 'Where is').hover()
  await message(page, 'Where is').getByRole('button', { name: /more$/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(message(page, 'Where is the big crane?')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(message(other, 'Where is the big crane?')).toBeVisible()
})

test('what is written without the network is kept, sent when it is back, and answered; a draft survives a reload', async ({ page, context, model }) => {
  model.script('chief', [{ say: 'Tell me.' }, { say: 'Noted, the rope.' }])
  await ask(page, 'I have news')
  await expect(answer(page)).toContainText('Tell me.')
  await field(page).fill('Not said yet')
  await page.reload()
  await expect(field(page)).toHaveValue('Not said yet')
  await expect(answer(page)).toContainText('Tell me.')
  await context.setOffline(true)
  await expect(page.locator('header').getByText(/^Offline/).first()).toBeVisible()
  await field(page).fill('The rope came')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('and it floats')
  await page.keyboard.press('Enter')
  await expect(message(page, 'The rope came')).toContainText('and it floats')
  await expect(page.getByText('The COO answers when you are online again.')).toBeVisible()
  await expect(field(page)).toHaveValue('')
  await context.setOffline(false)
  await expect(answer(page).last()).toContainText('Noted, the rope.', { timeout: 30_000 })
  await expect(page.getByText('The COO answers when you are online again.')).toHaveCount(0)
})

test('the COO is asked from a project, words in a description, a comment, a file and the palette: each is in the field of a new chat', async ({ page }) => {
  await page.locator('body').press('c')
  await page.keyboard.type('Choose the rope')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await card(page, 'Choose the rope').locator('[data-open]').click()
  await page.waitForURL(/\/missions\//)
  const url = page.url()
  await page.getByRole('textbox', { name: 'Description' }).click()
  await page.keyboard.type('Hemp or nylon')
  await page.getByRole('textbox', { name: 'Description' }).press('Control+a')
  await page.getByRole('button', { name: 'Ask the COO' }).click()
  await page.waitForURL(/\/chat$/)
  const about = page.getByRole('list', { name: 'What it is about' })
  await expect(about).toContainText('Choose the rope')
  await expect(about).toContainText('Hemp or nylon')
  await about.getByRole('button', { name: 'Leave out Choose the rope' }).click()
  await expect(about).toHaveCount(0)

  await page.goto(url)
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Somebody should test it in salt water')
  await page.keyboard.press('Control+Enter')
  const comment = page.locator('[data-comment-id]', { hasText: 'salt water' })
  await comment.hover()
  await comment.getByRole('button', { name: /more$/ }).click()
  await page.getByRole('menuitem', { name: 'Its own mission' }).click()
  await expect(field(page)).toHaveValue('This should be a mission of its own.')
  await expect(about).toContainText('salt water')
  await field(page).fill('')
  await about.getByRole('button', { name: 'Leave out Choose the rope' }).click()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Order new ropes')
  await page.getByRole('option', { name: 'Ask the COO: “Order new ropes”' }).click()
  await expect(field(page)).toHaveValue('Order new ropes')
})

test('without a model the COO proposes what was written, says how it works, and greets a workspace in which nothing is', alone, async ({ page, browser, server }) => {
  const wrong = faults(page, withoutNetwork)
  await page.getByRole('link', { name: 'Begin with the COO' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome to Harbour' })).toBeVisible()
  await page.getByRole('button', { name: 'A list of things' }).click()
  await expect(field(page)).toHaveValue(/Compare three offers/)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/chat\/[\w-]+/)
  await expect(answer(page)).toContainText('by rules, without a model')
  const { page: other } = await another(browser, server, ben, { but: withoutNetwork })
  await other.goto(page.url())
  // A project and staff for it are made with one press, under a name of one's own, and the proposals have them.
  const setup = page.getByRole('region', { name: 'To set up' })
  await setup.locator('form[data-offer=project]').getByRole('textbox').fill('Open day')
  await setup.getByRole('button', { name: 'Make the project' }).click()
  await expect(setup.getByRole('link', { name: 'Open day' })).toBeVisible()
  await setup.getByRole('textbox', { name: /^AI staff/ }).first().fill('Vera')
  await setup.getByRole('button', { name: 'Take on' }).first().click()
  await expect(setup.getByRole('link', { name: 'Vera' })).toBeVisible()
  const first = page.getByRole('region', { name: /^Proposal: .*three offers/ })
  await expect(first.getByRole('button', { name: 'Project: Open day' })).toBeVisible()

  // Who may approve is an owner's to say, and whoever has the proposal open sees it.
  const [chat, theirs] = [page.url(), other.getByRole('region', { name: /^Proposal: .*three offers/ })]
  await expect(theirs.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  await page.goto(`${home(page)}/settings`)
  const policy = page.getByRole('region', { name: 'Who approves proposals' })
  await expect(policy.getByRole('radio', { name: 'Members and owners' })).toBeChecked()
  await policy.getByRole('radio', { name: 'Owners alone' }).check()
  await expect(theirs).toContainText('Owners approve proposals here.')
  await expect(theirs.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0)
  await page.goto(chat)
  await first.getByRole('button', { name: 'Approve' }).click()
  await expect(other.getByText(/Approved by Ada Owner/)).toBeVisible()
  await expect(other.getByText('is a project now, made by Ada Owner')).toBeVisible()
  await other.goto(home(other))
  await expect(card(other, 'three offers')).toHaveCount(1)
  await card(other, 'three offers').locator('[data-open]').click()
  await expect(other.getByRole('textbox', { name: 'Description' })).toContainText('three offers')
  // She was offered first for what was asked first, and has it.
  await other.getByRole('button', { name: 'Run with Vera' }).click()
  await expect(other.getByRole('region', { name: 'Run', exact: true })).toHaveAttribute('data-stage', 'succeeded', { timeout: 60_000 })
  expect(wrong).toEqual([])
})
