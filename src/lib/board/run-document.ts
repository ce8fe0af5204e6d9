import * as Y from 'yjs'
import { instant } from './board-document.ts'

/** The roots of `run/<id>`. */
export const runRoots = ['state', 'entries', 'draft'] as const

export const runStateOf = (doc: Y.Doc) => doc.getMap<unknown>('state')
export const entriesOf = (doc: Y.Doc) => doc.getArray<unknown>('entries')
export const draftOf = (doc: Y.Doc) => doc.getText('draft')

export const entryKinds = ['step', 'read', 'found', 'wrote', 'warning', 'error'] as const
export type EntryKind = (typeof entryKinds)[number]

/** One line of a run's log. `seq` counts from 0 and is given by the one writer; `at` is epoch milliseconds. */
export type LogEntry = { seq: number; at: number; kind: EntryKind; text: string }

/** The live tail of the log, in the order of `seq`. */
export function readEntries(doc: Y.Doc): LogEntry[] {
  const entries: LogEntry[] = []
  for (const value of entriesOf(doc).toArray()) {
    if (typeof value !== 'object' || value === null) continue
    const { seq, at, kind, text } = value as Record<string, unknown>
    if (typeof seq !== 'number' || typeof text !== 'string') continue
    entries.push({ seq, at: instant(at) ?? 0, kind: entryKinds.find((known) => known === kind) ?? 'step', text })
  }
  return entries
}

export const appendEntries = (doc: Y.Doc, entries: readonly LogEntry[]) =>
  doc.transact(() => entriesOf(doc).push([...entries]))

export const appendDraft = (doc: Y.Doc, text: string) =>
  doc.transact(() => draftOf(doc).insert(draftOf(doc).length, text))
