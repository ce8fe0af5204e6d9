import type { Locator, Page } from '@playwright/test'
import { createDoc } from '#lib/board/doc-edits.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { newId } from '../../server/new-id.ts'
import { aMission, ask, expect, field, proposal, proposes, test } from '../support/both-engines.ts'
import { wordsOf, type ScriptedModel } from '../support/model.ts'
import { staffed } from '../support/staffed.ts'
import { another, faults, person, signIn, withoutNetwork } from '../support/test.ts'
import { addMember, createToken } from '../support/workspace.ts'
import { scriptedWorker } from '../support/worker.ts'

const ben = person('Ben Sailor')

const about = (page: Page) => page.getByRole('list', { name: 'What it is about' })
const card = (page: Page, title: string) => page.locator('[data-column=backlog] [data-mission-id]', { hasText: title })

async function more(item: Locator, page: Page, what: string | RegExp) {
  await item.hover()
  await item.getByRole('button', { name: /more/i }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

for (const withModel of [false, true]) {
  test.describe(withModel ? 'with a model' : 'without a model', () => {
    test.use({ withModel })
    let project: ProjectId, doc: DocId, rope: MissionId
    let other: Page, wrong: string[], theirs: string[]
    let here: ReturnType<typeof staffed>

    test.beforeEach(async ({ page, browser, server, workspace }) => {
      await addMember(server.dataDir, workspace.workspaceId, 'member', ben)
      wrong = faults(page, withoutNetwork)
      await signIn(page, server)
      here = staffed(page, server, workspace)
      ;[project, doc, rope] = [newId<ProjectId>(), newId<DocId>(), newId<MissionId>()]
      await here.edit((board) => {
        createProject(board, project, 'Summer fair', 'green')
        createDoc(board, { id: doc, title: 'Plan', projectId: project }, workspace.ownerId, 1)
        createMission(board, { id: rope, title: 'Choose the rope' }, workspace.ownerId, 1)
      })
      ;({ page: other, wrong: theirs } = await another(browser, server, ben, { but: withoutNetwork }))
      await expect(other.locator('[data-live]')).toBeAttached()
    })
    test.afterEach(() => {
      expect([wrong, theirs]).toEqual([[], []])
    })

    /** Ben sees what is proposed at the board's edge, counted, approves it there, and has it on the board. */
    async function approvedAtTheEdge(...titles: string[]) {
      const panel = other.getByRole('region', { name: /^Proposals/ })
      if (!await panel.isVisible()) await other.getByRole('button', { name: titles.length === 1 ? 'One proposal' : `${titles.length} proposals` }).click()
      await expect(panel.getByRole('heading', { name: `Proposals ${titles.length}`, exact: true })).toBeVisible()
      for (const title of titles) {
        await proposal(other, title).getByRole('button', { name: 'Approve' }).click()
        await expect(card(other, title)).toHaveCount(1)
      }
    }
    /** What is in the field is sent, becomes proposals before the eyes of whoever asked, and missions by somebody else's approval. */
    async function becomesMissions(page: Page, model: ScriptedModel, reads: string, ...titles: string[]) {
      model.script('chief', [proposes(...titles.map((title) => aMission(title)))])
      await ask(page)
      for (const title of titles) await expect(proposal(page, title)).toBeVisible()
      if (withModel) expect(wordsOf(model.asked('chief').at(-1)!)).toContain(reads)
      await approvedAtTheEdge(...titles)
      await expect(proposal(page, titles[0]!)).toContainText('Approved by Ben Sailor')
    }

    test('a project, selected words of a doc and of a comment, a comment, and the palette lead to proposals that somebody else approves on the board', async ({ page, model }) => {
      await test.step('a project', async () => {
        await page.goto(here.address(`projects/${project}`))
        await page.getByRole('link', { name: 'Ask the COO' }).click()
        await field(page).fill('Book a band')
        await becomesMissions(page, model, 'Book a band', 'Book a band')
        if (!withModel) await expect(card(other, 'Book a band')).toContainText('Summer fair')
      })
      await test.step('selected words of a doc', async () => {
        await page.goto(here.address(`projects/${project}/docs/${doc}`))
        const text = page.getByRole('textbox', { name: 'Text' })
        await expect(text).toHaveAttribute('contenteditable', 'true')
        await text.click()
        await expect(text).toBeFocused()
        await page.keyboard.type('Rent ten tents')
        await text.press('Control+a')
        await page.getByRole('button', { name: 'Ask the COO' }).click()
        await expect(about(page)).toContainText('Rent ten tents')
        await becomesMissions(page, model, '> Rent ten tents', 'Rent ten tents')
      })
      await test.step('selected words of a comment', async () => {
        await page.goto(here.address(`missions/${rope}`))
        await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('It was dear. **Test hemp in salt water**')
        await page.keyboard.press('Control+Enter')
        await page.getByRole('article', { name: 'Comment by Ada Owner' }).getByText('Test hemp in salt water').selectText()
        await page.getByRole('button', { name: 'Ask the COO' }).click()
        await expect(about(page)).toContainText('Test hemp in salt water')
        await expect(about(page)).not.toContainText('dear')
        await becomesMissions(page, model, '> Test hemp in salt water', 'Test hemp in salt water')
      })
      await test.step('a comment on a mission', async () => {
        await page.goto(here.address(`missions/${rope}`))
        await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Somebody should paint the winch')
        await page.keyboard.press('Control+Enter')
        await more(page.locator('[data-comment-id]', { hasText: 'paint the winch' }), page, 'Its own mission')
        await expect(field(page)).toHaveValue('This should be a mission of its own.')
        await becomesMissions(page, model, '> Somebody should paint the winch', 'aint the winch')
      })
      await test.step('the palette', async () => {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox').fill('Order new flags')
        await page.getByRole('option', { name: 'Ask the COO: “Order new flags”' }).click()
        await expect(field(page)).toHaveValue('Order new flags')
        await becomesMissions(page, model, 'Order new flags', 'Order new flags')
      })
    })

    test('a list and a table that are pasted, a file, AI staff and a script lead to proposals that somebody else approves on the board', async ({ page, context, server, workspace, model }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
      const pasted = async (words: string) => {
        await page.goto(here.address('chat'))
        await field(page).click()
        await page.evaluate((text) => navigator.clipboard.writeText(text), words)
        await page.keyboard.press('Control+v')
        await expect(field(page)).toHaveValue(words)
      }
      await test.step('a list', async () => {
        await pasted('- Wash the sails\n- Grease the winch')
        await becomesMissions(page, model, '- Grease the winch', 'Wash the sails', 'Grease the winch')
      })
      await test.step('a table', async () => {
        await pasted('Task\tOwner\nCount the buoys\tBen\nSew a flag\t')
        await becomesMissions(page, model, 'Count the buoys\tBen', 'Count the buoys', 'Sew a flag')
        if (!withModel) await expect(card(other, 'Count the buoys').getByLabel('Assigned to Ben Sailor')).toBeVisible()
      })
      await test.step('a file', async () => {
        await page.goto(here.address(`missions/${rope}`))
        await page.getByTestId('file-picker').setInputFiles({ name: 'meeting.md', mimeType: 'text/markdown', buffer: Buffer.from('# Meeting\n\n## Actions\n\n- Mend the jetty\n- Call the diver\n') })
        await more(page.locator('[data-file-id]', { hasText: 'meeting.md' }), page, 'Ask the COO about it')
        await expect(about(page)).toContainText('meeting.md')
        await becomesMissions(page, model, '- Mend the jetty', 'Mend the jetty', 'Call the diver')
      })
      await test.step('AI staff', async () => {
        const { token, actorId } = await createToken(server.dataDir, workspace.workspaceId, 'staff', 'Scout')
        await here.start(await here.mission('Look around', actorId))
        const worker = scriptedWorker(server.url, token)
        const claim = await worker.claim(10)
        expect((await worker.holding(claim!).tool('propose_mission', { title: 'Move the crane', description: 'It stands in the way.' })).body).toMatchObject({ ok: true })
        await approvedAtTheEdge('Move the crane')
      })
      await test.step('a script', async () => {
        const { token } = await createToken(server.dataDir, workspace.workspaceId, 'member')
        model.script('chief', [proposes(aMission('Sound the depth of the harbour'))])
        const asked = await page.request.post(`${server.url}/api/v1/workspaces/${workspace.workspaceId}/requests`, { headers: { authorization: `Bearer ${token}` }, data: { text: 'Sound the depth of the harbour' } })
        expect(asked.status()).toBe(202)
        await approvedAtTheEdge('Sound the depth of the harbour')
      })
    })
  })
}
