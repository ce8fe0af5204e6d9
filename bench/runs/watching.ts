import { chromium, type Browser, type Page } from '@playwright/test'
import { launchOptions } from '../../tests/support/browser.ts'
import { owner } from '../../tests/support/workspace.ts'
import { built } from '../built.ts'
import { player, type Player } from '../clients/player.ts'
import type { calls as Watchers } from '../clients/run-watchers.ts'
import type { Moment } from '../clients/run-worker.ts'
import { median, overRounds, percentile, type Figure } from '../figures.ts'
import { signIn } from '../page/sign-in.ts'
import { inTurns, type Part } from '../part.ts'
import { runStage, type HeldRun, type RunStage } from './stage.ts'

// From a token that a model says, in the worker, to those who watch the run: to their documents, and, where a browser is among
// them, to its screen. A worker gathers tokens for some 25 ms, which both sides of the comparison have in common: so it is told, too,
// from the moment when the worker sent them.

const sides = { 'one watcher': 1, '20 watchers': 20 } as const
type Side = keyof typeof sides
/** Of many, so many read what comes, some who came first and some who came last, since a server sends in that order; the others only receive it: to decode it for all of them would use up the machine that is to be measured. */
const reading = { first: 2, last: 3 }
const everyMs = 20
const warmUpTokens = 100

/** Milliseconds, for each token and watcher. `screen`: of the browser. */
type Round = { said: number[]; sent: number[]; screen: number[] }

/** From each moment to the one in which it was seen. */
function until(left: readonly Moment[], seen: readonly Moment[]): number[] {
  let at = 0
  return left.map(({ at: from, length }) => {
    while (at < seen.length && seen[at]!.length < length) at += 1
    return (seen[at]?.at ?? Infinity) - from
  })
}

/** Notes in a page when the newest token of the draft was painted. Tokens are numbered, w10000 and up. */
const noteTokens = `(() => {
  const draft = document.querySelector('[role=region][aria-label=Draft]')
  globalThis.tokensSeen = []
  let last = 0
  new MutationObserver(() => {
    const newest = Math.max(...[...draft.textContent.slice(-400).matchAll(/w(\\d{5})/g)].map(([, number]) => Number(number)))
    if (!(newest > last)) return
    last = newest
    requestAnimationFrame(() => globalThis.tokensSeen.push({ at: performance.timeOrigin + performance.now(), length: newest - 10000 + 1 }))
  }).observe(draft, { childList: true, subtree: true, characterData: true })
})()`

async function watchInBrowser(browser: Browser, { url, target }: RunStage, { missionId, runId }: HeldRun): Promise<Page> {
  const context = await browser.newContext({ storageState: await signIn(browser, url, owner), viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${url}/w/${target.workspaceId}/missions/${missionId}/runs/${runId}`)
  await page.getByRole('region', { name: 'Draft' }).filter({ hasText: /\S/ }).first().waitFor()
  return page
}

async function round(side: Side, tokens: number, browser: Browser | null): Promise<Round> {
  const stage = await runStage()
  const readers = player<typeof Watchers>('./run-watchers.ts')
  const crowd = player<typeof Watchers>('./run-watchers.ts')
  try {
    const run = await stage.hold('Watched')
    const page = browser && await watchInBrowser(browser, stage, run)
    const watch = async (watchers: Player<typeof Watchers>, count: number, reads: boolean) => {
      if (count > 0) await watchers.ask('watch', { wsUrl: stage.target.wsUrl, token: stage.token, documents: stage.watched(run), count, reads })
    }
    const all = sides[side] - (page ? 1 : 0)
    const first = Math.min(reading.first, all)
    const last = Math.min(reading.last, all - first)
    await watch(readers, first, true)
    await watch(crowd, all - first - last, false)
    await watch(readers, last, true)
    const draft = async (count: number): Promise<Round> => {
      await page?.evaluate(noteTokens)
      const { said, sent, first } = await run.worker.ask('draft', { tokens: count, everyMs })
      const seen = await readers.ask('seen', { length: said.at(-1)?.length ?? 0 })
      await page?.waitForFunction((last) => (globalThis as unknown as { tokensSeen: Moment[] }).tokensSeen.at(-1)?.length === last, first + count)
      const painted = await page?.evaluate(() => (globalThis as unknown as { tokensSeen: Moment[] }).tokensSeen) ?? []
      return {
        said: seen.flatMap((each) => until(said, each)), sent: seen.flatMap((each) => until(sent, each)),
        screen: page ? until(said.map(({ at }, index) => ({ at, length: first + index + 1 })), painted) : [],
      }
    }
    await draft(warmUpTokens)
    return await draft(tokens)
  } finally {
    readers.end()
    crowd.end()
    await stage.end()
  }
}

export const runWatching: Part = async ({ rounds, long, tell }) => {
  const tokens = long ? 1_500 : 400
  if (long) await built()
  const browser = long ? await chromium.launch(launchOptions()) : null
  const names = Object.keys(sides) as Side[]
  const p95 = (samples: readonly number[]) => percentile(samples, 0.95)
  try {
    const measured = (among: Browser | null) => inTurns({
      rounds, sides: names,
      async measure(side, number) {
        const one = await round(side, tokens, among)
        const shown = (samples: readonly number[]) => `p50 ${median(samples).toFixed(1)} ms, p95 ${p95(samples).toFixed(1)} ms`
        tell(`round ${number} of ${rounds}, ${side}: ${among ? `on a screen ${shown(one.screen)}` : `${shown(one.said)}; from sending on ${shown(one.sent)}`}`)
        return one
      },
    })
    const done = await measured(null)
    const figures = (all: readonly Record<Side, Round>[], what: keyof Round, name: string, rest: Partial<Figure>) => {
      const of = (side: Side) => all.map((each) => p95(each[side][what]))
      return [
        ...names.map((side) => overRounds(`${name}, ${side}, p95`, 'ms', of(side))),
        overRounds('… of 20 against one', '×', of('20 watchers').map((value, at) => value / (of('one watcher')[at] ?? NaN)), rest),
      ]
    }
    return [
      ...figures(done, 'said', 'a token in the document of each watcher', { atMost: 1.3, note: `a token every ${everyMs} ms` }),
      ...figures(done, 'sent', '… from the worker’s sending on', {}),
      ...browser ? figures(await measured(browser), 'screen', 'a token on the screen of a browser', { atMost: 1.3 }) : [],
    ] satisfies Figure[]
  } finally {
    await browser?.close()
  }
}
