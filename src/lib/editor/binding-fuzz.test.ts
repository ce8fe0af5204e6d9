import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { held, shared } from './agreement.ts'
import { openPeer, type Peer } from './testing/peer.ts'
import { editAtRandom } from './testing/random-edit.ts'
import { randomFrom } from './testing/random.ts'
import { elementAttributes, textFormats } from './shape.ts'

// EDITOR_FUZZ_SEEDS=2000 npx vitest run src/lib/editor/binding-fuzz.test.ts runs longer; EDITOR_FUZZ_FIRST names the first seed.
const seeds = Number(process.env.EDITOR_FUZZ_SEEDS ?? 40)
const first = Number(process.env.EDITOR_FUZZ_FIRST ?? 1)

/** Two or three people, each with a copy; updates arrive late, in order per sender, or wait while somebody is away. */
function party(seed: number) {
  const random = randomFrom(seed)
  const peers = Array.from({ length: 2 + random.below(2) }, (_, at) => {
    const doc = new Y.Doc()
    doc.clientID = seed * 10 + at
    return openPeer(doc)
  })
  const waiting = peers.map(() => peers.map((): Uint8Array[] => []))
  peers.forEach((sender, from) => sender.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'network') waiting[from]!.forEach((queue, to) => to !== from && queue.push(update))
  }))
  const away = new Set<number>()
  const deliver = (from: number, to: number) => {
    const update = waiting[from]![to]!.shift()
    if (update) Y.applyUpdate(peers[to]!.doc, update, 'network')
  }
  for (let step = 0; step < 60; step++) {
    const at = random.below(peers.length)
    editAtRandom(peers[at]!, random)
    if (random.chance(0.06)) if (!away.delete(at)) away.add(at)
    for (let packet = random.below(6); packet > 0; packet--) {
      const from = random.below(peers.length)
      const to = random.below(peers.length)
      if (!away.has(from) && !away.has(to)) deliver(from, to)
    }
  }
  while (waiting.some((row) => row.some((queue) => queue.length > 0))) peers.forEach((_, from) => peers.forEach((_, to) => deliver(from, to)))
  return peers
}

function shapesOf(type: Y.XmlElement | Y.XmlText, found: Set<string>) {
  if (type instanceof Y.XmlText) for (const { attributes } of type.toDelta()) for (const format of Object.keys(attributes ?? {})) found.add(`text.${format}`)
  else {
    found.add(type.nodeName)
    for (const attribute of Object.keys(type.getAttributes())) found.add(`${type.nodeName}.${attribute}`)
    for (const child of type.toArray()) shapesOf(child as Y.XmlElement | Y.XmlText, found)
  }
}
const known = new Set(['UNDEFINED', ...textFormats.map((format) => `text.${format}`), ...Object.entries(elementAttributes).flatMap(([name, attributes]) => [name, ...attributes.map((attribute) => `${name}.${attribute}`)])])

// The binding is known to trip now and then; what counts is that it gets over it. How often it had to is worth seeing.
const trips = new Map<string, number>()
afterAll(() => {
  for (const [what, times] of trips) console.log(`${times}x in ${seeds} runs from seed ${first}: ${what}`)
})

test.for(Array.from({ length: seeds }, (_, at) => first + at))('all who edit together end with the same text, seed %i', (seed) => {
  const peers = party(seed)
  const told: string[] = peers.flatMap((peer: Peer) => peer.errors.map((error) => error.message.replace(/\d+/g, '#').slice(0, 100)))
  const text = held(peers[0]!.doc, peers[0]!.root)
  const found = new Set<string>()
  shapesOf(peers[0]!.root, found)
  for (const peer of peers) {
    expect(peer.broken(), `seed ${seed}`).toBe(false)
    if (!peer.bound.check()) told.push('showed something else until it checked')
    expect(Y.encodeStateVector(peer.doc)).toEqual(Y.encodeStateVector(peers[0]!.doc))
    expect(held(peer.doc, peer.root), `seed ${seed}`).toEqual(text)
    expect(shared(peer.editor.getEditorState()), `seed ${seed}`).toEqual(text)
    peer.close()
  }
  expect(text, `seed ${seed}`).not.toContain('\ufffd')
  expect([...found].filter((shape) => !known.has(shape))).toEqual([])
  for (const what of told) trips.set(what, (trips.get(what) ?? 0) + 1)
})
