import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { applyStored } from '../store/replay.ts'
import { sqliteUpdateLog } from '../store/sqlite-update-log.ts'

/** So many documents that somebody writes in stay open, of so many bytes in all, as they are stored, and so long after the last change. */
const [mostKept, mostKeptBytes, keptMs] = [200, 16_000_000, 60_000]

/** What was made of the parts of a document, each until it is not as it was. */
export type Made = {
  /** Of each entry of a map. */
  entries<Value, T>(root: Y.Map<Value>, make: (id: string) => T): T[]
  /** Of each child of a text. */
  children<T>(root: Y.XmlElement, make: (child: unknown) => T): T[]
}

/** `seen` is for whoever reads it: what was made of it as a whole the last time. */
export type KeptDocument<Seen = unknown> = { doc: Y.Doc; made: Made; seen: Seen | null }
type Kept<Seen> = KeptDocument<Seen> & { seq: number; bytes: number; until: number }

function remembering(): Made {
  const all = new Map<unknown, Map<unknown, unknown>>()

  /** The part of `root` that something inside is in. */
  function partOf(root: unknown, inside: Y.AbstractType<unknown>): Y.AbstractType<unknown> {
    let part = inside
    while (part.parent !== null && part.parent !== root) part = part.parent as Y.AbstractType<unknown>
    return part
  }
  function knownOf(root: Y.Map<unknown> | Y.XmlElement) {
    const known = all.get(root)
    if (known) return known
    const fresh = new Map<unknown, unknown>()
    all.set(root, fresh)
    root.observeDeep((events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) {
        if (event.target !== root as unknown) fresh.delete(root instanceof Y.Map ? event.path[0] : partOf(root, event.target))
        else if (event instanceof Y.YMapEvent) for (const id of event.keysChanged) fresh.delete(id)
      }
    })
    return fresh
  }
  function of<T>(root: Y.Map<unknown> | Y.XmlElement, parts: readonly unknown[], make: (part: never) => T): T[] {
    const known = knownOf(root) as Map<unknown, T>
    const made = parts.map((part): [unknown, T] => [part, known.get(part) ?? make(part as never)])
    known.clear()
    for (const [part, value] of made) known.set(part, value)
    return made.map(([, value]) => value)
  }
  return {
    entries: (root, make) => of(root as Y.Map<unknown>, [...root.keys()], make),
    children: (root, make) => of(root, root.toArray(), make),
  }
}

/**
 * Reads documents from the log, over a connection that only reads. Those that change stay open for a while: of the next change only that is
 * read and looked at, however much the document holds.
 */
export function keptDocuments<Seen>(database: DatabaseSync, now: () => number) {
  const log = sqliteUpdateLog(database)
  const kept = new Map<string, Kept<Seen>>()

  function forget(name: string) {
    kept.get(name)?.doc.destroy()
    kept.delete(name)
  }

  /** The least recently changed goes first. */
  function tidy() {
    let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0)
    for (const [name, each] of kept) {
      if (kept.size <= mostKept && bytes <= mostKeptBytes && each.until > now()) break
      bytes -= each.bytes
      forget(name)
    }
  }

  return {
    /** As everything that was acknowledged made it, for as long as nothing else is asked. */
    async open(name: string): Promise<KeptDocument<Seen>> {
      const before = kept.get(name)
      const stored = await log.load(name, before?.seq)
      // A snapshot holds what was kept, too: another document begins with it. To draw an id for it takes longer than to read a small one.
      const document = before && !stored?.snapshot ? before : { doc: new Y.Doc({ guid: name }), made: remembering(), seen: null, seq: -1, bytes: 0, until: 0 }
      if (stored) applyStored(document.doc, stored)
      const read = [stored?.snapshot ?? [], ...stored?.updates ?? []].reduce((sum, { length }) => sum + length, 0)
      if (before !== document) before?.doc.destroy()
      kept.delete(name)
      kept.set(name, Object.assign(document, { seq: stored?.lastSeq ?? document.seq, bytes: document.bytes + read, until: now() + keptMs }))
      tidy()
      return document
    },
    /** Read as a whole the next time. */
    forget,
  }
}
