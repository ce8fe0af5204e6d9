import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RunId } from '#lib/board/ids.ts'
import { appendEntries, entriesOf, readEntries, tailLength, type LogEntry } from '#lib/board/run-document.ts'
import type { EntriesPage } from '#lib/staff/answers.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import type { Client } from '../support/client.ts'
import { eventually } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
beforeAll(async () => {
  desk = await runDesk({ RUN_LEASE_SECONDS: '120' })
  await desk.staffMember({ concurrency: 20 })
})
afterAll(() => desk.here.end())
afterEach(() => desk.clear())

const kinds = ['step', 'read', 'call'] as const
const entry = (seq: number, more: Partial<LogEntry> = {}): LogEntry => ({ seq, at: seq, kind: kinds[seq % 3]!, text: `Line ${seq}${seq % 100 === 0 ? ' of a hundred' : ''}`, ...more })
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)

async function writing(): Promise<{ runId: RunId; record: Client }> {
  const runId = await desk.started(await desk.mission())
  const record = desk.here.connect(desk.lease(await desk.claimed()), runDocument(runId))
  await record.synced()
  return { runId, record }
}
async function write(record: Client, from: number, to: number, batch = 50, more?: (seq: number) => Partial<LogEntry>) {
  for (let seq = from; seq < to; seq += batch) appendEntries(record.document, range(seq, Math.min(to, seq + batch)).map((each) => entry(each, more?.(each))))
  await record.acknowledged(30_000)
}
const page = async (runId: RunId, query = '') => {
  const answer = await desk.here.api<EntriesPage>(desk.viewer, 'GET', `/runs/${runId}/entries?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const seqs = ({ entries }: Pick<EntriesPage, 'entries'>) => entries.map(({ seq }) => seq)
const rowsOf = async (runId: RunId) => Number((await desk.here.db.selectFrom('run_entries').select((eb) => eb.fn.countAll().as('n')).where('run_id', '=', runId).executeTakeFirstOrThrow()).n)

/** All of a log, from its first entry on, and from its last one back. */
async function everything(runId: RunId, limit = 700): Promise<{ forward: number[]; backward: number[] }> {
  const [forward, backward]: number[][] = [[], []]
  for (let next: EntriesPage | null = await page(runId, `after=-1&limit=${limit}`); next;) {
    forward!.push(...seqs(next))
    next = next.later ? await page(runId, `after=${forward!.at(-1)}&limit=${limit}`) : null
  }
  for (let next: EntriesPage | null = await page(runId, `limit=${limit}`); next;) {
    backward!.unshift(...seqs(next))
    next = next.earlier ? await page(runId, `before=${backward![0]}&limit=${limit}`) : null
  }
  return { forward: forward!, backward: backward! }
}

describe('[RUN13] a long log', () => {
  test('leaves its tail in the document and the rest in rows, and is read as one', async () => {
    const { runId, record } = await writing()
    const watcher = desk.here.connect(desk.viewer, runDocument(runId))
    await watcher.synced()
    await write(record, 0, 3_000)
    await watcher.until('short', () => entriesOf(watcher.document).length <= tailLength + 250 && readEntries(watcher.document).at(-1)?.seq === 2_999)
    await eventually('the rows', async () => await rowsOf(runId) >= 2_250)
    expect(readEntries(record.document).at(-1)?.seq, 'for its writer, too').toBe(2_999)
    const { forward, backward } = await everything(runId)
    expect(forward).toEqual(range(0, 3_000))
    expect(backward).toEqual(range(0, 3_000))

    expect(await page(runId, 'limit=10')).toMatchObject({ earlier: true, later: false, total: 3_000 })
    expect(seqs(await page(runId, 'around=1200&limit=10'))).toEqual(range(1_196, 1_206))
    const first = await page(runId, 'after=-1&limit=5')
    expect([first.earlier, first.later, seqs(first)]).toEqual([false, true, range(0, 5)])
    expect(first.entries[0]).toEqual(entry(0))
    const edge = await page(runId, `around=${await rowsOf(runId)}&limit=8`)
    expect(seqs(edge), 'where rows and tail meet').toEqual(range(await rowsOf(runId) - 3, await rowsOf(runId) + 5))
  }, 60_000)

  test('is searched by words and kinds, in rows and tail alike', async () => {
    const { runId, record } = await writing()
    await write(record, 0, 2_000, 50, (seq) => (seq === 7 ? { data: { of: 'call', call: 'c7', tool: 'search', args: '{"query":"Zürich"}' } } : {}))
    await eventually('the rows', async () => await rowsOf(runId) > 1_000)
    expect(seqs(await page(runId, 'q=HUNDRED%20line&limit=1000'))).toEqual(range(0, 20).map((n) => n * 100))
    expect(seqs(await page(runId, 'q=hundred&kind=read&limit=3'))).toEqual([1_300, 1_600, 1_900])
    const newest = await page(runId, 'kind=call,read&limit=4')
    expect([seqs(newest), newest.earlier]).toEqual([[1_994, 1_996, 1_997, 1_999], true])
    expect(seqs(await page(runId, 'q=z%C3%BCrich'))).toEqual([7])
    expect(await page(runId, 'q=nowhere')).toMatchObject({ entries: [], earlier: false, later: false, total: 2_000 })
    expect((await desk.here.api(desk.viewer, 'GET', `/runs/${runId}/entries?before=1&after=1`)).status).toBe(400)
    expect((await desk.here.api(desk.viewer, 'GET', `/runs/${runId}/entries?kind=nonsense`)).status).toBe(400)
    const { owner } = await desk.here.workspace('Elsewhere')
    expect((await desk.here.api(owner, 'GET', `/runs/${runId}/entries`)).status).toBe(404)
  }, 60_000)

  test('of long entries keeps its document short by its letters', async () => {
    const { runId, record } = await writing()
    const result = 'x'.repeat(50_000)
    await write(record, 0, 200, 10, (seq) => ({ data: { of: 'result', call: `c${seq}`, tool: 'search', ok: true, result, ms: 1 } }))
    await eventually('the rows', async () => await rowsOf(runId) > 100)
    await record.until('short', () => entriesOf(record.document).length <= 60)
    const all = await everything(runId, 1_000)
    expect(all.forward).toEqual(range(0, 200))
  }, 60_000)

  test('that is short stays as it is', async () => {
    const { runId, record } = await writing()
    await write(record, 0, 600)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([await rowsOf(runId), readEntries(record.document).length]).toEqual([0, 600])
    expect(seqs(await page(runId, 'limit=1000'))).toEqual(range(0, 600))
  })

  const seed = seedOf('ENTRIES_SEED')
  test(`is read exactly once while it is written, and while the server is killed (ENTRIES_SEED=${seed})`, async () => {
    const { next: random } = randomFrom(seed)
    const { runId, record } = await writing()
    let [written, done] = [0, false]
    const writer = (async () => {
      while (written < 6_000) {
        const count = 1 + Math.floor(random() * 120)
        appendEntries(record.document, range(written, written + count).map((seq) => entry(seq)))
        written += count
        await new Promise((resolve) => setTimeout(resolve, random() * 25))
      }
      await record.acknowledged(30_000)
      done = true
    })()
    const reader = (async () => {
      while (!done) {
        const found = await everything(runId, 997).catch(() => null)
        // What came while it read makes the second longer.
        if (found) expect([found.forward, found.backward]).toEqual([range(0, found.forward.length), range(0, found.backward.length)])
      }
    })()
    for (let kill = 0; kill < 2; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + random() * 700))
      await desk.here.server.kill()
      await desk.here.server.restart()
    }
    await Promise.all([writer, reader])
    expect((await everything(runId)).forward).toEqual(range(0, written))
    await eventually('the tail', () => entriesOf(record.document).length <= tailLength + 250)
  }, 120_000)
})
