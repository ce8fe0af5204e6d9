import { cpSync, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { addComment } from '#lib/board/comments.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { parseQuery } from '#lib/search/query.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { openStore } from '../server/store/database.ts'
import { matchOf } from '../server/search/match.ts'
import { searchFile } from '../server/search/search-database.ts'
import { connect } from '../tests/support/client.ts'
import { removeFolder, startServer, temporaryFolder, type RunningServer } from '../tests/support/server.ts'
import { createToken, createWorkspace } from '../tests/support/workspace.ts'
import { median, overRounds, percentile, type Figure } from './figures.ts'
import type { Part } from './part.ts'
import { costOfWriting, type Place } from './search/cost-of-writing.ts'
import { seedWorkspace, vocabulary, type Sizes } from './search/seed-workspace.ts'

// What it takes to find something in a large workspace (with `--long` of the size that the targets are for; by default a tenth, where what an API costs beside the search counts for more): a search over the API against SQLite's own query for the same words in the same index, from an edit
// until it is found, and what keeping the index costs those who write.

const whole: Sizes = { missions: 20_000, comments: 200_000, files: 2_000 }
const tenth: Sizes = { missions: 2_000, comments: 20_000, files: 200 }
const [queries, edits] = [150, 30]
const withoutIndex = `--import=${new URL('./search/without-index.ts', import.meta.url).href}`

const ask = async ({ server, workspaceId, token }: Place, text: string): Promise<{ results: { item: string }[] }> => {
  const response = await fetch(`${server.url}/api/v1/workspaces/${workspaceId}/search?q=${encodeURIComponent(text)}`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return await response.json() as { results: { item: string }[] }
}

async function within(what: string, ms: number, holds: () => boolean | Promise<boolean>, everyMs: number) {
  for (const end = Date.now() + ms; !await holds(); await pause(everyMs)) if (Date.now() > end) throw new Error(`${what}: not within ${ms / 1000} s`)
}

/** As people ask: mostly one to three words of all ranks, the last one often not typed to its end. */
function questions(): string[] {
  const { some, word, random } = vocabulary(7)
  return Array.from({ length: queries }, (_, n) => {
    if (n % 10 === 0) return `${word(Math.floor(n / 10))} `
    const words = Array.from({ length: 1 + Math.floor(random() * 3) }, some)
    return n % 3 === 0 ? words.join(' ').slice(0, -1) : `${words.join(' ')} `
  })
}

/** A search as people make it, and SQLite's own for the same words: twenty rows by its own rank. */
async function compare(place: Place, folder: string) {
  const index = new DatabaseSync(searchFile(folder), { readOnly: true, timeout: 5_000 })
  const own = index.prepare('select rowid from words where words match ? order by rank limit 20')
  const times: Record<'ours' | 'own', number[]> = { ours: [], own: [] }
  const asked = questions()
  await ask(place, asked[1]!)
  for (const [n, text] of asked.entries()) {
    const match = matchOf(parseQuery(text).terms)
    if (!match) continue
    const sides = { ours: () => ask(place, text), own: async () => void own.all(match) }
    for (const side of n % 2 === 0 ? ['ours', 'own'] as const : ['own', 'ours'] as const) {
      const began = performance.now()
      await sides[side]()
      times[side].push(performance.now() - began)
    }
  }
  index.close()
  return times
}

/** From the moment a comment is written until the API finds it. */
async function untilFound(place: Place): Promise<number[]> {
  const times: number[] = []
  const client = connect(place.server.wsUrl, missionDocument('m1' as MissionId), { token: place.token })
  await client.synced()
  for (let n = 0; n < edits; n++) {
    const began = performance.now()
    addComment(client.document, { id: `late${n}` as CommentId, by: place.actor, body: `sought${n}zz` }, Date.now())
    // Between quotation marks: for a word that nothing has, others that are like it would be looked for each time.
    await within('the comment found', 20_000, async () => (await ask(place, `"sought${n}zz"`)).results.some(({ item }) => item === `late${n}`), 10)
    times.push(performance.now() - began)
    await pause(50)
  }
  client.end()
  return times
}

export const search: Part = async ({ rounds, long, tell }) => {
  const sizes = long ? whole : tenth
  const folder = temporaryFolder('search')
  const copy = temporaryFolder('search-off')
  const servers: RunningServer[] = []
  try {
    const { workspaceId } = await createWorkspace(folder)
    const { token, actorId: actor } = await createToken(folder, workspaceId, 'member')
    tell(`writes ${sizes.missions.toLocaleString('en')} missions, ${sizes.comments.toLocaleString('en')} comments, ${sizes.files.toLocaleString('en')} files`)
    await seedWorkspace(folder, workspaceId, actor, sizes)
    await (await openStore(folder, 'process')).close()
    cpSync(folder, copy, { recursive: true })

    const start = async (dataDir: string, env: Record<string, string> = {}): Promise<Place> => {
      const server = await startServer({ dataDir, env: { WORKER: 'off', ...env } })
      servers.push(server)
      return { server, workspaceId, token, actor }
    }
    const began = performance.now()
    const on = await start(folder)
    // It has as long to come to rest as the other.
    const off = await start(copy, { NODE_OPTIONS: withoutIndex })
    const places = sizes.missions + sizes.files
    const indexed = () => {
      if (!existsSync(searchFile(folder))) return 0
      const index = new DatabaseSync(searchFile(folder), { readOnly: true, timeout: 5_000 })
      try {
        return Number(index.prepare('select count(*) as n from places').get()?.n)
      } catch {
        // It is being made.
        return 0
      } finally {
        index.close()
      }
    }
    await within('everything indexed', 280_000, () => indexed() >= places, 500)
    const indexing = (performance.now() - began) / 1000
    tell(`everything is indexed after ${indexing.toFixed(0)} s`)

    // As people have it open all day: whoever is the first waits for the server to read it.
    const boards = [on, off].map(({ server }) => connect(server.wsUrl, boardDocument(workspaceId), { token }))
    await Promise.all(boards.map((board) => board.synced()))

    const times = await compare(on, folder)
    const found = await untilFound(on)
    tell('writes with the index and without it')
    const cost = await costOfWriting({ on, off }, rounds)
    for (const board of boards) board.end()

    const of = `${sizes.missions.toLocaleString('en')} missions, ${sizes.comments.toLocaleString('en')} comments, ${sizes.files.toLocaleString('en')} files`
    const [ours, own] = [percentile(times.ours, 0.95), percentile(times.own, 0.95)]
    return [
      { name: 'a search over the API, p95, against FTS5’s own query', unit: '×', measured: ours / own, ...long && { atMost: 3 }, note: `${ours.toFixed(1)} ms against ${own.toFixed(1)} ms; ${of}` },
      { name: 'a search over the API, median', unit: 'ms', measured: median(times.ours), note: `FTS5’s own: ${median(times.own).toFixed(2)} ms` },
      { name: 'from an edit until it is found, slowest of 30', unit: 'ms', measured: Math.max(...found), atMost: 1_000, note: `median ${median(found).toFixed(0)} ms` },
      overRounds('what the index adds to the time until a write is on disk', '%', cost.map(({ time }) => 100 * (time.on / time.off - 1)), {
        atMost: 15, note: `${median(cost.map(({ time }) => time.on)).toFixed(2)} against ${median(cost.map(({ time }) => time.off)).toFixed(2)} ms, median of each round`,
      }),
      overRounds('what the index adds to the processor time of a write, its own thread included', 'ms', cost.map(({ processor }) => processor.on - processor.off), {
        note: `${median(cost.map(({ processor }) => processor.on)).toFixed(1)} against ${median(cost.map(({ processor }) => processor.off)).toFixed(1)} ms`,
      }),
      { name: 'until a server without an index has made it', unit: 's', measured: indexing },
    ] satisfies Figure[]
  } finally {
    for (const server of servers) await server.end()
    removeFolder(folder)
    removeFolder(copy)
  }
}
