import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { randomFrom, seedOf, type Random } from '../../tests/support/random.ts'
import { MalformedUpdate, resolveUpdate, type Op, type ResolvedUpdate } from './resolve-update.ts'

// The resolver says beforehand what Y.applyUpdate will do; here it is asked first, then the update is applied and one looks what
// happened. FUZZ_SEED repeats a run, FUZZ_UPDATES makes it longer.
const seed = seedOf('FUZZ_SEED')
const wanted = Number(process.env.FUZZ_UPDATES ?? 8_000)

const roots = (doc: Y.Doc) => [doc.getMap('map'), doc.getMap('other'), doc.getArray('list'), doc.getText('text'), doc.getXmlFragment('xml')] as const
type AnyType = Y.AbstractType<unknown>

let clientIds = 1
const newDoc = (clientID = clientIds++) => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  roots(doc)
  return doc
}

// ── honest edits ──

const keys = ['a', 'b', 'c', 'd/e', '']

const plain = ({ pick, below }: Random) => pick<unknown>([1, 2.5, `text ${below(99)}`, true, null, { nested: below(9) }, [1, 2], new Uint8Array([7])])

function newType(random: Random, depth = 0): AnyType {
  const { pick, below, chance } = random
  const value = () => depth < 2 && chance(0.35) ? newType(random, depth + 1) : plain(random)
  switch (below(5)) {
    case 0: {
      const map = new Y.Map<unknown>()
      for (let n = below(3); n > 0; n--) map.set(pick(keys), value())
      return map as AnyType
    }
    case 1: return Y.Array.from(Array.from({ length: below(3) }, value) as string[]) as unknown as AnyType
    case 2: return new Y.Text('hello') as AnyType
    case 3: {
      const element = new Y.XmlElement('p')
      element.setAttribute('kept', 'yes')
      element.insert(0, [new Y.XmlText('words')])
      return element as AnyType
    }
    default: return new Y.XmlText('more words') as AnyType
  }
}

function typesIn(doc: Y.Doc): AnyType[] {
  const found: AnyType[] = []
  const visit = (type: AnyType, depth: number) => {
    found.push(type)
    if (depth > 5) return
    const below = (item: Y.Item) => {
      if (!item.deleted && item.content instanceof Y.ContentType) visit(item.content.type as AnyType, depth + 1)
    }
    for (const item of type._map.values()) below(item)
    for (let item = type._start; item; item = item.right) below(item)
  }
  for (const root of roots(doc)) visit(root as AnyType, 0)
  return found
}

function editText(text: Y.Text, { pick, below }: Random) {
  const at = below(text.length + 1)
  const rest = text.length - at
  switch (below(5)) {
    case 0: return rest > 0 && text.delete(at, 1 + below(Math.min(4, rest)))
    case 1: return rest > 0 && text.format(at, 1 + below(rest), { bold: pick([true, null]) })
    case 2: return text.insertEmbed(at, { image: 1 })
    default: return text.insert(at, pick(['x', 'yy', 'zzz', '😀']))
  }
}

function edit(doc: Y.Doc, random: Random) {
  const { pick, below, chance } = random
  const value = () => chance(0.3) ? newType(random) : plain(random)
  doc.transact(() => {
    for (let n = 1 + below(4); n > 0; n--) {
      const type = pick(typesIn(doc))
      if (type instanceof Y.Map) {
        if (chance(0.3)) type.delete(pick(keys))
        else type.set(pick(keys), value())
      } else if (type instanceof Y.Text) editText(type, random)
      else if (type instanceof Y.Array || type instanceof Y.XmlFragment) {
        if (type instanceof Y.XmlElement && chance(0.4)) {
          if (chance(0.3)) type.removeAttribute('kept')
          else type.setAttribute(pick(keys), 'value')
        } else if (chance(0.35) && type.length > 0) {
          const at = below(type.length)
          type.delete(at, 1 + below(Math.min(3, type.length - at)))
        } else if (type instanceof Y.Array) type.insert(below(type.length + 1), [value(), plain(random)].slice(below(2)))
        else type.insert(below(type.length + 1), [chance(0.5) ? new Y.XmlElement('p') : new Y.XmlText('words')])
      }
    }
  })
}

/** Goes on where one stopped: what is appended grows into one struct, of which a part may be known. */
function append(doc: Y.Doc, { pick, below }: Random) {
  const type = pick(typesIn(doc))
  for (let n = 1 + below(4); n > 0; n--) {
    if (type instanceof Y.Text) type.insert(type.length, 'on')
    else if (type instanceof Y.Array) type.push([n, `item ${n}`])
    else if (type instanceof Y.Map) type.set('a', n)
  }
}

// ── what really happens ──

type Path = readonly (string | null)[]
const shown = (path: Path) => JSON.stringify(path)
const pathOfType = (type: AnyType): Path =>
  type._item === null ? [Y.findRootTypeKey(type)] : [...pathOfType(type._item.parent as AnyType), type._item.parentSub]
