import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { runBehindOthers } from '../behind-others.ts'
import { isBusy } from '../store/sqlite-error.ts'
import { placeReader } from './read-place.ts'
import { readingOrder } from './reading-order.ts'
import type { Findings, Related } from './search-index.ts'
import type { SearchAnswer, SearchTask } from './search-thread.ts'
import { sqliteSearchIndex } from './sqlite-search-index.ts'

runBehindOthers()

const { databaseFile, indexFile } = workerData as { databaseFile: string; indexFile: string }

/** So often it is looked whether what changed may be read. */
const lookMs = 20
const busyPauseMs = 200
/** The pages of the index that all edits change are written once in so long. */
const commitMs = 3_000
/** So many stamps are compared at once: whoever asks meanwhile does not wait for all of them. */
const comparedAtOnce = 500

const database = new DatabaseSync(databaseFile, { readOnly: true, timeout: 5_000 })
const reader = placeReader(database)
const index = sqliteSearchIndex(indexFile, {
  commitMs,
  onLost(sources, error) {
    for (const source of sources) {
      reader.forget(source)
      order.changed(source, performance.now())
    }
    parentPort?.postMessage({ kind: 'failed', source: sources.join(', '), message: messageOf(error) } satisfies SearchAnswer)
    pump()
  },
})

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const order = readingOrder()
let working: Promise<void> | null = null

async function remove(source: string) {
  reader.forget(source)
  await index.remove(source)
}

async function bring(source: string) {
  const place = reader.place(source)
  if (!place) return await remove(source)
  if (await index.has(place)) return
  for (const file of reader.filesOf(source)) order.changed(file, performance.now())
  const read = await reader.read(source)
  if (!read) return await remove(source)
  try {
    await index.write(read.place, read.items, read.before)
  } catch (error) {
    reader.forget(source)
    throw error
  }
}

async function work() {
  while (!order.isEmpty()) {
    const began = performance.now()
    const next = order.next(began)
    if (!next) {
      await pause(lookMs)
      continue
    }
    try {
      await bring(next.source)
    } catch (error) {
      if (isBusy(error)) {
        // A command makes the index anew at the moment: its turn comes.
        order.changed(next.source, began)
        await pause(busyPauseMs)
      } else {
        // Its document cannot be read now; with its next change it is tried again.
        parentPort?.postMessage({ kind: 'failed', source: next.source, message: messageOf(error) } satisfies SearchAnswer)
      }
    }
    const now = performance.now()
    order.took(next.source, now - began, now)
    // Of the time, reading what was missed takes half.
    await pause(next.wasMissed ? now - began : 0)
  }
}

function pump() {
  working ??= work().finally(() => {
    working = null
    if (!order.isEmpty()) pump()
  })
}

/** What changed while nobody listened, and what is not there any more. */
async function catchUp() {
  const gone = new Set(await index.sources())
  // All at once: a list that is read bit by bit would show this connection the tables as they were when it began.
  const places = [...reader.all()]
  for (const { source } of places) gone.delete(source)
  for (const source of gone) order.missed(source)
  for (const [at, place] of places.entries()) {
    if (!await index.has(place)) order.missed(place.source)
    if (at % comparedAtOnce !== 0) continue
    pump()
    await pause(0)
  }
  pump()
}

async function answerTo(task: Exclude<SearchTask, { kind: 'changed' }>): Promise<Findings | Related[]> {
  return task.kind === 'find' ? await index.find(task.wanted) : await index.related(task.wanted)
}

parentPort?.on('message', (task: SearchTask) => {
  if (task.kind === 'changed') {
    for (const source of task.sources) order.changed(source, performance.now())
    pump()
    return
  }
  answerTo(task).then(
    (found): SearchAnswer => ({ kind: 'done', id: task.id, error: null, found }),
    (error: unknown): SearchAnswer => ({ kind: 'done', id: task.id, error: messageOf(error) }),
  ).then((answer) => parentPort?.postMessage(answer))
})

setImmediate(() => void catchUp())
