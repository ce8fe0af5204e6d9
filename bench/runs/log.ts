import { resident } from '../process-cost.ts'
import type { Part } from '../part.ts'
import { runStage } from './stage.ts'

// How fast a worker's log goes into the record, and what a long one does to the server's memory. Memory is flat where a log as long again
// takes no more: the most that a server had resident by the middle is compared with the most by the end. Node lets garbage grow to a
// limit of its own before it collects, so the first half is what it takes to be warm.

const step = 50_000
const forms = {
  short: { entries: 400_000, warm: 200_000 },
  long: { entries: 1_000_000, warm: 500_000 },
} as const

export const runLog: Part = async ({ long, tell }) => {
  const { entries, warm } = forms[long ? 'long' : 'short']
  const stage = await runStage()
  try {
    const run = await stage.hold('Logged')
    const before = resident(stage.target.pid)
    let seconds = 0
    let peak = 0
    let warmPeak = 0
    const timer = setInterval(() => { peak = Math.max(peak, resident(stage.target.pid) || 0) }, 50)
    for (let from = 0; from < entries; from += step) {
      const took = await run.worker.ask('log', { from, entries: step })
      seconds += took
      if (from + step === warm) warmPeak = peak
      tell(`${from + step} entries, ${(step / took).toFixed(0)}/s, ${resident(stage.target.pid).toFixed(0)} MB`)
    }
    clearInterval(timer)
    const counted = await fetch(`${stage.url}/api/v1/runs/${run.runId}/entries?limit=1`, { headers: { authorization: `Bearer ${stage.token}` } })
    const { total } = await counted.json() as { total: number }
    return [
      { name: 'log of one worker, into the record', unit: 'count', measured: entries / seconds, atLeast: 5_000, note: 'entries a second, acknowledged' },
      { name: 'entries that are not in the record', unit: 'count', measured: entries - total, atMost: 0 },
      { name: `memory of the server, ${entries.toLocaleString('en')} against ${warm.toLocaleString('en')} entries`, unit: '×', measured: peak / warmPeak, atMost: 1.1,
        note: `most resident: ${before.toFixed(0)} MB before, ${warmPeak.toFixed(0)} then, ${peak.toFixed(0)} in the end` },
    ]
  } finally {
    await stage.end()
  }
}