const pathOfItem = (item: Y.Item): Path =>
  item.parentSub === null ? pathOfType(item.parent as AnyType) : [...pathOfType(item.parent as AnyType), item.parentSub]

/** Bits that are flipped may make a number one that JSON does not have. */
const json = (value: unknown) => JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))

/** Every value of a content by itself: Yjs may cut a content in two while it applies it. */
function values(content: Y.Item['content']): string[] {
  if (content instanceof Y.ContentAny) return content.arr.map((value) => `any ${json(value)}`)
  if (content instanceof Y.ContentString) return [...Array(content.str.length).keys()].map((at) => `unit ${/[\ud800-\udfff\ufffd]/.test(content.str[at]!) ? 'half' : content.str[at]}`)
  if (content instanceof Y.ContentDeleted) return Array<string>(content.len).fill('deleted')
  if (content instanceof Y.ContentType) return [`type ${content.type.constructor.name}`]
  if (content instanceof Y.ContentFormat) return [`format ${content.key} ${json(content.value)}`]
  return [`${content.constructor.name} ${json(content.getContent())}`]
}

/** `crossed`: something hangs in the list of another parent than its own. */
type Happened = { inserted: string[]; deleted: Set<string>; clients: Set<number>; collected: boolean; pending: boolean; crossed: boolean }

/** Applies an update and says what it did to the document, looked up before garbage is collected. */
function apply(doc: Y.Doc, update: Uint8Array): Happened {
  const happened: Happened = { inserted: [], deleted: new Set(), clients: new Set(), collected: false, pending: false, crossed: false }
  const look = ({ beforeState, afterState, deleteSet }: Y.Transaction) => {
    const structsFrom = (client: number, clock: number) => {
      const structs = doc.store.clients.get(client)!
      return structs.slice(Y.findIndexSS(structs, clock))
    }
    for (const [client, end] of afterState) {
      const before = beforeState.get(client) ?? 0
      if (end <= before) continue
      happened.clients.add(client)
      for (const struct of structsFrom(client, before)) {
        if (struct instanceof Y.Item) {
          happened.inserted.push(...values(struct.content).map((value) => `${shown(pathOfItem(struct))} ${value}`))
          if (struct.left && struct.left.parent !== struct.parent) happened.crossed = true
        } else happened.collected = true
      }
    }
    for (const [client, ranges] of deleteSet.clients) {
      const before = beforeState.get(client) ?? 0
      for (const { clock, len } of ranges) {
        if (clock >= before) continue
        for (const struct of structsFrom(client, clock)) {
          if (struct.id.clock >= clock + len) break
          if (struct instanceof Y.Item && struct.id.clock < before) happened.deleted.add(shown(pathOfItem(struct)))
        }
      }
    }
  }
  doc.on('afterTransaction', look)
  try {
    Y.applyUpdate(doc, update)
  } finally {
    doc.off('afterTransaction', look)
  }
  happened.pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
  return happened
}

const isPrefix = (prefix: Path, path: Path) => prefix.length <= path.length && prefix.every((step, at) => step === path[at])

function compare(resolved: ResolvedUpdate, happened: Happened) {
  const writes = resolved.ops.filter(({ kind }) => kind !== 'delete')
  const told = (ops: Op[]) => ops.flatMap(({ path, content }) => values(content).map((value) => `${shown(path)} ${value}`))
  expect(told(writes).sort().join('\n'), 'what is written, and where').toBe(happened.inserted.sort().join('\n'))
  const undone = resolved.ops.filter(({ kind, path }) => kind === 'delete' && !happened.deleted.has(shown(path)))
  expect(undone, 'deletions that were told did not happen').toEqual([])
  // What lies below a path that is set or deleted goes with it, unlisted.
  const untold = [...happened.deleted].filter((deleted) => !resolved.ops.some(({ path }) => isPrefix(path, JSON.parse(deleted) as Path)))
  expect(untold, 'deleted, and nothing that was told covers it').toEqual([])
  expect(resolved.pending, 'something waits for what is missing').toBe(happened.pending)
  expect(resolved.newClients, 'clients that add something').toEqual(happened.clients)
  expect(happened.crossed, 'something was written beside its place').toBe(false)
  expect(resolved.collected > 0, 'something is collected as it comes').toBe(happened.collected)
}

