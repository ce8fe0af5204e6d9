import { harmless, hostileFiles } from '../tests/support/hostile-files.ts'
import { overRounds } from './figures.ts'
import type { Part } from './part.ts'
import { ours, withMission } from './peers/target.ts'
import { processTree, resident } from './process-cost.ts'
import { stallsDuring, tellsOfStalls, type Stalls } from './stalls.ts'

// Files that are made to harm: bombs, nesting, broken quoting. What they cost the server, what they cost the process that reads them,
// and whether the server still reads an honest one after.

type Text = { status: string; reason: string }

async function round() {
  const files = await hostileFiles()
  const target = await ours({ WORKER: 'off', NODE_OPTIONS: tellsOfStalls })
  const url = target.wsUrl.replace(/^ws(.*)\/sync$/, 'http$1/api/v1')
  const headers = { authorization: `Bearer ${target.token}` }
  try {
    const [, mission = ''] = (await withMission(target)).split('/')
    const attach = async (name: string, bytes: Uint8Array) => {
      const response = await fetch(`${url}/missions/${mission}/files?name=${encodeURIComponent(name)}`, { method: 'POST', body: bytes as Uint8Array<ArrayBuffer>, headers })
      return (await response.json() as { id: string }).id
    }
    const settled = async (id: string): Promise<Text> => {
      for (;;) {
        const text = await (await fetch(`${url}/files/${id}/text?wait=30`, { headers })).json() as Text
        if (text.status !== 'pending') return text
      }
    }
    await settled(await attach(harmless.name, harmless.bytes))
    const before = resident(target.pid)
    let [most, reader] = [before, 0]
    const watching = setInterval(() => {
      most = Math.max(most, resident(target.pid) || 0)
      for (const pid of processTree(target.pid).slice(1)) reader = Math.max(reader, resident(pid) || 0)
    }, 100)
    let unexplained = 0
    let stalls: Stalls | undefined
    try {
      stalls = await stallsDuring(target.pid, async () => {
        for (const { name, bytes } of files) {
          const { status, reason } = await settled(await attach(name, bytes))
          if (status === 'failed' && !/^This file .+\.$/.test(reason)) unexplained += 1
        }
      })
    } finally {
      clearInterval(watching)
    }
    const fine = await settled(await attach(`again ${harmless.name}`, Buffer.concat([harmless.bytes])))
    return { files: files.length, cost: most - before, reader, stall: stalls.longest, processor: stalls.processor, unexplained, after: fine.status === 'ready' ? 0 : 1 }
  } finally {
    await target.end()
  }
}

export const hostileFilesPart: Part = async ({ rounds, tell }) => {
  const done: Awaited<ReturnType<typeof round>>[] = []
  for (let number = 1; number <= rounds; number += 1) {
    const one = await round()
    tell(`round ${number} of ${rounds}: ${one.files} files, the server ${one.cost.toFixed(0)} MB more, its reader at most ${one.reader.toFixed(0)} MB, longest stall ${one.stall.toFixed(0)} ms of which ${one.processor.toFixed(0)} ms were work`)
    done.push(one)
  }
  return [
    overRounds('longest stall of the server', 'ms', done.map(({ stall }) => stall), { atMost: 50, note: `${done[0]?.files} files: bombs, nesting, broken quoting, locks` }),
    overRounds('of it, its own work', 'ms', done.map(({ processor }) => processor)),
    overRounds('memory that they cost the server', 'MB', done.map(({ cost }) => cost), { atMost: 64 }),
    overRounds('most memory of the process that reads', 'MB', done.map(({ reader }) => reader), { atMost: 640 }),
    { name: 'failures without a reason in words', unit: 'count', measured: done.reduce((sum, { unexplained }) => sum + unexplained, 0), atMost: 0 },
    { name: 'rounds in which an honest file was not read after', unit: 'count', measured: done.reduce((sum, { after }) => sum + after, 0), atMost: 0 },
  ]
}
