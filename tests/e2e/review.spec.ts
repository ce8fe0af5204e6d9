import type { Browser, Page } from '@playwright/test'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { connect } from '../support/client.ts'
import type { RunningServer } from '../support/server.ts'
import { newId } from '../../server/new-id.ts'
import { expect, faults, foreignRequests, owner, person, signIn, test } from '../support/test.ts'
import { scriptedWorker } from '../support/worker.ts'
import { addMember, createToken } from '../support/workspace.ts'

const ben = person('Ben Sailor')
/** The mission of the test that runs. */
let id: MissionId

const stage = (page: Page) => page.getByRole('region', { name: 'Run', exact: true })
const reviews = (page: Page) => page.locator('[data-event=review]')

/** A mission of Ada's, given to an agent of her own that makes what a test says. */
async function begin(page: Page, browser: Browser, server: RunningServer, { workspaceId, ownerId }: { workspaceId: WorkspaceId; ownerId: ActorId }) {
  id = newId<MissionId>()
  await addMember(server.dataDir, workspaceId, 'member', ben)
  const { token, actorId } = await createToken(server.dataDir, workspaceId, 'staff', 'Scout')
  await signIn(page, server)
  const cookies = await page.context().cookies()
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }

  const board = connect(server.wsUrl, boardDocument(workspaceId), { headers })
  await board.synced()
  createMission(board.document, { id, title: 'What sells in spring?', assigneeId: actorId }, ownerId, Date.now())
  await board.acknowledged()
  const mission = connect(server.wsUrl, missionDocument(id), { headers })
  await mission.synced()
  const describe = async (text: string) => {
    writeMarkdown(descriptionOf(mission.document), text)
    await mission.acknowledged()
  }
  await describe('What sold best between March and May?')
  board.end()

  const worker = scriptedWorker(server.url, token, 'scout')
  /** What the run does once somebody has started it. */
  const work = async (summary: string, read: string, files: Record<string, string>) => {
    const holder = worker.holding((await worker.claim(10))!)
    await holder.manifest([{ kind: 'mission', name: 'What sells in spring?', version: '1', size: 1, cut: false, text: read }])
    for (const [name, content] of Object.entries(files)) expect(await holder.artifact(name, content)).toBe(201)
    expect(await holder.succeed(summary)).toBe(200)
  }
  const start = () => page.request.post(`${server.url}/api/v1/missions/${id}/runs`, { data: {} })

  const context = await browser.newContext()
  const foreign = foreignRequests(context, server)
  const other = await context.newPage()
  await signIn(other, server, ben)
  const url = `${server.url}/w/${workspaceId}/missions/${id}`
  return { url, other, foreign, describe, work, start, end: () => mission.end() }
}