const copyOf = (doc: Y.Doc) => {
  const copy = newDoc(0)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const counts = { checked: 0, written: 0, deleted: 0, pending: 0, collected: 0, malformed: 0 }

/** Resolves and applies to a copy; `null` where the resolver refuses to. */
function check(live: Y.Doc, update: Uint8Array): ResolvedUpdate | null {
  const doc = copyOf(live)
  const before = Y.encodeStateAsUpdate(doc)
  const rootsBefore = doc.share.size
  let resolved: ResolvedUpdate | null = null
  try {
    resolved = resolveUpdate(doc, update)
  } catch (error) {
    if (!(error instanceof MalformedUpdate)) throw error
  }
  counts.checked++
  expect(doc.share.size, 'resolving made a root').toBe(rootsBefore)
  if (counts.checked % 10 === 0) expect(Y.encodeStateAsUpdate(doc), 'resolving changed the document').toEqual(before)
  if (!resolved) {
    counts.malformed++
    return null
  }
  compare(resolved, apply(doc, update))
  counts.written += resolved.ops.filter(({ kind }) => kind !== 'delete').length
  counts.deleted += resolved.ops.filter(({ kind }) => kind === 'delete').length
  counts.pending += Number(resolved.pending)
  counts.collected += Number(resolved.collected > 0)
  return resolved
}

// ── clients that go on, out of step, against one server ──

type Client = { doc: Y.Doc; unsent: Uint8Array[]; undo: Y.UndoManager }

function newClient(clientID?: number): Client {
  const doc = newDoc(clientID)
  const unsent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') unsent.push(update)
  })
  return { doc, unsent, undo: new Y.UndoManager([...roots(doc)] as AnyType[], { captureTimeout: 0 }) }
}

/** Something that a client may send: in order or not, one or several together, whole or cut anywhere. */
function outgoing({ doc, unsent }: Client, server: Y.Doc, sent: Uint8Array[], { below, chance, pick }: Random): Uint8Array | undefined {
  switch (below(8)) {
    case 0: case 1: case 2: return unsent.shift()
    case 3: return unsent.splice(below(unsent.length || 1), 1)[0]
    case 4: {
      const group = unsent.splice(below(unsent.length || 1), 1 + below(4))
      return group.length > 0 ? Y.mergeUpdates(group) : undefined
    }
    case 5: return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
    case 6: return Y.encodeStateAsUpdate(doc)
    default: {
      const vector = Y.decodeStateVector(Y.encodeStateVector(server))
      for (const [client, clock] of vector) if (chance(0.5)) vector.set(client, Math.max(0, clock + below(7) - 3))
      const part = Y.diffUpdate(Y.encodeStateAsUpdate(doc), Y.encodeStateVector(vector))
      return sent.length > 0 && chance(0.3) ? Y.mergeUpdates([part, pick(sent)]) : part
    }
  }
}

function mutate(update: Uint8Array, { below, chance }: Random): Uint8Array {
  const mutated = update.slice()
  for (let n = 1 + below(3); n > 0; n--) {
    const at = below(mutated.length)
    mutated[at] = chance(0.5) ? below(256) : mutated[at]! ^ (1 << below(8))
  }
  return mutated
}

/** One server with four clients for a while; `forked`: two of them carry the same id, and so say different things with the same clocks. */
function conversation(random: Random, { forked, mutated, until }: { forked: boolean; mutated: boolean; until: number }) {
  const { below, chance, pick } = random
  const server = newDoc()
  const clients = Array.from({ length: 4 }, () => newClient())
  if (forked) clients.push(newClient(clients[0]!.doc.clientID), newClient(clients[1]!.doc.clientID))
  const sent: Uint8Array[] = []
  for (let step = 0; step < 80 && counts.checked < until; step++) {
    const at = below(clients.length)
    const client = clients[at]!
    for (let n = below(4); n > 0; n--) {
      if (chance(0.12)) client.undo[chance(0.6) ? 'undo' : 'redo']()
      else if (forked && chance(0.6)) append(client.doc, random)
      else edit(client.doc, random)
    }
    // Two forks would not understand each other: the one's changes are the other's unknown past.
    if (!forked && chance(0.25)) {
      try {
        Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(pick(clients).doc), chance(0.5) ? 'server' : 'another tab')
      } catch (error) {
        // Yjs stops at a struct of which it has the beginning as garbage, inside something that it keeps to undo. Only clients keep
        // things, and only from each other do they get such a struct; the page would be loaded again.
        if (!(error instanceof TypeError)) throw error
        clients[at] = newClient()
        continue
      }
    }
    if (!forked && chance(0.5)) Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(client.doc)), 'server')
    const update = outgoing(client, server, sent, random)
    if (!update) continue
    sent.push(update)
    if (sent.length > 60) sent.shift()
    if (mutated) check(server, mutate(update, random))
    const resolved = check(server, update)
    if (!forked) expect(resolved, 'an honest update is never malformed').not.toBeNull()
    // As the gate does: what is pending is never let in.
    if (resolved && !resolved.pending) Y.applyUpdate(server, update)
  }
}

test.each([
  ['honest updates', { forked: false, mutated: false, share: 0.5 }],
  ['updates with bits flipped', { forked: false, mutated: true, share: 0.3 }],
  ['updates of two that carry the same client id', { forked: true, mutated: false, share: 0.2 }],
])(`what the resolver says of %s is what applying them does (FUZZ_SEED=${seed})`, (name, { share, ...kind }) => {
  const random = randomFrom(seed)
  const until = counts.checked + wanted * share
  while (counts.checked < until) conversation(random, { ...kind, until })
  expect(counts.written).toBeGreaterThan(0)
  expect(counts.deleted).toBeGreaterThan(0)
  console.log(name, JSON.stringify(counts))
}, 600_000)
