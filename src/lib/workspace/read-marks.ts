import type { Comment } from '#lib/board/comments.ts'
import type { ActorId } from '#lib/board/ids.ts'
import { includesMark, isNew, markSeen, mergeMarks, nothingSeen, readMark, sameMark, type ReadMark } from '#lib/board/read-mark.ts'
import { Signals } from './signals.ts'

type Written = Pick<Comment, 'id' | 'by' | 'createdAt'>

/** What the server knows; each rejects where it cannot be asked. */
export type MarksOnServer = {
  list(): Promise<{ since: number; marks: Record<string, unknown> }>
  find(doc: string): Promise<unknown>
  put(doc: string, mark: ReadMark): Promise<unknown>
}

/** What this device keeps, shared by its pages. */
export type MarksOnDevice = { read(): unknown; write(kept: Kept): void; watch(changed: () => void): () => void }

type Kept = { since: number | null; marks: Record<string, ReadMark>; waiting: string[] }

const tellAfterMs = 1_000
const mostKept = 500

/** What one has seen of the comments on missions and docs, here and on one's other devices; kept without the network, and told when it is back. */
export class ReadMarks {
  readonly #me: ActorId
  readonly #server: MarksOnServer
  readonly #device: MarksOnDevice
  #signals = new Signals<string>()
  #marks = new Map<string, ReadMark>()
  #waiting = new Set<string>()
  /** What was said before is no news; `null` until the server or this device said when that was. */
  #since: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #unwatch = () => {}

  constructor(me: ActorId, server: MarksOnServer, device: MarksOnDevice) {
    this.#me = me
    this.#server = server
    this.#device = device
  }

  /** Begins with what this device keeps; the answer ends it. */
  open(): () => void {
    this.#readKept()
    this.#unwatch = this.#device.watch(() => this.#readKept())
    return () => {
      this.#unwatch()
      if (this.#timer) void this.#tell()
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  /** Whether it is known at all what was seen. */
  get known(): boolean {
    this.#signals.track('known')
    return this.#since !== null
  }

  /** What was seen in a document; whoever reads it is rendered again when it is more. */
  of(doc: string): ReadMark {
    this.#signals.track(doc)
    return this.#now(doc)
  }

  /** Whether a comment is news to us. */
  isNew(doc: string, comment: Written): boolean {
    this.#signals.track('known')
    return this.#since !== null && isNew(comment, this.of(doc), this.#me)
  }

  /** These comments, of all those of a document, were seen just now. */
  see(doc: string, comments: readonly Written[], ids: ReadonlySet<string>) {
    if (!this.#take(doc, markSeen(this.#now(doc), comments, ids))) return
    this.#waiting.add(doc)
    this.#keep()
    this.#timer ??= setTimeout(() => void this.#tell(), tellAfterMs)
  }

  /** Asks what other devices have seen, and tells what waits here. */
  async sync(): Promise<void> {
    try {
      const { since, marks } = await this.#server.list()
      const first = this.#since === null
      this.#since = since
      for (const [doc, value] of Object.entries(marks)) this.#join(doc, value)
      if (first) this.#signals.changed('known')
      this.#keep()
      await this.#tell()
    } catch {
      // Without the server this device's word counts; it is asked again when it can be reached.
    }
  }

  /** Asks for all that was seen of one document: the list has the newest only. */
  async look(doc: string): Promise<void> {
    try {
      this.#join(doc, await this.#server.find(doc))
      this.#keep()
    } catch {
      // As above.
    }
  }

  /** So much is known on the server: what is part of it need not be told from here any more. */
  hear(doc: string, mark: ReadMark) {
    const own = this.#marks.get(doc)
    if (own && includesMark(mark, own)) this.#waiting.delete(doc)
    this.#join(doc, mark)
    this.#keep()
  }

  #now(doc: string): ReadMark {
    const mark = this.#marks.get(doc) ?? nothingSeen
    return (this.#since ?? 0) > mark.since ? { ...mark, since: this.#since ?? 0 } : mark
  }

  #join(doc: string, value: unknown) {
    const mark = readMark(value)
    if (mark) this.#take(doc, mergeMarks(this.#marks.get(doc) ?? nothingSeen, mark))
  }

  #take(doc: string, mark: ReadMark): boolean {
    const before = this.#marks.get(doc) ?? nothingSeen
    if (sameMark(before, mark)) return false
    // At the end: the ones that were looked at last are the ones to keep.
    this.#marks.delete(doc)
    this.#marks.set(doc, mark)
    this.#signals.changed(doc)
    return true
  }

  async #tell() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const doc of [...this.#waiting]) {
      const told = this.#marks.get(doc)
      if (!told) continue
      try {
        this.#join(doc, await this.#server.put(doc, told))
        this.#waiting.delete(doc)
      } catch {
        return
      }
    }
    this.#keep()
  }

  #readKept() {
    const kept = this.#device.read()
    if (typeof kept !== 'object' || kept === null) return
    const { since, marks, waiting } = kept as Record<string, unknown>
    if (typeof marks === 'object' && marks !== null) for (const [doc, value] of Object.entries(marks)) this.#join(doc, value)
    if (Array.isArray(waiting)) for (const doc of waiting) if (typeof doc === 'string') this.#waiting.add(doc)
    if (typeof since === 'number' && this.#since === null) {
      this.#since = since
      this.#signals.changed('known')
    }
  }

  #keep() {
    const newest = [...this.#marks].slice(-mostKept)
    this.#device.write({ since: this.#since, marks: Object.fromEntries(newest), waiting: [...this.#waiting] })
  }
}
