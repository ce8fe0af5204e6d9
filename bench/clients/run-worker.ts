import { setTimeout as pause } from 'node:timers/promises'
import type { RunId } from '#lib/board/ids.ts'
import { draftOf, type EntryKind } from '#lib/board/run-document.ts'
import { Connection } from '#lib/sync/connection.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import { createApi } from '../../server/runs/worker/api.ts'
import { writeRecord } from '../../server/runs/worker/record.ts'
import { clock } from './clock.ts'
import { play } from './player.ts'

// The worker as it is, with an engine that says what the measuring process wants.

type Held = { runId: RunId; finish: () => Promise<unknown>; record: Awaited<ReturnType<typeof writeRecord>>; connection: Connection }
/** When words of the draft left, or were seen: it is so long with them. */
export type Moment = { at: number; length: number }

let held: Held | null = null
/** How many tokens were said so far. */
let spoken = 0
const holding = () => {
  if (!held) throw new Error('No run is held')
  return held
}

const kinds: readonly EntryKind[] = ['step', 'read', 'found', 'said']
/** A line as staff write them, of 40 to 100 characters. */
const line = (number: number) => `Counted the ships of harbour ${number % 97} in week ${number % 53}: ${(number * 7919) % 4_001} came in${number % 3 === 0 ? ', and most of them left with the next tide' : ''}.`

export const calls = play({
  async claim({ url, token }: { url: string; token: string }) {
    const claim = await createApi(url, token).claim({ worker: 'measured', wait: 20 }, AbortSignal.timeout(30_000))
    if (!claim) throw new Error('There was no run to claim')
    const lease = createApi(url, claim.token)
    const connection = new Connection({ url: `${url.replace(/^http/, 'ws')}/sync`, token: claim.token })
    setInterval(() => void lease.heartbeat(claim.runId).catch(() => {}), claim.leaseMs / 4).unref()
    const record = await writeRecord(connection, lease, claim, new AbortController().signal)
    held = { runId: claim.runId, connection, record, finish: () => lease.finish(claim.runId, { state: 'succeeded', summary: 'All ships were counted.' }) }
    return claim.runId
  },

  /** Logs so many entries as fast as they are taken; resolves with the seconds until the server has acknowledged the last. */
  async log({ from, entries }: { from: number; entries: number }) {
    const { record } = holding()
    const start = performance.now()
    for (let number = from; number < from + entries; number += 1) await record.output.log(kinds[number % kinds.length]!, line(number))
    await record.settled()
    return (performance.now() - start) / 1000
  },

  /** Drafts as a model speaks: a token every so many ms. Resolves with when each was said, when each bundle of them was sent, and with the number of the first: `w10000` is 0. */
  async draft({ tokens, everyMs }: { tokens: number; everyMs: number }) {
    const { record, connection, runId } = holding()
    const document = connection.open(runDocument(runId))
    const draft = draftOf(document.doc)
    const said: Moment[] = []
    const sent: Moment[] = []
    const note = () => sent.push({ at: clock(), length: draft.length })
    draft.observe(note)
    let { length } = draft
    const first = spoken
    const start = performance.now()
    for (let number = 0; number < tokens; number += 1) {
      const early = start + number * everyMs - performance.now()
      if (early > 0) await pause(early)
      const token = `w${10_000 + spoken++}${number % 12 === 11 ? '.\n\n' : ' '}`
      length += token.length
      said.push({ at: clock(), length })
      await record.output.draft(token)
    }
    await record.settled()
    draft.unobserve(note)
    connection.close(document)
    return { said, sent, first }
  },

  async finish(_: null) {
    const { record, finish, connection } = holding()
    await record.settled()
    await finish()
    await connection.destroy()
    held = null
  },
})
