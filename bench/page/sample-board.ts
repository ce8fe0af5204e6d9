import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { readFacts } from '#lib/board/board-document.ts'
import type { MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { isActive } from '#lib/board/mission.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { launchOptions } from '../../tests/support/browser.ts'
import { connect, type Client } from '../../tests/support/client.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { addMember, createToken } from '../../tests/support/workspace.ts'
import { npmStart } from '../npm-start.ts'
import { signIn, type SignedIn } from './sign-in.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const person = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com`, password: 'a long enough password' })

/** The sample workspace on a server started by `npm start`, with two people signed in, each in a browser of their own. */
export type SampleBoard = {
  /** Of npm; the server is below it. */
  pid: number
  url: string
  board: string
  dataDir: string
  workspaceId: WorkspaceId
  browsers: [Browser, Browser]
  /** The cookies of the owner and of a member. */
  states: [SignedIn, SignedIn]
  /** A client that sets the stage, so that what is measured is done by hand alone. */
  stage: Client & { actorId: string }
  /** A new page on the board, of the first or the second person, with nothing cached; resolves when the board is live. */
  open: (who: 0 | 1) => Promise<Page>
  end: () => Promise<void>
}

export const firstCard = '[data-mission-id]'

export async function sampleBoard(): Promise<SampleBoard> {
  const dataDir = temporaryFolder('page')
  const server = await npmStart(root, { DATA_DIR: dataDir })
  await server.answers('/healthz')
  const browsers: [Browser, Browser] = [await chromium.launch(launchOptions()), await chromium.launch(launchOptions())]

  const { page: first, board } = await signUp(browsers[0], server.url)
  const workspaceId = board.split('/w/')[1] as WorkspaceId
  const ada = await first.context().storageState()
  await first.context().close()
  await addMember(dataDir, workspaceId, 'member', person('Ben'))
  const ben = await signIn(browsers[1], server.url, person('Ben'))

  const { token, actorId } = await createToken(dataDir, workspaceId, 'member', 'stage')
  const stage = connect(`${server.url.replace('http', 'ws')}/sync`, boardDocument(workspaceId), { token })
  await stage.synced()
  await atRest(stage)

  const states: [SignedIn, SignedIn] = [ada, ben]
  return {
    pid: server.pid, url: server.url, board, dataDir, workspaceId, browsers, states,
    stage: Object.assign(stage, { actorId }),
    open: async (who) => {
      const context = await browsers[who].newContext({ storageState: states[who], viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      const socket = page.waitForEvent('websocket')
      await page.goto(board)
      await page.locator(firstCard).first().waitFor()
      await socket
      await page.waitForLoadState('networkidle')
      return page
    },
    end: async () => {
      stage.end()
      await Promise.all(browsers.map((browser) => browser.close()))
      await server.stop()
      removeFolder(dataDir)
    },
  }
}

async function signUp(browser: Browser, url: string) {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${url}/welcome`)
  const { name, email, password } = person('Ada')
  await page.locator('[name=name]').fill('Harbour')
  await page.locator('[name=ownerName]').fill(name)
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/w\/[^/]+$/, { timeout: 60_000 })
  await page.locator(firstCard).first().waitFor({ timeout: 60_000 })
  return { page, board: page.url() }
}

/** The sample has one run behind it and starts another as its owner arrives; what is measured should not share the machine with it. */
const atRest = (stage: Client) => stage.until('at rest', () => {
  const runs = [...stage.document.getMap('missions').keys()].flatMap((id) => readFacts(stage.document, id as MissionId).run ?? [])
  return runs.length >= 2 && !runs.some(({ state }) => isActive(state))
}, 120_000)
