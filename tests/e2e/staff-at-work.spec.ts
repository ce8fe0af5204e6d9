import { createRequire } from 'node:module'
import type { Browser, Page } from '@playwright/test'
import { createProject, setProject } from '#lib/board/edits.ts'
import type { ProjectId } from '#lib/board/ids.ts'
import { newId } from '../../server/new-id.ts'
import { redPoint, scriptedModel, wordsOf, type ScriptedModel } from '../support/model.ts'
import type { RunningServer } from '../support/server.ts'
import { staffed } from '../support/staffed.ts'
import { alone, another, expect, faults, person, signIn, test } from '../support/test.ts'
import { addMember } from '../support/workspace.ts'

const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js')
const ben = person('Ben Sailor')
let model: ScriptedModel
/** What waits for a worker and a model takes its time on a busy machine. */
const slow = { timeout: 120_000 }

test.beforeAll(async () => { model = await scriptedModel() })
test.afterAll(() => model.stop())
test.describe.configure({ timeout: 360_000 })

/** A second person, in a browser of their own. */
async function second(browser: Browser, server: RunningServer, workspaceId: Parameters<typeof addMember>[1], but: RegExp | null = null) {
  await addMember(server.dataDir, workspaceId, 'member', ben)
  return await another(browser, server, ben, { but })
}
const entry = (page: Page, text: string) => page.getByRole('region', { name: 'Log' }).locator('[data-seq]', { hasText: text }).first()
const heading = (page: Page, text: RegExp) => page.getByRole('heading', { name: text })
const write = (name: string) => ({ name: 'write_file', args: { name, content: `# ${name}\n\nPrices rose.` } })

test('two watch a run that reads, sees, searches, writes, draws, comments and uses a tool server; one cancels the next in mid-answer; a third ends at its bound', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  const his = await second(browser, server, workspace.workspaceId)
  await signIn(page, server)
  const { useModels, employ, mission, address, call, start, runsOf } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  await call('POST', `workspaces/${workspace.workspaceId}/mcp-servers`, { name: 'everything', transport: 'stdio', command: process.execPath, args: [everything, 'stdio'] })
  const name = `at-work-${workspace.workspaceId}`
  model.script(name, [
    { say: 'I read the prices.', calls: [{ name: 'read_attachment', args: { file: 'prices.csv' } }, { name: 'search', args: { query: 'prices' } }] },
    { calls: [write('findings.md'), { name: 'make_chart', args: { name: 'prices', title: 'Prices rose', kind: 'line', labels: ['Mon', 'Tue'], series: [{ name: 'Price', values: [3, 4] }] } }] },
    { calls: [{ name: 'everything__get-sum', args: { a: 3, b: 4 } }, { name: 'comment', args: { text: 'The table has **two** days only.' } }] },
    { say: 'Prices rose from 3 to 4.' },
  ])
  const nora = await employ({ name: 'Nora', model: name, tools: ['read_attachment', 'search', 'write_file', 'make_chart', 'comment', 'everything/get-sum'] })
  const id = await mission('What do the prices say?', nora.id)
  for (const [file, data] of [['prices.csv', Buffer.from('day,price\nmon,3\ntue,4\n')], ['point.png', Buffer.from(redPoint, 'base64')]] as const) {
    expect((await page.request.post(`${server.url}/api/v1/missions/${id}/files?name=${file}`, { data })).ok()).toBe(true)
  }
  await his.page.goto(address(`missions/${id}`))
  await page.goto(address(`missions/${id}`))
  await page.getByRole('button', { name: 'Run with Nora' }).click()
  await expect(his.page.locator('[data-stage=active]')).toContainText(/Nora (will start soon|is working|is writing)/)
  await page.goto(address(`missions/${id}/runs/${(await runsOf(id))[0]!.id}`))
  await expect(heading(page, /Nora, run 1/)).toContainText('Finished', slow)
  for (const done of ['Read attachments', 'Search', 'Write files', 'Make charts', 'Comment', 'get-sum']) await expect(entry(page, done)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Artifacts' }).locator('[data-artifact]')).toHaveCount(3)
  await expect(page.getByRole('region', { name: 'Draft' }).first()).toContainText('Prices rose from 3 to 4.')
  expect(JSON.stringify(model.asked(name)[0]!.messages), 'the picture was shown to the model').toContain(`data:image/png;base64,${redPoint}`)
  expect(wordsOf(model.asked(name)[3]!), 'the tool of the server from npm was used').toContain('7')
  await expect(his.page.locator('[data-comment-id]', { hasText: 'two days only' })).toBeVisible()
  await expect(his.page.locator('[data-artifact]', { hasText: 'findings.md' }).first()).toBeVisible()

  model.script(name, [{ reply: { say: 'word '.repeat(3_000) }, msPerPiece: 20, pieceLength: 5 }])
  const next = await start(id)
  await page.goto(address(`missions/${id}/runs/${next}`))
  await expect(page.getByRole('region', { name: 'Draft' }).first()).toContainText('word word', slow)
  await his.page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(heading(page, /Nora, run 2/)).toContainText('Cancelled')
  await expect(his.page.locator('[data-stage=active]')).toHaveCount(0)

  const penny = await employ({ name: 'Penny', model: `bound-${workspace.workspaceId}`, perRun: { turns: 40, minutes: 30, tokens: 5_000, micros: null } })
  model.script(`bound-${workspace.workspaceId}`, [{ calls: [write('a.md')], usage: { input: 5_000, output: 100 } }, { say: 'More.' }])
  const bound = await mission('Count everything', penny.id)
  await start(bound)
  const words = 'It used 5,100 tokens; Penny may use 5,000 for a run.'
  await his.page.goto(address(''))
  await expect(his.page.locator('[data-mission-id]', { hasText: 'Count everything' })).toContainText('It used 5,100 tokens', slow)
  await his.page.goto(address(`missions/${bound}`))
  await expect(his.page.getByRole('region', { name: 'Run', exact: true })).toContainText(words)
  expect([...wrong, ...his.wrong, ...his.foreign]).toEqual([])
})

