import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser } from '@playwright/test'
import * as Y from 'yjs'
import { readEntries } from '#lib/board/run-document.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import { launchOptions } from '../../tests/support/browser.ts'
import { openRaw, steps } from '../../tests/support/raw-socket.ts'
import { owner } from '../../tests/support/workspace.ts'
import { built } from '../built.ts'
import { median, overRounds, type Figure } from '../figures.ts'
import { signIn, type SignedIn } from '../page/sign-in.ts'
import { inTurns, type Part } from '../part.ts'
import { runStage, type HeldRun, type RunStage } from './stage.ts'

// What it takes to open a run of very many entries, against one of few: its live document and what the page asks of the API beside it,
// and all of it in a browser.

const sizes = { short: 500, long: 100_000 } as const
type Side = keyof typeof sizes
const sides = Object.keys(sizes) as Side[]
const opensPerRound = 20

/** `paged`: a page of older entries, as whoever scrolls back asks for it. */
type Opening = { ms: number; bytes: number; paged: number }
type Seen = { ms: number; bytes: number }

/** The document, over a socket of its own, and what is known beside it. */
async function open({ target, url, token }: RunStage, { runId }: HeldRun): Promise<Opening> {
  const name = runDocument(runId)
  let bytes = 0
  const from = performance.now()
  const raw = await openRaw(target.wsUrl)
  raw.socket.on('message', (data: Buffer) => { bytes += data.byteLength })
  const answer = await raw.join(name, token)
  if (answer !== 'authenticated') throw new Error(`The run was not opened: ${answer}`)
  raw.askForState(name)
  const state = await raw.next('the run', ({ document, step }) => document === name && step === steps.stateAnswer, 30_000)
  const document = new Y.Doc()
  Y.applyUpdate(document, state!.update!)
  const newest = readEntries(document).at(-1)
  const details = await fetch(`${url}/api/v1/runs/${runId}`, { headers: { authorization: `Bearer ${token}` } })
  bytes += (await details.arrayBuffer()).byteLength
  const ms = performance.now() - from
  raw.end()
  if (!newest || newest.seq < 499) throw new Error(`The run was opened at ${newest?.seq}`)
  const before = performance.now()
  const page = await fetch(`${url}/api/v1/runs/${runId}/entries?limit=300&before=${newest.seq}`, { headers: { authorization: `Bearer ${token}` } })
  await page.arrayBuffer()
  return { ms, bytes, paged: performance.now() - before }
}

const newestShown = `(async () => {
  for (const until = performance.now() + 60000; performance.now() < until;) {
    if (document.querySelector('[data-seq]')) return performance.timeOrigin + performance.now()
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  throw new Error('No entry was shown within a minute')
})()`

/** By its address, on a device that has nothing: everything that is not the program, and the time until entries are on the screen. */
async function openInBrowser(browser: Browser, state: SignedIn, { url, target }: RunStage, { missionId, runId }: HeldRun): Promise<Seen> {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  let bytes = 0
  const api = new Set<string>()
  network.on('Network.requestWillBeSent', ({ requestId, request }) => { if (new URL(request.url).pathname.startsWith('/api/')) api.add(requestId) })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (api.has(requestId)) bytes += encodedDataLength })
  // Binary frames are told in base64.
  network.on('Network.webSocketFrameReceived', ({ response }) => { bytes += response.opcode === 2 ? (response.payloadData.length * 3) / 4 : response.payloadData.length })
  const from = performance.timeOrigin + performance.now()
  await page.goto(`${url}/w/${target.workspaceId}/missions/${missionId}/runs/${runId}`, { waitUntil: 'commit' })
  const ms = await page.evaluate(newestShown) as number - from
  await page.waitForLoadState('networkidle')
  await context.close()
  return { ms, bytes }
}

export const runOpening: Part = async ({ rounds, tell }) => {
  await built()
  const stage = await runStage()
  const browser = await chromium.launch(launchOptions())
  try {
    const runs = {} as Record<Side, HeldRun>
    for (const side of sides) {
      runs[side] = await stage.hold(`A ${side} run`)
      await runs[side].worker.ask('log', { from: 0, entries: sizes[side] })
      await runs[side].worker.ask('finish', null)
      runs[side].worker.end()
    }
    // Both rest on the disk, and nobody has them open.
    await pause(3_000)
    await stage.target.restart()
    const state = await signIn(browser, stage.url, owner)
    for (const side of sides) {
      await open(stage, runs[side])
      await openInBrowser(browser, state, stage, runs[side])
    }
    const done = await inTurns({
      rounds, sides,
      async measure(side) {
        const opened: Opening[] = []
        for (let time = 0; time < opensPerRound; time += 1) opened.push(await open(stage, runs[side]))
        const of = (what: keyof Opening) => median(opened.map((one) => one[what]))
        const seen = await openInBrowser(browser, state, stage, runs[side])
        const one = { ms: of('ms'), bytes: of('bytes'), paged: of('paged'), seen: seen.ms, received: seen.bytes }
        tell(`${side}: ${one.ms.toFixed(1)} ms, ${(one.bytes / 1000).toFixed(1)} kB, a page before ${one.paged.toFixed(1)} ms; in a browser ${one.seen.toFixed(0)} ms, ${(one.received / 1000).toFixed(1)} kB`)
        return one
      },
    })
    type What = keyof (typeof done)[number][Side]
    const of = (side: Side, what: What) => done.map((each) => each[side][what])
    const times = (what: What) => done.map((each) => each.long[what] / each.short[what])
    return [
      overRounds('a run of 100,000 entries, opened: its document and what is known of it', 'kB', of('long', 'bytes').map((bytes) => bytes / 1000), { atMost: 100 }),
      overRounds('… the time', 'ms', of('long', 'ms')),
      overRounds('… against a run of 500', '×', times('ms'), { atMost: 1.5 }),
      overRounds('… a page of 300 older entries', 'ms', of('long', 'paged')),
      overRounds('… in a browser that has nothing but the program: all that came beside it', 'kB', of('long', 'received').map((bytes) => bytes / 1000)),
      overRounds('… … until its entries are on the screen', 'ms', of('long', 'seen')),
      overRounds('… … against a run of 500', '×', times('seen'), { atMost: 1.5 }),
    ] satisfies Figure[]
  } finally {
    await browser.close()
    await stage.end()
  }
}
