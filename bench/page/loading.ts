import { setTimeout as pause } from 'node:timers/promises'
import { overRounds, median, type Figure } from '../figures.ts'
import { firstCard, type SampleBoard } from './sample-board.ts'

// What a first visit of the board costs: an empty cache, nothing in IndexedDB, no service worker yet.

type Visit = { kilobytes: number; requests: number; byWorker: number; firstCardMs: number; largest: string }

/** Quiet for so long is idle; the socket stays open and is not counted as a request. */
const idleMs = 2_000

export async function loading(sample: SampleBoard, rounds: number, tell: (line: string) => void): Promise<Figure[]> {
  const visits: Visit[] = []
  for (let number = 0; number < rounds + 2; number += 1) visits.push(await visit(sample))
  const [one] = visits
  tell(`${one?.requests} requests; the largest: ${one?.largest}`)
  return [
    overRounds('board: transferred until idle, compressed', 'kB', visits.map(({ kilobytes }) => kilobytes), { atMost: 300 }),
    overRounds('board: requests until idle', 'count', visits.map(({ requests }) => requests), { atMost: 20 }),
    { name: 'board: requests of the service worker, to be ready offline', unit: 'count', measured: median(visits.map(({ byWorker }) => byWorker)) },
    overRounds('board: first card on screen, cold', 'ms', visits.map(({ firstCardMs }) => firstCardMs), { atMost: 1_000 }),
  ]
}

async function visit({ browsers, states, board }: SampleBoard): Promise<Visit> {
  const context = await browsers[0].newContext({ storageState: states[0], viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  let bytes = 0
  let lastChange = Date.now()
  let byWorker = 0
  const names = new Map<string, string>()
  const sizes: { name: string; size: number }[] = []
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith('http')) names.set(requestId, new URL(request.url).pathname)
    lastChange = Date.now()
  })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength
    sizes.push({ name: names.get(requestId) ?? '', size: encodedDataLength })
    lastChange = Date.now()
  })
  context.on('request', (request) => { if (request.serviceWorker()) byWorker += 1 })
  await page.addInitScript((selector) => {
    const look = () => {
      const card = document.querySelector(selector)
      // A frame later it has been painted.
      if (card && card.getBoundingClientRect().height > 0) requestAnimationFrame(() => Object.assign(globalThis, { firstCardAt: performance.now() }))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, firstCard)
  await page.goto(board)
  await page.waitForFunction(() => 'firstCardAt' in globalThis)
  const firstCardMs = await page.evaluate(() => (globalThis as { firstCardAt?: number }).firstCardAt ?? NaN)
  while (Date.now() - lastChange < idleMs) await pause(100)
  await context.close()
  const largest = sizes.sort((a, b) => b.size - a.size).slice(0, 6).map(({ name, size }) => `${name.split('/').pop() || name} ${(size / 1000).toFixed(1)} kB`).join(', ')
  return { kilobytes: bytes / 1000, requests: names.size, byWorker, firstCardMs, largest }
}