test('a question outlives a restart of the server; an approval for this run lets the rest of it through', alone, async ({ page, browser, server, workspace }) => {
  const away = /WebSocket|ERR_CONNECTION|Failed to load resource|fetching the script/
  const wrong = faults(page, away)
  const his = await second(browser, server, workspace.workspaceId, away)
  await signIn(page, server)
  const { useModels, employ, mission, address, call, start } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const name = `waits-${workspace.workspaceId}`
  model.script(name, [{ calls: [{ name: 'ask_human', args: { question: 'Which year?' } }] }, { calls: [write('first.md')] }, { calls: [write('second.md')] }, { say: 'Both files are there.' }])
  const otto = await employ({ name: 'Otto', model: name, autonomy: 'assist' })
  const id = await mission('Write it down', otto.id)
  const run = await start(id)
  await his.page.goto(address(`missions/${id}`))
  await page.goto(address(`missions/${id}/runs/${run}`))
  const ask = (of: Page) => of.locator('[data-ask]')
  await expect(ask(page)).toContainText('Which year?', slow)

  await server.kill()
  await server.restart()
  await ask(page).getByLabel('Your answer').fill('2025')
  await ask(page).getByRole('button', { name: 'Answer' }).click(slow)
  await expect(ask(his.page)).toContainText('May Otto use “Write files”?', slow)
  expect(wordsOf(model.asked(name)[1]!)).toContain('2025')
  await ask(his.page).getByRole('button', { name: 'Approve for longer' }).click()
  await his.page.getByRole('menuitem', { name: 'For this run' }).click()
  await expect(heading(page, /Otto, run 1/)).toContainText('Finished', slow)
  await expect(page.locator('[data-artifact]')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'What it asked' })).toContainText('Ben Sailor approved it for this run')
  expect((await call<{ asks: unknown[] }>('GET', `runs/${run}`)).asks).toHaveLength(2)
  expect([...wrong, ...his.wrong, ...his.foreign]).toEqual([])
})

test('a mission is handed on and not back; what its run changed in the brief is taken back from between what a person wrote', async ({ page, browser, server, workspace }) => {
  const wrong = faults(page)
  const his = await second(browser, server, workspace.workspaceId)
  await signIn(page, server)
  const { useModels, employ, mission, address, start, edit, runsOf } = staffed(page, server, workspace)
  await useModels(model.baseUrl)
  const [drafts, checks] = [`drafts-${workspace.workspaceId}`, `checks-${workspace.workspaceId}`]
  const project = newId<ProjectId>()
  const drafter = await employ({ name: 'Drafter', model: drafts })
  await employ({ name: 'Checker', model: checks })
  const id = await mission('Say it in the brief', drafter.id)
  await edit((board) => {
    createProject(board, project, 'Prices', 'teal')
    setProject(board, id, project)
  })
  model.script(drafts, [
    { calls: [{ name: 'edit_doc', args: { doc: project, markdown: 'Prices rose, says the Drafter.' } }, { name: 'hand_to', args: { staff: 'Checker', note: 'Please check the brief' } }] }, { say: 'The brief says it.' },
  ])
  model.script(checks, [{ calls: [{ name: 'hand_to', args: { staff: 'Drafter', note: 'Do it again' } }] }, { say: 'The brief is right.' }])
  await his.page.goto(address(`projects/${project}`))
  const brief = his.page.getByRole('textbox', { name: 'Brief' })
  await brief.click()
  await his.page.keyboard.type('Before it. ')
  const first = await start(id)
  await expect(brief).toContainText('Prices rose, says the Drafter.', slow)
  await brief.press('ControlOrMeta+End')
  await his.page.keyboard.type(' And after it.')

  await expect.poll(async () => (await runsOf(id)).map(({ state }) => state), slow).toEqual(['succeeded', 'succeeded'])
  const [handed] = await runsOf(id)
  await page.goto(address(`missions/${id}/runs/${handed!.id}`))
  await expect(heading(page, /Checker, run 2/)).toContainText('Finished')
  await entry(page, 'Hand over').getByRole('button', { expanded: false }).click()
  await expect(entry(page, 'Hand over')).toContainText('would go in a circle')
  await page.goto(address(`missions/${id}/runs/${first}`))
  await page.locator('[data-edit]').getByRole('button', { name: 'Take back' }).click()
  await expect(page.locator('[data-edit]')).toContainText('Taken back by Ada Owner')
  await expect(brief).not.toContainText('says the Drafter')
  await expect(brief).toContainText('Before it.')
  await expect(brief).toContainText('And after it.')
  expect([...wrong, ...his.wrong, ...his.foreign]).toEqual([])
})