test('a reviewer has it all on one screen: what was made, what is different, what was asked; and says what is missing', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  const { url, other, foreign, describe, work, start, end } = await begin(page, browser, server, workspace)
  const theirs = faults(other)
  expect((await start()).status()).toBe(201)
  await work('Rope sold best.', 'What sold best between March and May?', { 'digest.md': '# Digest\n\nRope sold best.\n', 'weeks.csv': 'week,sold\n1,20\n', 'draft.txt': 'first' })

  await Promise.all([page.goto(url), other.goto(url)])
  await expect(stage(page)).toContainText('Rope sold best.')
  await expect(stage(page).getByRole('button', { name: 'Waits for you. Ask somebody else' })).toBeVisible()
  await expect(stage(other).getByRole('button', { name: `Waits for ${owner.name}. Ask somebody else` })).toBeVisible()
  await stage(other).getByRole('button', { name: /^Waits for/ }).click()
  await other.getByRole('menuitemradio', { name: /Ben Sailor/ }).click()
  await expect(stage(page).getByRole('button', { name: 'Waits for Ben Sailor. Ask somebody else' })).toBeVisible()

  // What was begun outlives a reload.
  await stage(page).getByRole('button', { name: 'Request changes' }).click()
  await page.getByLabel('What should be different?').fill('- Say **why**\n- Leave out the draft')
  await page.reload()
  await expect(page.getByLabel('What should be different?')).toHaveValue('- Say **why**\n- Leave out the draft')
  await page.getByLabel('What should be different?').press('ControlOrMeta+End')
  await page.keyboard.type(', and ask @ben')
  await page.getByRole('option', { name: /Ben Sailor/ }).click()
  await page.locator('.prose-missions', { hasText: 'between March and May' }).evaluate((text) => {
    const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode()!
    document.getSelection()!.setBaseAndExtent(node, 15, node, 36)
  })
  await page.getByRole('button', { name: 'Quote in the review' }).click()
  await expect(stage(page).locator('blockquote')).toHaveText('between March and May')
  await page.getByLabel('Run again now').check()
  await stage(page).getByRole('button', { name: 'Request changes' }).click()
  await expect(reviews(other)).toContainText('asked for changes to run 1')
  await expect(reviews(other).locator('.mention')).toHaveText('@Ben Sailor')
  await expect(reviews(other).locator('blockquote')).toHaveText('between March and May')
  await expect(reviews(other)).toContainText('Judged')
  await expect(reviews(other)).toContainText('digest.md')

  await work('Rope sold best, for the regatta.', 'What sold best between March and May?', { 'digest.md': '# Digest\n\nRope sold best, for the regatta.\n', 'weeks.csv': 'week,sold\n1,20\n', 'order.md': '# Order' })
  await describe('What sold best between March and June?')
  const artifact = (name: string) => stage(other).locator('[data-change]', { hasText: name })
  await expect(artifact('digest.md')).toContainText('Changed')
  await expect(artifact('weeks.csv')).toContainText('Same as before')
  await expect(artifact('order.md')).toContainText('New')
  await expect(artifact('draft.txt')).toContainText('Not made again')
  await expect(stage(other)).toContainText('The description was changed after this run had read it.')
  await artifact('digest.md').getByRole('button', { name: /^Compare digest.md/ }).click()
  await expect(other.getByRole('dialog', { name: 'digest.md' }).locator('ins').first()).toContainText('regatta')
  await other.keyboard.press('Escape')

  const asked = stage(other).getByRole('complementary', { name: /What Ada Owner asked for/ })
  await asked.getByRole('checkbox', { name: 'Say why' }).check()
  await other.reload()
  await expect(asked.getByRole('checkbox', { name: 'Say why' })).toBeChecked()
  await expect(asked.getByRole('checkbox', { name: 'Leave out the draft' })).not.toBeChecked()
  end()
  expect([...wrong, ...theirs, ...foreign]).toEqual([])
})

test('[REVIEW1] whoever moves the mission to Done has approved it, and takes that back by undoing the move', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  const { url, other, foreign, work, start, end } = await begin(page, browser, server, workspace)
  expect((await start()).status()).toBe(201)
  await work('Rope sold best.', '', { 'digest.md': '# Digest' })
  await page.goto(url)
  await other.goto(url)
  await other.getByRole('button', { name: 'Status: Review' }).click()
  await other.getByRole('menuitemradio', { name: 'Done' }).click()
  await expect(stage(page)).toContainText('Ben Sailor approved this by moving it to Done')
  await expect(reviews(page)).toContainText('Ben Sailor approved run 1 by moving it to Done')

  await other.getByRole('link', { name: 'Close' }).click()
  await other.locator('body').press('Control+z')
  await expect(reviews(page)).toContainText('Withdrawn')
  await expect(stage(page).getByRole('button', { name: 'Approve' })).toBeVisible()

  await stage(page).getByRole('button', { name: 'Approve' }).click()
  await expect(stage(page)).toContainText('Ada Owner approved this')
  await expect(reviews(page)).toHaveCount(2)
  end()
  expect([...wrong, ...foreign]).toEqual([])
})
