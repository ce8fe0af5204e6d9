import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { authorOf, participate, type Participant } from './participant.ts'
import { play } from './player.ts'

// A few people replace a long text in a description again and again, while others read along. One of the readers may have
// stopped to read.

type Door = { wsUrl: string; name: string; token: string }
type Writer = { at: Participant; text: Y.XmlText; sent: { clock: number; at: number }[] }

const writers = new Map<number, Writer>()
const readers: Participant[] = []
let propagation: number[] = []
/** The reader that stopped: what it has, and whether the server still keeps it. */
let stalled: { at: Participant; document: Y.Doc; closed: string | null } | null = null

/** Notes when an update arrived; several of them may come as one. */
function read(update: Uint8Array) {
  const now = performance.now()
  const note = (client: number, from: number, to: number) => {
    for (const { clock, at } of writers.get(client)?.sent ?? []) if (clock >= from && clock < to) propagation.push(now - at)
  }
  const single = authorOf(update)
  if (single) note(single.client, single.clock, single.clock + 1)
  else {
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, clock] of from) note(client, clock, to.get(client) ?? clock)
  }
}

export const calls = play({
  async join({ door, writers: many, readers: watching, withStalled }: { door: Door; writers: number; readers: number; withStalled: boolean }) {
    if (withStalled) {
      const document = new Y.Doc()
      const one: NonNullable<typeof stalled> = {
        document, closed: null,
        at: await participate({ ...door, document }, { onUpdate: (update) => Y.applyUpdate(document, update), onClose: (reason) => { one.closed ??= reason } }),
      }
      stalled = one
    }
    for (let number = 0; number < watching; number += 1) readers.push(await participate(door, { onUpdate: read }))
    for (let number = 0; number < many; number += 1) {
      const at = await participate(door)
      const text = new Y.XmlText('')
      const saved = await at.write((doc) => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [text])
        descriptionOf(doc).insert(0, [paragraph])
      })
      if (saved === null) throw new Error('A paragraph was not saved')
      writers.set(at.document.clientID, { at, text, sent: [] })
    }
  },

  /** Sends so many texts, `perSecond` of them by the writers in turn; ms until each arrived at each reader that reads. */
  async broadcast({ updates, letters, perSecond }: { updates: number; letters: number; perSecond: number }) {
    propagation = []
    for (const writer of writers.values()) writer.sent = []
    const crew = [...writers.values()]
    stalled?.at.socket.pause()
    let acknowledged = 0
    let slept = 0
    const start = performance.now()
    for (let number = 0; number < updates; number += 1) {
      const early = start + (number * 1000) / perSecond - performance.now()
      if (early > 0) await pause(early)
      const { at, text, sent } = crew[number % crew.length]!
      // Whoever is not answered waits, as people do who see that nothing happens.
      while (at.waiting() > 8 && slept < 60_000) slept += await pause(5, 5)
      sent.push({ clock: Y.getState(at.document.store, at.document.clientID), at: performance.now() })
      void at.write(() => {
        text.delete(0, text.length)
        text.insert(0, String(number % 10).repeat(letters))
      }).then((ms) => { if (ms !== null) acknowledged += 1 })
    }
    for (let waits = 0; (propagation.length < updates * readers.length || acknowledged < updates) && waits < 200; waits += 1) await pause(50)
    return { propagation, missing: updates * readers.length - propagation.length, unacknowledged: updates - acknowledged, seconds: (performance.now() - start) / 1000 }
  },

  /** The one that stopped reads again, and comes again if it was sent away; whether it then has what somebody new gets. */
  async readAgain({ door }: { door: Door }) {
    if (!stalled) throw new Error('Nobody stopped reading')
    const one = stalled
    const start = performance.now()
    one.at.socket.resume()
    const fresh = await participate(door)
    const same = () => Y.equalSnapshots(Y.snapshot(one.document), Y.snapshot(fresh.document)) &&
      descriptionOf(one.document).toString() === descriptionOf(fresh.document).toString()
    let sentAway: string | null = null
    for (let waits = 0; !same() && waits < 600; waits += 1) {
      await pause(50)
      if (one.closed === null) continue
      sentAway ??= one.closed
      one.closed = null
      one.at.end()
      one.at = await participate({ ...door, document: one.document }, { onUpdate: (update) => Y.applyUpdate(one.document, update), onClose: (reason) => { one.closed ??= reason } })
    }
    return { same: same(), ms: performance.now() - start, sentAway }
  },
})
