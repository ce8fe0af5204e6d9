import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { isBusy } from '../store/sqlite-error.ts'
import { placeReader } from './read-place.ts'
import type { Findings, Related } from './search-index.ts'
import type { SearchAnswer, SearchTask } from './search-thread.ts'
import { sqliteSearchIndex } from './sqlite-search-index.ts'

const { databaseFile, indexFile } = workerData as { databaseFile: string; indexFile: string }

/** What changes is read when so much time has passed; what is typed comes in bursts. */
const soonMs = 200
/** Reading takes at most this share of the time. */
const shareOfTime = 4

const database = new DatabaseSync(databaseFile, { readOnly: true, timeout: 5_000 })
const index = sqliteSearchIndex(indexFile)
const reader = placeReader(database)

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const due = new Set<string>()
let working: Promise<void> | null = null

async function bring(source: string) {
  const place = reader.place(source)
  if (!place) return await index.remove(source)
  if (await index.has(place)) return
  for (const file of reader.filesOf(source)) due.add(file)
  const read = await reader.read(source)
  if (read) await index.write(read.place, read.items)
  else await index.remove(source)
}

async function work() {
  while (due.size > 0) {
    await pause(soonMs)
    const sources = [...due]
    due.clear()
    for (const source of sources) {
      const began = performance.now()
      try {
        await bring(source)
      } catch (error) {
        // A command makes the index anew at the moment: its turn comes.
        if (isBusy(error)) due.add(source)
        // Its document cannot be read now; with its next change it is tried again.
        else parentPort?.postMessage({ kind: 'failed', source, message: messageOf(error) } satisfies SearchAnswer)
      }
      const cost = performance.now() - began
      await pause(cost > 5 ? cost * (shareOfTime - 1) : 0)
    }
  }
}

function pump() {
  working ??= work().finally(() => {
    working = null
    if (due.size > 0) pump()
  })
}

/** What changed while nobody listened, and what is not there any more. */
async function catchUp() {
  const gone = new Set(await index.sources())
  for (const place of reader.all()) {
    gone.delete(place.source)
    if (!await index.has(place)) due.add(place.source)
  }
  for (const source of gone) due.add(source)
  pump()
}

async function answerTo(task: Exclude<SearchTask, { kind: 'changed' }>): Promise<Findings | Related[]> {
  return task.kind === 'find' ? await index.find(task.wanted) : await index.related(task.wanted)
}

parentPort?.on('message', (task: SearchTask) => {
  if (task.kind === 'changed') {
    for (const source of task.sources) due.add(source)
    pump()
    return
  }
  answerTo(task).then(
    (found): SearchAnswer => ({ kind: 'done', id: task.id, error: null, found }),
    (error: unknown): SearchAnswer => ({ kind: 'done', id: task.id, error: messageOf(error) }),
  ).then((answer) => parentPort?.postMessage(answer))
})

setImmediate(() => void catchUp())
