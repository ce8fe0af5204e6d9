import { createDecoder, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'

/** A map key or attribute name; `null` stands for "an item of this list". Keys may hold any character, hence arrays. */
export type Step = string | null
export type Path = readonly Step[]

export type Op = {
  /** `set` writes a key of a map or an attribute, `insert` an item of a list, `delete` removes an existing item. */
  kind: 'set' | 'insert' | 'delete'
  /** Keyed: root … key. List: root … list. A set or a deletion also removes, unlisted, everything below its path. */
  path: Path
  /** What is written, or what is being deleted. */
  content: Y.Item['content']
}

export type ResolvedUpdate = {
  ops: Op[]
  /** Clients that this update adds structs of. */
  newClients: Set<number>
  /** Structs or deletions that the document cannot take yet, because what they build on is missing. */
  pending: boolean
  /** A struct of the update is known in part, and so is the rest read by what is known. */
  overlaps: boolean
  /** Structs that take up clocks and have no place: their content was collected as garbage. */
  collected: number
}

/** The update cannot be applied: garbage, or made so that `Y.applyUpdate` would stop half-way. */
export class MalformedUpdate extends Error {}

type Struct = Y.Item | Y.GC | Y.Skip
/** Where a struct goes: the path of its parent type and its key there; `null` where Yjs turns it into a GC struct. */
type Place = { parent: Path; key: string | null } | null
type ClientStructs = { structs: Struct[]; next: number }
type Range = { start: number; end: number }

const maxDepth = 64

// A type never moves, so its path is kept as long as the type lives.
const livePaths = new WeakMap<object, Path>()

function pathOfLiveType(type: Y.AbstractType<unknown>): Path {
  let path = livePaths.get(type)
  if (!path) {
    const item = type._item
    path = item === null
      ? [Y.findRootTypeKey(type)]
      : [...pathOfLiveType(item.parent as Y.AbstractType<unknown>), item.parentSub]
    livePaths.set(type, path)
  }
  return path
}

/** The last struct that starts at or before `clock`. */
function structAt(structs: readonly Struct[], clock: number): Struct {
  let low = 0
  let high = structs.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (structs[middle]!.id.clock <= clock) low = middle
    else high = middle - 1
  }
  return structs[low]!
}

const opPath = ({ parent, key }: NonNullable<Place>): Path => key === null ? parent : [...parent, key]

/**
 * Resolves every struct and deletion of a Yjs V1 update to a path of `doc`, before it is applied and without changing `doc`.
 * It mirrors what `Y.applyUpdate` would do, with yjs pinned; `resolve-update.fuzz.test.ts` holds the two together.
 * @throws MalformedUpdate
 */
