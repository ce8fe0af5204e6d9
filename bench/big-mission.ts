import { chromium, type Browser } from '@playwright/test'
import { addComment } from '#lib/board/comments.ts'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, CommentId, MissionId } from '#lib/board/ids.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { launchOptions } from '../tests/support/browser.ts'
import { connect } from '../tests/support/client.ts'
import { startServer, type RunningServer } from '../tests/support/server.ts'
import { createToken, createWorkspace, owner } from '../tests/support/workspace.ts'
import { built } from './built.ts'
import { median, overRounds, type Figure } from './figures.ts'
import { signIn, type SignedIn } from './page/sign-in.ts'
import { inTurns, type Part } from './part.ts'

// What it takes to open a mission that much was said about, against one with little: from the click on its card, with everything
// on this device already, and by its address on a device that has nothing.

const sizes = { small: { comments: 20, files: 5 }, big: { comments: 2_000, files: 500 } } as const
type Side = keyof typeof sizes
const sides = Object.keys(sizes) as Side[]
const opensPerRound = 5
const uploadsAtOnce = 8

type Round = { clicked: number; addressed: number }

async function fill(server: RunningServer, workspaceId: string) {
  const { token, actorId } = await createToken(server.dataDir, workspaceId as never, 'member')
  const board = connect(server.wsUrl, boardDocument(workspaceId as never), { token })
  await board.synced()
  for (const side of sides) createMission(board.document, { id: side as string as MissionId, title: `A ${side} mission` }, actorId, Date.now())
  await board.acknowledged()
  for (const side of sides) {
    const { comments, files } = sizes[side]
    const mission = connect(server.wsUrl, missionDocument(side as string as MissionId), { token })
    await mission.synced()
    // Each as somebody sends it, a third of them replies.
    for (let number = 0; number < comments; number += 1) {
      const replyTo = number % 3 === 2 ? `c${number - 2}` as CommentId : null
      addComment(mission.document, { id: `c${number}` as CommentId, by: actorId as ActorId, body: `Comment **${number}** on the matter, with a [link](https://example.org/${number}) and some words more.`, replyTo }, Date.now() - (comments - number) * 60_000)
    }
    await mission.acknowledged(120_000)
    mission.end()
    const names = Array.from({ length: files }, (_, number) => `${number}.csv`)
    await Promise.all(Array.from({ length: uploadsAtOnce }, async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        const response = await fetch(`${server.url}/api/v1/missions/${side}/files?name=${name}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: `day,height\n${name},3\n` })
        if (!response.ok) throw new Error(`${name} was not attached: ${response.status} ${await response.text()}\n${server.logs().slice(-3_000)}`)
      }
    }))
  }
  board.end()
}

/** Milliseconds until comments and files are on the page and painted, from `begin` on, as the page's own clock has it. */
const untilShown = `(async (begin) => {
  const from = performance.now()
  begin()
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const comments = document.querySelectorAll('[data-event=comment] [data-comment-id]').length
    const files = document.querySelectorAll('[data-file-id]').length
    if (comments >= 10 && files >= 5) break
    if (performance.now() - from > 60_000) throw new Error(comments + ' comments and ' + files + ' files after a minute')
  }
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return performance.now() - from
})`

async function round(browser: Browser, state: SignedIn, board: string, side: Side): Promise<Round> {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const from = performance.now()
  await page.goto(`${board}/missions/${side}`, { waitUntil: 'commit' })
  await page.evaluate(`${untilShown}(() => {})`)
  const addressed = performance.now() - from
  // What is here and in step from now on.
  await page.waitForLoadState('networkidle')
  const clicked: number[] = []
  for (let time = 0; time < opensPerRound; time += 1) {
    await page.locator('body').press('Escape')
    await page.locator('[data-event=comment]').first().waitFor({ state: 'detached' })
    clicked.push(await page.evaluate(`${untilShown}(() => document.querySelector('[data-mission-id="${side}"] [data-open]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })))`) as number)
  }
  await context.close()
  return { clicked: median(clicked), addressed }
}

export const bigMission: Part = async ({ rounds, tell }) => {
  await built()
  const server = await startServer({ env: { WORKER: 'off' } })
  const browser = await chromium.launch(launchOptions())
  try {
    const { workspaceId } = await createWorkspace(server.dataDir)
    await fill(server, workspaceId)
    const state = await signIn(browser, server.url, owner)
    const board = `${server.url}/w/${workspaceId}`
    // Once each before it counts.
    for (const side of sides) await round(browser, state, board, side)
    const done = await inTurns({ rounds, sides, measure: (side) => round(browser, state, board, side) })
    const of = (side: Side, what: keyof Round) => done.map((each) => each[side][what])
    tell(`clicked: ${of('small', 'clicked').map(Math.round)} and ${of('big', 'clicked').map(Math.round)} ms; by address: ${of('small', 'addressed').map(Math.round)} and ${of('big', 'addressed').map(Math.round)} ms`)
    const times = (what: keyof Round) => done.map((each) => each.big[what] / each.small[what])
    const { comments, files } = sizes.big
    return [
      overRounds(`a mission with ${comments} comments and ${files} files, opened by a click`, 'ms', of('big', 'clicked')),
      overRounds('… against one with 20 and 5', '×', times('clicked'), { atMost: 2 }),
      overRounds('… opened by its address, on a device that has nothing', 'ms', of('big', 'addressed')),
      overRounds('… against one with 20 and 5', '×', times('addressed'), { atMost: 2 }),
    ] satisfies Figure[]
  } finally {
    await browser.close()
    await server.end()
  }
}
