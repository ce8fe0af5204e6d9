import { randomBytes } from 'node:crypto'
import { overRounds, type Figure } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, withMission } from './peers/target.ts'
import { peakDuring } from './process-cost.ts'
import { stallsDuring, tellsOfStalls, type Stalls } from './stalls.ts'

// What a file of 100 MB costs the server while it arrives: in parts, as the page sends it, and in one request, as a script does.

const size = 100 * 1024 * 1024
const partSize = 8 * 1024 * 1024
const sides = ['in parts', 'in one request'] as const

type Door = { url: string; token: string; mission: string }

async function ask(door: Door, method: string, path: string, headers: Record<string, string>, body?: Uint8Array | ReadableStream<Uint8Array>) {
  const response = await fetch(`${door.url}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${door.token}`, 'tus-resumable': '1.0.0', ...headers }, ...body ? { body, duplex: 'half' } : {},
  } as RequestInit)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`)
  return response.headers
}

async function inParts(door: Door, name: string, bytes: number, block: Uint8Array) {
  const metadata = Object.entries({ mission: door.mission, filename: name }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
  const address = (await ask(door, 'POST', '/uploads', { 'upload-length': String(bytes), 'upload-metadata': metadata })).get('location')!.replace('/api/v1', '')
  for (let offset = 0; offset < bytes; offset += partSize) {
    const part = block.subarray(0, Math.min(partSize, bytes - offset))
    await ask(door, 'PATCH', address, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, part)
  }
}

function inOne(door: Door, name: string, bytes: number, block: Uint8Array) {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= bytes) return controller.close()
      const piece = block.slice(0, Math.min(1024 * 1024, bytes - sent))
      sent += piece.byteLength
      controller.enqueue(piece)
    },
  })
  return ask(door, 'POST', `/missions/${door.mission}/files?name=${name}`, { 'content-length': String(bytes) }, body)
}

export const upload: Part = async ({ rounds, tell }) => {
  const block = randomBytes(partSize)
  const done = await inTurns({
    rounds, sides,
    async measure(side, number) {
      const target = await ours({ WORKER: 'off', NODE_OPTIONS: tellsOfStalls })
      try {
        const [, mission = ''] = (await withMission(target)).split('/')
        const door: Door = { url: target.wsUrl.replace(/^ws(.*)\/sync$/, 'http$1'), token: target.token, mission }
        const send = side === 'in parts' ? inParts : inOne
        // Whatever is loaded and compiled with the first one is no cost of this one.
        await send(door, 'first.bin', 256 * 1024, block)
        let stalls: Stalls | undefined
        const from = performance.now()
        const { before, peak } = await peakDuring(target.pid, async () => {
          stalls = await stallsDuring(target.pid, async () => void await send(door, 'large.bin', size, block))
        })
        const seconds = (performance.now() - from) / 1000
        tell(`round ${number} of ${rounds}, ${side}: ${before.toFixed(0)} MB, at most ${peak.toFixed(0)} MB, ${seconds.toFixed(1)} s, longest stall ${stalls!.longest.toFixed(0)} ms of which ${stalls!.processor.toFixed(0)} ms were work`)
        return { cost: peak - before, seconds, stall: stalls!.longest, processor: stalls!.processor }
      } finally {
        await target.end()
      }
    },
  })
  return sides.flatMap((side): Figure[] => [
    overRounds(`memory for a file of 100 MB, ${side}`, 'MB', done.map((all) => all[side].cost), { atMost: 32 }),
    overRounds(`longest stall while it arrives, ${side}`, 'ms', done.map((all) => all[side].stall), { atMost: 50 }),
    overRounds(`of it, its own work, ${side}`, 'ms', done.map((all) => all[side].processor)),
    overRounds(`time, ${side}`, 's', done.map((all) => all[side].seconds)),
  ])
}