export function resolveUpdate(doc: Y.Doc, update: Uint8Array): ResolvedUpdate {
  const { structs, ds, sections } = decode(update)
  const { store } = doc
  const resolved: ResolvedUpdate = { ops: [], newClients: new Set(), pending: false, overlaps: false, collected: 0 }
  const clients = groupByClient(structs)
  // Y.applyUpdate would keep a client's last section only.
  if (clients.size !== sections) throw new MalformedUpdate('a client has two sections, or an empty one')

  const knownClocks = new Map<number, number>()
  const known = (client: number) => {
    let clock = knownClocks.get(client)
    if (clock === undefined) knownClocks.set(client, clock = Y.getState(store, client))
    return clock
  }
  const added = new Map<number, number>()
  const state = (client: number) => added.get(client) ?? known(client)
  const places = new Map<Struct, Place>()
  const newTypePaths = new Map<Struct, Path>()
  // Under a key, and longer than the one value that a key has: what was set there again and again, if all of it is deleted.
  const longUnderKey: Y.Item[] = []

  // For ids below `state(id.client)` only.
  const find = (id: Y.ID): Struct =>
    id.clock < known(id.client) ? Y.getItem(store, id) as Struct : structAt(clients.get(id.client)!.structs, id.clock)

  const placeOf = (struct: Struct): Place => {
    if (places.has(struct)) return places.get(struct)!
    if (!(struct instanceof Y.Item)) return null
    return { parent: pathOfLiveType(struct.parent as Y.AbstractType<unknown>), key: struct.parentSub }
  }

  const pathOfTypeAt = (id: Y.ID): Path | null => {
    const struct = find(id)
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return null
    if (!places.has(struct)) return pathOfLiveType(struct.content.type)
    let path = newTypePaths.get(struct)
    if (!path) {
      const place = places.get(struct)
      if (!place) return null
      newTypePaths.set(struct, path = [...place.parent, place.key])
      if (path.length > maxDepth) throw new MalformedUpdate('nested too deeply')
    }
    return path
  }

  // Parent and key come from the left neighbour, else from the right one, else from the struct itself: as in Item.getMissing.
  const place = (item: Y.Item): Place => {
    const left = item.origin && placeOf(find(item.origin))
    const right = item.rightOrigin && placeOf(find(item.rightOrigin))
    if ((item.origin && !left) || (item.rightOrigin && !right)) return null
    if (left || right) return left || right
    const parent = item.parent as string | Y.ID | null
    if (parent === null) throw new MalformedUpdate('a struct has no parent')
    if (typeof parent === 'string') return { parent: [parent], key: item.parentSub }
    const path = pathOfTypeAt(parent)
    return path && { parent: path, key: item.parentSub }
  }

  function missingDependency(item: Y.Item): number | null {
    for (const id of [item.origin, item.rightOrigin, item.parent instanceof Y.ID ? item.parent : null]) {
      if (!id) continue
      const own = id.client === item.id.client
      if (id.clock < (own ? item.id.clock : state(id.client))) continue
      // Y.applyUpdate throws here after having applied what came before.
      if (own) throw new MalformedUpdate('a struct builds on itself or on its future')
      return id.client
    }
    return null
  }

  /** Takes one struct; returns the client it has to wait for, if any. Yjs too checks the dependencies of known structs. */
  function take(struct: Y.Item | Y.GC): number | null {
    const { client, clock } = struct.id
    const have = state(client)
    const waitFor = struct instanceof Y.Item ? missingDependency(struct) : null
    if (waitFor !== null) return waitFor
    if (clock + struct.length <= have) return null
    const where = struct instanceof Y.Item ? place(struct) : null
    places.set(struct, where)
    resolved.overlaps ||= clock < have
    if (where && struct instanceof Y.Item) {
      const overlap = have - clock
      if (overlap > 0 && !startsAs(store.clients.get(client)!, struct, have)) throw new MalformedUpdate('a struct is not what is known of it')
      const content = overlap > 0 ? struct.content.copy().splice(overlap) : struct.content
      resolved.ops.push({ kind: where.key === null ? 'insert' : 'set', path: opPath(where), content })
      if (where.key !== null && struct.length > 1 && !(struct.content instanceof Y.ContentDeleted)) longUnderKey.push(struct)
    } else resolved.collected++
    resolved.newClients.add(client)
    added.set(client, clock + struct.length)
    return null
  }

  const waiting = new Map<number, Set<number>>()
  const queue = [...clients.keys()]
  for (let client = queue.pop(); client !== undefined; client = queue.pop()) {
    const list = clients.get(client)!
    const start = list.next
    for (; list.next < list.structs.length; list.next++) {
      const struct = list.structs[list.next]!
      if (struct instanceof Y.Skip) continue
      if (struct.id.clock > state(client)) break
      const waitFor = take(struct)
      if (waitFor !== null) {
        waiting.set(waitFor, (waiting.get(waitFor) ?? new Set()).add(client))
        break
      }
    }
    if (list.next > start) {
      for (const other of waiting.get(client) ?? []) queue.push(other)
      waiting.delete(client)
    }
  }
  for (const list of clients.values()) resolved.pending ||= list.next < list.structs.length

  const gone = new Map<number, Range[]>()
  for (const [client, ranges] of ds.clients) {
    const live = store.clients.get(client) ?? []
    const merged: Range[] = []
    gone.set(client, merged)
    let last = 0
    for (const { clock, len } of [...ranges].sort((a, b) => a.clock - b.clock)) {
      const end = clock + len
      if (!(len > 0) || !Number.isSafeInteger(end)) throw new MalformedUpdate('a deletion has no length')
      // The same range a hundred thousand times would keep us, and Y.applyUpdate, busy for minutes.
      if (clock < last) throw new MalformedUpdate('deletions overlap')
      if (clock === last && merged.length > 0) merged.at(-1)!.end = end
      else merged.push({ start: clock, end })
      last = end
      if (end > state(client)) resolved.pending = true
      // What this update itself inserts is reported already.
      if (clock >= known(client)) continue
      for (let i = Y.findIndexSS(live, clock); i < live.length && live[i]!.id.clock < end; i++) {
        const struct = live[i]!
        const where = struct.deleted ? null : placeOf(struct)
        if (where && struct instanceof Y.Item) resolved.ops.push({ kind: 'delete', path: opPath(where), content: struct.content })
      }
    }
  }
  // Y.applyUpdate would let it stand; were it cut in two later, one half would outlive the type around it, which throws.
  if (!longUnderKey.every((item) => isWithin(gone.get(item.id.client) ?? [], item))) throw new MalformedUpdate('a key has several values at once')
  return resolved
}

