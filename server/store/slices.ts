import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { nextTurn } from '../next-turn.ts'

/** So many structs of Yjs are a slice: to apply them takes a few milliseconds. */
const usualSlice = 2_000
/** Milliseconds of one turn of the event loop. */
const turnMs = 5

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** What has to be there before a struct can be. */
function needed(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return []
  const parent: unknown = struct.parent
  return [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null].filter((id) => id !== null)
}

/** The structs in an order in which each comes after what it needs, of one client by their clocks; `null` where something is not among them. */
function inOrder(structs: readonly Struct[]): Struct[] | null {
  if (structs.some((struct) => struct instanceof Y.Skip)) return null
  const clients = Map.groupBy(structs, ({ id }) => id.client)
  const at = new Map<number, number>()
  const ordered: Struct[] = []
  const next = (client: number) => clients.get(client)?.[at.get(client) ?? 0]
  const isThere = ({ client, clock }: Y.ID) => {
    const first = next(client)
    return clients.has(client) && (first ? clock < first.id.clock : true)
  }
  for (const client of clients.keys()) {
    // Each but the first has what the one before it waits for.
    const waiting: { client: number; for: Y.ID | null }[] = [{ client, for: null }]
    for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
      const struct = next(top.client)
      if (!struct || (top.for && isThere(top.for))) {
        waiting.pop()
        continue
      }
      const missing = needed(struct).find((id) => id.client !== struct.id.client && !isThere(id))
      if (missing) {
        if (waiting.some((each) => each.client === missing.client) || !next(missing.client)) return null
        waiting.push({ client: missing.client, for: missing })
        continue
      }
      ordered.push(struct)
      at.set(top.client, (at.get(top.client) ?? 0) + 1)
    }
  }
  return ordered
}

function encode(structs: readonly Struct[], deleted: ReturnType<typeof Y.decodeUpdate>['ds'] | null): Uint8Array<ArrayBuffer> {
  const encoder = new Y.UpdateEncoderV1()
  const clients = Map.groupBy(structs, ({ id }) => id.client)
  encoding.writeVarUint(encoder.restEncoder, clients.size)
  for (const [client, those] of clients) {
    encoding.writeVarUint(encoder.restEncoder, those.length)
    encoder.writeClient(client)
    encoding.writeVarUint(encoder.restEncoder, those[0]!.id.clock)
    for (const struct of those) (struct as Y.Item).write(encoder, 0)
  }
  encoding.writeVarUint(encoder.restEncoder, deleted?.clients.size ?? 0)
  for (const [client, ranges] of deleted?.clients ?? []) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array() as Uint8Array<ArrayBuffer>
}

/** A document's state as several updates: applied one after the other they make what it makes at once. What cannot be divided stays whole. */
export function slicesOf(state: Uint8Array<ArrayBuffer>, structsOfSlice = usualSlice): Uint8Array<ArrayBuffer>[] {
  const { structs, ds } = Y.decodeUpdate(state)
  const ordered = inOrder(structs)
  if (!ordered) return [state]
  const slices: Uint8Array<ArrayBuffer>[] = []
  for (let from = 0; from < ordered.length; from += structsOfSlice) slices.push(encode(ordered.slice(from, from + structsOfSlice), null))
  return [...slices, encode([], ds)]
}

/** Half of a text may have the same mark twice, of which the whole needs both: Yjs would delete one. */
const leaveMarks = (transaction: Y.Transaction) => {
  transaction._needFormattingCleanup = false
}

/** Applies updates, and lets the event loop go on between them. `around` is given each to apply, and which it is. */
export async function applyInTurns(doc: Y.Doc, updates: readonly Uint8Array[], around: (apply: () => void, at: number) => void = (apply) => apply()) {
  let began = performance.now()
  doc.on('afterTransaction', leaveMarks)
  try {
    for (const [at, update] of updates.entries()) {
      if (performance.now() - began > turnMs) {
        await nextTurn()
        began = performance.now()
      }
      around(() => Y.applyUpdate(doc, update), at)
    }
  } finally {
    doc.off('afterTransaction', leaveMarks)
  }
}
