import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { readFacts } from '#lib/board/board-document.ts'
import type { MissionId, RunId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { entriesOf, readEntries } from '#lib/board/run-document.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { missionDocument, runDocument } from '#lib/sync/document-names.ts'
import { eventually } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'
import { runDesk } from '../support/run-desk.ts'
import { workerProcess } from '../support/worker-process.ts'

// The short form; `npm run test:faults -- --runs 50` is the long one.
const count = Number(process.env.CHAOS_RUNS ?? 8)
const seed = seedOf('CHAOS_SEED')
const leaseMs = 5_000
const ways = ['kill', 'freeze', 'cut'] as const
const ended = ['succeeded', 'failed', 'cancelled'] as const

test(`[RUN1] [RUN2] [RUN3] whatever becomes of workers, each run ends once and with a reason, by the attempt that held it (CHAOS_SEED=${seed}, ${count} runs)`, async () => {
  const { chance, next, pick } = randomFrom(seed)
  const desk = await runDesk({ RUN_LEASE_SECONDS: String(leaseMs / 1_000) })
  await desk.staffMember({ engine: 'offline', concurrency: 20 })
  const token = await desk.here.token('worker', 'Builder')
  const workers = await Promise.all(Array.from({ length: 4 }, (_, n) => workerProcess(desk.here.server.url, token.token, `worker ${n}`)))
  const did = { killed: 0, frozen: 0, cut: 0 }
  try {
    const runs = new Map<RunId, MissionId>()
    for (let n = 0; n < count; n++) {
      const missionId = await desk.mission()
      const text = desk.here.connect(desk.member, missionDocument(missionId))
      await text.synced()
      writeMarkdown(descriptionOf(text.document), `# Harbour ${n}\n\n${Array.from({ length: 30 }, (_, line) => `In ${1990 + line} the harbour counted ${400 + line * n} ships, and the tide was ${line} feet high.`).join(' ')}`)
      await text.acknowledged()
      text.end()
      runs.set(await desk.started(missionId), missionId)
    }
    const ids = [...runs.keys()]

    /** When each attempt was claimed, as the rows say while it lasts. */
    const claims = new Map<RunId, Map<number, number>>(ids.map((id) => [id, new Map()]))
    const look = async () => {
      const rows = await desk.here.db.selectFrom('runs').select(['id', 'state', 'attempt', 'claimed_at']).where('id', 'in', ids).execute()
      for (const { id, attempt, claimed_at: at } of rows) if (at !== null && !claims.get(id)!.has(attempt)) claims.get(id)!.set(attempt, at)
      return rows.filter(({ state }) => !ended.some((end) => end === state)).length
    }
    const watching = setInterval(() => void look(), 40)

    const until = Date.now() + count * 1_500
    let turn = Math.floor(next() * ways.length)
    while (await look() > 0 && Date.now() < until) {
      const worker = pick(workers)
      const way = ways[turn++ % ways.length]!
      if (way === 'kill') {
        did.killed += 1
        worker.replace()
      } else {
        const [begin, end] = way === 'freeze' ? [worker.freeze, worker.thaw] : [worker.cut, worker.mend]
        did[way === 'freeze' ? 'frozen' : 'cut'] += 1
        begin()
        // Some come back before their lease is over, and some long after.
        setTimeout(end, chance(0.5) ? leaseMs * (1.2 + next() / 2) : leaseMs * next() / 2)
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000 + next() * 2_000))
    }
    // Whoever is still frozen comes back in the next moments, and tries to go on with what it held.
    await new Promise((resolve) => setTimeout(resolve, leaseMs * 2))
    await eventually('all runs to end', async () => await look() === 0, 240_000)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    clearInterval(watching)

    const rows = await desk.here.db.selectFrom('runs').selectAll().where('id', 'in', ids).execute()
    const attempts = rows.reduce((sum, row) => sum + row.attempt, 0)
    console.log(JSON.stringify({ seed, runs: count, attempts, losses: rows.reduce((sum, row) => sum + row.losses, 0), ...did, succeeded: rows.filter(({ state }) => state === 'succeeded').length }))
    expect(rows.filter(({ state }) => state === 'succeeded').length, 'it is about workers that are lost, not about work that never gets done').toBeGreaterThan(0)
    const board = await desk.openBoard()
    for (const row of rows) {
      const id = `run ${row.id}, attempt ${row.attempt}`
      expect(ended, id).toContain(row.state)
      expect([row.code === '', row.reason === ''], `${id}: ${row.code} ${row.reason}`).toEqual([row.state === 'succeeded', row.state === 'succeeded'])
      if (row.state !== 'succeeded') expect(row.code, `${id}: ${row.reason}`).toBe('worker_lost')
      const ends = await desk.here.db.selectFrom('activity').select(['kind', 'count']).where('run_id', '=', row.id).where('kind', 'in', ['run.succeeded', 'run.failed', 'run.cancelled']).execute()
      expect(ends, id).toEqual([{ kind: `run.${row.state}`, count: 1 }])
      await eventually(`the card of ${id}`, () => readFacts(board.document, row.mission_id).run?.state === row.state)

      const files = await desk.here.db.selectFrom('file_versions').innerJoin('files', 'files.id', 'file_versions.file_id').select(['name', 'version']).where('run_id', '=', row.id).execute()
      expect(new Set(files.map(({ name }) => name)).size, `${id}: ${JSON.stringify(files)}`).toBe(files.length)
      if (row.state === 'succeeded') expect(files.length, id).toBeGreaterThan(0)

      const record = desk.here.connect(desk.member, runDocument(row.id))
      await record.synced()
      expect(writersInTurn(record.document), `${id}: entries of one attempt after those of a later one`).toBe(true)
      const seqs = readEntries(record.document).map(({ seq }) => seq)
      expect(seqs, id).toEqual(seqs.map((_, at) => at))
      record.end()
      await expectInTheirTime(row.id, row.ended_at!)
    }

    /** Every edit of a run's record lies between the claim of its attempt and the next one, or the end. */
    async function expectInTheirTime(id: RunId, endedAt: number) {
      const edits = await desk.here.db.selectFrom('updates').select(['data', 'at', 'actor']).where('doc', '=', runDocument(id)).orderBy('seq').execute()
      const times = [...claims.get(id)!].sort(([a], [b]) => a - b)
      const attemptOf = new Map<number, number>()
      for (const { data, at, actor } of edits) {
        if (actor === 'server') continue
        const attempt = times.findLast(([, claimed]) => claimed <= at)?.[0] ?? 0
        for (const client of Y.parseUpdateMeta(data).from.keys()) {
          if (!attemptOf.has(client)) attemptOf.set(client, attempt)
          expect(attemptOf.get(client), `run ${id}: an edit of attempt ${attemptOf.get(client)} at a time of attempt ${attempt}`).toBe(attempt)
        }
        // The gate closes when the end is on disk, a moment after the time that stands there.
        expect(at, `run ${id}: an edit after its end`).toBeLessThanOrEqual(endedAt + 250)
      }
      expect(new Set(attemptOf.values()).size, `run ${id}: two writers in one attempt`).toBe(attemptOf.size)
    }
  } finally {
    for (const worker of workers) worker.end()
    await desk.here.end()
  }
}, 120_000 + count * 20_000)

/** Whether nobody writes again after somebody else did. */
function writersInTurn(doc: Y.Doc): boolean {
  const writers: number[] = []
  for (let item = entriesOf(doc)._start; item; item = item.right) if (writers.at(-1) !== item.id.client) writers.push(item.id.client)
  return new Set(writers).size === writers.length
}