/** Whether all of `item` lies in one of `ranges`, which are in order and do not touch. */
function isWithin(ranges: readonly Range[], { id: { clock }, length }: Y.Item): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ranges[middle]!.end <= clock) low = middle + 1
    else high = middle
  }
  const range = ranges[low]
  return range !== undefined && range.start <= clock && clock + length <= range.end
}

/**
 * Whether `item` begins as the known structs up to the clock `have` do. Y.applyUpdate appends the rest to whatever it knows under
 * these clocks, in another list as well, and throws where that is gone.
 */
function startsAs(known: readonly Struct[], item: Y.Item, have: number): boolean {
  const { client, clock } = item.id
  for (let i = Y.findIndexSS(known as (Y.Item | Y.GC)[], clock); i < known.length && known[i]!.id.clock < have; i++) {
    const part = known[i]!
    if (!(part instanceof Y.Item)) return false
    const follows = (id: Y.ID | null, end: number) => id?.client === client && id.clock === end - 1
    if (part.id.clock < clock ? !follows(item.origin, clock) : part.id.clock > clock ? !follows(part.origin, part.id.clock) : !samePlace(part, item)) return false
  }
  return true
}

/** Whether an integrated item and one as it was sent hang in the same place. */
function samePlace(integrated: Y.Item, sent: Y.Item): boolean {
  if (!Y.compareIDs(integrated.origin, sent.origin)) return false
  if (sent.origin) return true
  if (!Y.compareIDs(integrated.rightOrigin, sent.rightOrigin)) return false
  if (sent.rightOrigin) return true
  const parent = integrated.parent as Y.AbstractType<unknown>
  const named = sent.parent as string | Y.ID | null
  if (integrated.parentSub !== sent.parentSub) return false
  return typeof named === 'string' ? parent._item === null && Y.findRootTypeKey(parent) === named : Y.compareIDs(parent._item?.id ?? null, named)
}

function decode(update: Uint8Array) {
  try {
    return { ...Y.decodeUpdate(update), sections: readVarUint(createDecoder(update)) }
  } catch {
    throw new MalformedUpdate('not a Yjs update')
  }
}

function groupByClient(structs: readonly Struct[]): Map<number, ClientStructs> {
  const clients = new Map<number, ClientStructs>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    const list = clients.get(client)
    if (!(struct.length > 0) || !Number.isSafeInteger(clock + struct.length)) throw new MalformedUpdate('a struct has no length')
    if (list) list.structs.push(struct)
    else clients.set(client, { structs: [struct], next: 0 })
  }
  return clients
}
