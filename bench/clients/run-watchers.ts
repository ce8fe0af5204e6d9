import { setTimeout as pause } from 'node:timers/promises'
import { draftOf } from '#lib/board/run-document.ts'
import { Connection } from '#lib/sync/connection.ts'
import { clock } from './clock.ts'
import { play } from './player.ts'
import type { Moment } from './run-worker.ts'

// Those who have a run open, each with the connection of the page and a document of their own; `length` of the draft is what their
// screen would show.

type Watcher = { seen: Moment[]; length: () => number }
const watchers: Watcher[] = []

export const calls = play({
  /** The last of the documents is the run's. Who does not read is a real client until it is in step, and from then on a socket whose messages nobody decodes. */
  async watch({ wsUrl, token, documents, count, reads }: { wsUrl: string; token: string; documents: readonly string[]; count: number; reads: boolean }) {
    for (let number = 0; number < count; number += 1) {
      const connection = new Connection({ url: wsUrl, token })
      const opened = documents.map((name) => connection.open(name))
      await Promise.all(opened.map((document) => document.whenReady()))
      if (!reads) {
        connection.socket.off('message')
        connection.socket.setConfiguration({ messageReconnectTimeout: Infinity })
        continue
      }
      const draft = draftOf(opened.at(-1)!.doc)
      const watcher: Watcher = { seen: [], length: () => draft.length }
      draft.observe(() => watcher.seen.push({ at: clock(), length: draft.length }))
      watchers.push(watcher)
    }
  },

  /** When each saw what of the draft, once all have it up to this length; what they saw is forgotten then. */
  async seen({ length }: { length: number }) {
    for (let waits = 0; watchers.some((watcher) => watcher.length() < length); waits += 1) {
      if (waits > 600) throw new Error(`A watcher has ${Math.min(...watchers.map((watcher) => watcher.length()))} of ${length} characters after a minute`)
      await pause(100)
    }
    return watchers.map((watcher) => watcher.seen.splice(0))
  },
})
