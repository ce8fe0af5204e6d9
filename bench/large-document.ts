import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { appendText, typeLetter } from './clients/long-text.ts'
import { participate } from './clients/participant.ts'
import { overRounds, type Figure } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, stock, withMission, type Target } from './peers/target.ts'
import { written } from './process-cost.ts'
import { seeded } from './seeded.ts'
import { stallsDuring, tellsOfStalls, type Stalls } from './stalls.ts'

// What a letter costs in a description of 8 MB: bytes to disk, and how long the server stands still. Stock stores the whole
// document some time after an edit, 2 s by default; here its time is short and every edit waits for its store, which costs each
// edit what it costs whoever types slower than that. Somebody who types faster shares one store among a few letters.

const pieces = 3
const pieceBytes = 2_700_000
const letters = 50
/** Enough rows for a compaction of the log. */
const manyLetters = 600
const debounce = 200

type Round = {
  diskPerLetter: number
  callsPerLetter: number
  /** Over many letters, with the compaction that they bring about. */
  diskOverall: number
  whileFilling: Stalls
  whileTyping: Stalls
  compactions: number
}

const start: Record<'ours' | 'stock', () => Promise<Target>> = {
  ours: () => ours({ NODE_OPTIONS: tellsOfStalls, WORKER: 'off' }),
  stock: () => stock({ debounce, env: { NODE_OPTIONS: tellsOfStalls } }),
}

/** Asks again until `holds`, and gives up after `ms`. */
async function until(what: string, holds: () => boolean, ms: number) {
  for (const end = Date.now() + ms; !holds(); await pause(20)) if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`)
}

/** The server looks this often whether a text is due to be kept as a version. */
const looksEveryMs = 5_000

/** Until nothing was written for longer than it takes to be looked at. */
async function atRest(pid: number) {
  for (let before = -1, tries = 0; before !== written(pid).disk && tries < 10; tries += 1) {
    before = written(pid).disk
    await pause(looksEveryMs + 1_000)
  }
}

/** Looks into a server's database from outside. */
function looker({ database }: Target, document: string) {
  const sqlite = new DatabaseSync(database, { readOnly: true, timeout: 5_000 })
  return {
    /** How far our server's snapshot of the document reaches, and how large it is. */
    snapshot: () => {
      const row = sqlite.prepare('select upto_seq, length(data) as bytes from snapshots where doc = ?').get(document)
      return { upto: Number(row?.upto_seq ?? 0), bytes: Number(row?.bytes ?? 0) }
    },
    end: () => sqlite.close(),
  }
}

async function round(side: 'ours' | 'stock', seed: number): Promise<Round> {
  const target = await start[side]()
  try {
    const name = side === 'ours' ? await withMission(target) : 'mission/measured'
    const random = seeded(seed)
    const author = await participate({ wsUrl: target.wsUrl, name, token: target.token })
    const store = looker(target, name)
    const write = async (work: Parameters<typeof author.write>[0]) => {
      if (await author.write(work) === null) throw new Error('An edit was not saved')
    }
    const rest = async () => {
      // A log no longer than its snapshot stays beside it; the letters that follow have the whole compacted.
      if (side === 'ours') await until('a snapshot of most of it', () => store.snapshot().bytes > pieces * pieceBytes * 0.45, 60_000)
      else await pause(1_500)
    }
    const whileFilling = await stallsDuring(target.pid, async () => {
      for (let piece = 0; piece < pieces; piece += 1) await write((doc) => appendText(doc, pieceBytes, seed + piece))
    })
    await rest()

    const letter = async () => {
      const before = target.stores()
      await write((doc) => typeLetter(doc, random))
      if (side === 'stock') await until('a store', () => target.stores() > before, 10_000)
      else await pause(100)
    }
    // What the filling left to do, such as bringing the log into the file, is done with the next commits; the text is indexed beside them.
    for (let number = 0; number < 5; number += 1) await letter()
    await atRest(target.pid)
    const before = written(target.pid)
    let after = before
    let overall = NaN
    let compactions = 0
    const whileTyping = await stallsDuring(target.pid, async () => {
      for (let number = 0; number < letters; number += 1) await letter()
      after = written(target.pid)
      if (side === 'stock') return
      let { upto } = store.snapshot()
      const begin = written(target.pid)
      for (let number = 0; number < manyLetters; number += 1) {
        await write((doc) => typeLetter(doc, random))
        const now = store.snapshot().upto
        if (now !== upto) compactions += 1
        upto = now
      }
      await until('a compaction', () => compactions > 0 || store.snapshot().upto !== upto, 30_000)
      compactions += store.snapshot().upto !== upto ? 1 : 0
      // The compaction's own commit may still be on its way from the log into the file.
      await pause(500)
      overall = (written(target.pid).disk - begin.disk) / manyLetters
    })
    store.end()
    author.end()
    return {
      diskPerLetter: (after.disk - before.disk) / letters, callsPerLetter: (after.calls - before.calls) / letters,
      diskOverall: side === 'stock' ? (after.disk - before.disk) / letters : overall, whileFilling, whileTyping, compactions,
    }
  } finally {
    await target.end()
  }
}

export const largeDocument: Part = async ({ rounds, tell }) => {
  const sides = ['ours', 'stock'] as const
  const done = await inTurns({
    rounds, sides,
    measure: async (side, number) => {
      const one = await round(side, number)
      const stall = ({ longest, processor, over10 }: Stalls) => `${longest.toFixed(1)} ms (${processor.toFixed(1)} ms of them its own, ${over10} over 10 ms)`
      tell(`round ${number} of ${rounds}, ${side}: ${(one.diskPerLetter / 1000).toFixed(1)} kB a letter, ${(one.diskOverall / 1000).toFixed(1)} kB overall; ` +
        `stalls while filling ${stall(one.whileFilling)}, after ${stall(one.whileTyping)}; ${one.compactions} compactions`)
      return one
    },
  })
  const each = (what: string, unit: Figure['unit'], value: (round: Round) => number, atMost?: number) => sides.map((side) =>
    overRounds(`${what}, ${side}`, unit, done.map((pair) => value(pair[side])), side === 'ours' ? { atMost } : {}))
  return [
    ...each('to disk for a letter in 8 MB (write_bytes)', 'kB', ({ diskPerLetter }) => diskPerLetter / 1000),
    overRounds('the same, ours in thousandths of stock', 'count', done.map(({ ours, stock }) => (ours.diskPerLetter / stock.diskPerLetter) * 1000), { atMost: 1, note: `${letters} letters, one by one` }),
    ...each('given to write calls for a letter (wchar)', 'kB', ({ callsPerLetter }) => callsPerLetter / 1000),
    overRounds('to disk for a letter, compaction included, ours', 'kB', done.map(({ ours }) => ours.diskOverall / 1000), { note: `${manyLetters} letters` }),
    overRounds('the same, ours in thousandths of stock', 'count', done.map(({ ours, stock }) => (ours.diskOverall / stock.diskOverall) * 1000)),
    ...each('longest stall while it is typed in and compacted', 'ms', ({ whileTyping }) => whileTyping.longest, 10),
    ...each('longest stall while 2.7 MB at a time are pasted', 'ms', ({ whileFilling }) => whileFilling.longest),
    { name: 'compactions of the whole document, fewest of a round', unit: 'count', measured: Math.min(...done.map(({ ours }) => ours.compactions)), atLeast: 1 },
  ]
}
