import * as Y from 'yjs'
import type { RunId } from '#lib/board/ids.ts'
import { draftOf, entriesOf, readEntries, type LogEntry } from '#lib/board/run-document.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { runDocument } from '#lib/sync/document-names.ts'
import { Signals } from '#lib/workspace/signals.ts'

/** `epoch` counts how often the text was changed other than by adding to its end. */
type DraftText = { text: string; epoch: number }

/** A run's document as components read it: its log, and its draft no more than once for each frame that is drawn. */
export class LiveRun {
  readonly id: RunId
  #signals = new Signals<'ready' | 'entries' | 'draft'>()
  #ready = false
  #entries: readonly LogEntry[] = []
  #seen = -1
  #draft: DraftText = { text: '', epoch: 0 }
  #shown = this.#draft
  #frame = 0

  constructor(id: RunId) {
    this.id = id
  }

  /** Goes live; the answer ends it. */
  open(connection: Connection): () => void {
    const document = connection.open(runDocument(this.id))
    let unobserve = this.#observe(document.doc)
    const changed = () => {
      if (this.#ready === document.ready) return
      this.#ready = document.ready
      this.#seen = this.#entries.at(-1)?.seq ?? -1
      this.#signals.changed('ready')
    }
    const replaced = () => {
      unobserve()
      unobserve = this.#observe(document.doc)
    }
    document.on('change', changed)
    document.on('replaced', replaced)
    changed()
    return () => {
      unobserve()
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
      document.off('change', changed)
      document.off('replaced', replaced)
      connection.close(document)
    }
  }

  get ready(): boolean {
    this.#signals.track('ready')
    return this.#ready
  }

  get entries(): readonly LogEntry[] {
    this.#signals.track('entries')
    return this.#entries
  }

  get draft(): DraftText {
    this.#signals.track('draft')
    return this.#shown
  }

  /** Whether an entry was written while we watched, not before. */
  isNew = (entry: LogEntry) => this.#ready && entry.seq > this.#seen

  #observe(doc: Y.Doc) {
    const entries = entriesOf(doc)
    const draft = draftOf(doc)
    const onEntries = (event?: Y.YArrayEvent<unknown>) => {
      const added = event && appended(event.delta, this.#entries.length)
      this.#entries = Array.isArray(added) && added.every(isEntry) ? [...this.#entries, ...added] : readEntries(doc)
      this.#signals.changed('entries')
    }
    const onDraft = (event?: Y.YTextEvent) => {
      const { text, epoch } = this.#draft
      const added = event && appended(event.delta, text.length)
      this.#draft = typeof added === 'string' ? { text: text + added, epoch } : { text: draft.toString(), epoch: epoch + 1 }
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0
        this.#shown = this.#draft
        this.#signals.changed('draft')
      })
    }
    entries.observe(onEntries)
    draft.observe(onDraft)
    onEntries()
    onDraft()
    return () => {
      entries.unobserve(onEntries)
      draft.unobserve(onDraft)
    }
  }
}

type Delta = { retain?: number; insert?: unknown; delete?: number }[]

/** What a change put at the end of what had this length; `null` when it did anything else. */
function appended(delta: Delta, length: number): unknown {
  const [first, second, ...rest] = delta
  if (rest.length > 0) return null
  if (length === 0) return second ? null : first?.insert
  return first?.retain === length ? second?.insert : null
}

const isEntry = (value: unknown): value is LogEntry =>
  typeof value === 'object' && value !== null && typeof (value as LogEntry).seq === 'number' && typeof (value as LogEntry).at === 'number'
  && typeof (value as LogEntry).text === 'string' && typeof (value as LogEntry).kind === 'string'
