import { Worker } from 'node:worker_threads'
import type { Findings, Related, RelatedWanted, Wanted } from './search-index.ts'

export type SearchTask =
  | { kind: 'changed'; sources: readonly string[] }
  | { kind: 'find'; id: number; wanted: Wanted }
  | { kind: 'related'; id: number; wanted: RelatedWanted }
export type SearchAnswer =
  | { kind: 'done'; id: number; error: null; found: Findings | Related[] }
  | { kind: 'done'; id: number; error: string }
  | { kind: 'failed'; source: string; message: string }

const restartMs = 2_000
/** What an indexed text leaves behind is mostly garbage: with V8's own bound, up to 90 MB of it lie about in a thread that stays. */
const youngMb = 12

export type SearchThread = {
  /** A mission, doc, chat or file is not what it was: `mission/<id>`, `doc/<id>`, `chat/<id>`, `file/<id>`. It is read soon. */
  changed(source: string): void
  find(wanted: Wanted): Promise<Findings>
  related(wanted: RelatedWanted): Promise<Related[]>
  close(): Promise<void>
}

/**
 * The index lives in a thread: SQLite answers at once or not at all, and neither to look among a hundred thousand comments nor to
 * read a long text may hold up anybody's edit.
 */
export function searchThread({ databaseFile, indexFile, onError }: { databaseFile: string; indexFile: string; onError: (message: string, details: Record<string, unknown>) => void }): SearchThread {
  const asked = new Map<number, PromiseWithResolvers<Findings | Related[]>>()
  const changed = new Set<string>()
  let thread: Worker | null = null
  let closed = false
  let count = 0
  let sending = false

  function start(): Worker {
    const started = new Worker(new URL('./search-thread-main.ts', import.meta.url), { workerData: { databaseFile, indexFile }, resourceLimits: { maxYoungGenerationSizeMb: youngMb } })
    started.unref()
    started.on('message', (answer: SearchAnswer) => {
      if (answer.kind === 'failed') return onError('not indexed', { source: answer.source, message: answer.message })
      const waiting = asked.get(answer.id)
      asked.delete(answer.id)
      if (answer.error === null) waiting?.resolve(answer.found)
      else waiting?.reject(new Error(answer.error))
    })
    started.on('error', (error) => onError('the search thread ended', { err: error }))
    started.once('exit', () => {
      for (const { reject } of asked.values()) reject(new Error('the search thread ended'))
      asked.clear()
      thread = null
      // With its start it reads what it missed.
      if (!closed) setTimeout(() => void (closed || (thread ??= start())), restartMs).unref()
    })
    return started
  }

  function send() {
    sending = false
    if (closed || changed.size === 0) return
    thread?.postMessage({ kind: 'changed', sources: [...changed] } satisfies SearchTask)
    changed.clear()
  }

  function ask(task: (id: number) => SearchTask): Promise<Findings | Related[]> {
    if (closed) return Promise.reject(new Error('the search is closed'))
    const waiting = Promise.withResolvers<Findings | Related[]>()
    const id = ++count
    asked.set(id, waiting)
    thread ??= start()
    thread.postMessage(task(id))
    return waiting.promise
  }

  thread = start()
  return {
    changed(source) {
      changed.add(source)
      if (sending) return
      sending = true
      setTimeout(send, 50).unref()
    },
    find: (wanted) => ask((id) => ({ kind: 'find', id, wanted })) as Promise<Findings>,
    related: (wanted) => ask((id) => ({ kind: 'related', id, wanted })) as Promise<Related[]>,
    async close() {
      closed = true
      await thread?.terminate()
    },
  }
}
