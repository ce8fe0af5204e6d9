import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { commentsOf } from '#lib/board/mission-document.ts'
import { replayStored } from '../../server/admin/stored-document.ts'

/** What an edit left in its document: structs of a client up to a clock, and a comment that is gone. */
export type Edit = { document: string; client: number; clock: number; gone: string | null }

/** What was written on one device, and what of it the person there saw acknowledged. */
export class Ledger {
  made = 0
  readonly acknowledged = new Map<string, Edit[]>()
  #waiting = new Map<string, Edit[]>()

  note(edit: Edit) {
    this.made++
    const waiting = this.#waiting.get(edit.document) ?? []
    this.#waiting.set(edit.document, waiting)
    waiting.push(edit)
  }

  /** Nothing of this document waits any more. */
  acknowledge(document: string) {
    const waiting = this.#waiting.get(document)
    if (!waiting) return
    this.#waiting.delete(document)
    this.acknowledged.set(document, [...this.acknowledged.get(document) ?? [], ...waiting])
  }

  /** What waits in this document was refused: nobody was told that it is saved. */
  giveUp(document: string) {
    this.#waiting.delete(document)
  }

  get count() {
    return [...this.acknowledged.values()].reduce((sum, edits) => sum + edits.length, 0)
  }
}

const isIn = (doc: Y.Doc, { client, clock, gone }: Edit) =>
  Y.getState(doc.store, client) >= clock && (gone === null || !commentsOf(doc).has(gone))

/** A document as the database has it. A compaction may be under way: both of what it replaces and what replaces it are read at once. */
export function storedNow(sqlite: DatabaseSync, document: string): Y.Doc {
  sqlite.exec('begin')
  try {
    return replayStored(sqlite, document)
  } finally {
    sqlite.exec('commit')
  }
}

/** The acknowledged edits that are not in the database. */
export function lostFrom(sqlite: DatabaseSync, ledgers: readonly Ledger[], only?: string): Edit[] {
  const documents = only ? [only] : [...new Set(ledgers.flatMap((ledger) => [...ledger.acknowledged.keys()]))]
  return documents.flatMap((document) => {
    const doc = storedNow(sqlite, document)
    const lost = ledgers.flatMap((ledger) => (ledger.acknowledged.get(document) ?? []).filter((edit) => !isIn(doc, edit)))
    doc.destroy()
    return lost
  })
}
