import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { createToken } from '../tests/support/workspace.ts'
import type { calls } from './clients/typists.ts'
import { player } from './clients/player.ts'
import { overRounds, percentile } from './figures.ts'
import { sampleBoard } from './page/sample-board.ts'
import { inTurns, type Part } from './part.ts'

// From a key pressed in a description to the frame that shows it: alone, and with nineteen others who write in the same one.

const others = 19
const keysPerSecond = 5
const keys = 120

/** Notes, for each key, how long it took until the frame with it was painted: ms. */
const notePaints = (page: Page) => page.evaluate(() => {
  const paints: number[] = []
  Object.assign(globalThis, { paints })
  const channel = new MessageChannel()
  const waiting: number[] = []
  // A message posted in a frame is handled when that frame has been painted.
  channel.port1.onmessage = () => {
    const now = performance.now()
    for (const at of waiting.splice(0)) paints.push(now - at)
  }
  let last = 0
  addEventListener('keydown', (event) => (last = event.timeStamp), true)
  addEventListener('input', () => {
    const at = last
    requestAnimationFrame(() => {
      waiting.push(at)
      channel.port2.postMessage(null)
    })
  }, true)
})

async function typeAway(page: Page): Promise<number[]> {
  await page.evaluate(() => void ((globalThis as unknown as { paints: number[] }).paints.length = 0))
  const text = 'the quick brown fox jumps over the lazy dog and writes '
  for (let at = 0; at < keys; at += 1) {
    await page.keyboard.press(text[at % text.length] === ' ' ? 'Space' : text[at % text.length]!)
    await pause(90 + (at * 37) % 40)
  }
  await pause(300)
  return page.evaluate(() => (globalThis as unknown as { paints: number[] }).paints)
}

export const typing: Part = async ({ rounds, tell }) => {
  const sample = await sampleBoard()
  const crowd = player<typeof calls>('./typists.ts')
  try {
    const id = 'written-by-many' as MissionId
    createMission(sample.stage.document, { id, title: 'Written by many' }, sample.stage.actorId as ActorId, Date.now())
    await sample.stage.acknowledged()
    const page = await sample.open(0)
    await page.goto(`${sample.board}/missions/${id}`)
    const text = page.getByRole('textbox', { name: 'Description' })
    await text.click()
    await page.keyboard.type('Mine: ')
    await notePaints(page)
    const { token } = await createToken(sample.dataDir, sample.workspaceId, 'member', 'typists')
    await crowd.ask('join', { wsUrl: `${sample.url.replace('http', 'ws')}/sync`, name: missionDocument(id), token, count: others })
    await text.getByText(`Typist ${others - 1}:`).waitFor()
    await typeAway(page)
    const done = await inTurns({
      rounds, sides: ['alone', 'together'],
      measure: async (side, number) => {
        if (side === 'together') await crowd.ask('begin', { perSecond: keysPerSecond, seed: number })
        const paints = await typeAway(page)
        if (side === 'together') await crowd.ask('stop', null)
        tell(`${side}, round ${number}: ${paints.length} keys, p50 ${percentile(paints, 0.5).toFixed(1)} ms, p95 ${percentile(paints, 0.95).toFixed(1)} ms, longest ${Math.max(...paints).toFixed(0)} ms`)
        return percentile(paints, 0.95)
      },
    })
    return [
      overRounds('typing alone: key to paint, p95', 'ms', done.map(({ alone }) => alone)),
      overRounds(`typing with ${others} others: key to paint, p95`, 'ms', done.map(({ together }) => together)),
      overRounds('typing: with twenty against alone, p95', '×', done.map(({ alone, together }) => together / alone), { atMost: 1.5, note: `${keysPerSecond} keys a second each` }),
    ]
  } finally {
    crowd.end()
    await sample.end()
  }
}
