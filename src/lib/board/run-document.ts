import * as Y from 'yjs'
import type { EntryData } from './run-record.ts'
import { instant } from './board-document.ts'

/** The roots of `run/<id>`. */
export const runRoots = ['state', 'entries', 'draft'] as const

export const runStateOf = (doc: Y.Doc) => doc.getMap<unknown>('state')
export const entriesOf = (doc: Y.Doc) => doc.getArray<unknown>('entries')
export const draftOf = (doc: Y.Doc) => doc.getText('draft')

export const entryKinds = ['step', 'read', 'found', 'wrote', 'said', 'call', 'result', 'ask', 'usage', 'warning', 'error'] as const
export type EntryKind = (typeof entryKinds)[number]

/** So many of the newest entries stay in the document, and less where they are long: `tailCharacters` of text and data. */
export const [tailLength, tailCharacters] = [500, 2_000_000]

/** One line of a run's log. `seq` counts from 0, one by one, and is given by the one writer; `at` is epoch milliseconds; `text` alone can be read, `data` is what lies behind it. */
export type LogEntry = { seq: number; at: number; kind: EntryKind; text: string; data?: EntryData }

/** The live tail of the log, in the order of `seq`: the newest `tailLength` entries, and what is about to leave. What came before are rows of the server's. */
export function readEntries(doc: Y.Doc): LogEntry[] {
  const entries: LogEntry[] = []
  for (const value of entriesOf(doc).toArray()) {
    const entry = readEntry(value)
    if (entry) entries.push(entry)
  }
  return entries
}

/** The newest entry, without reading the others. */
export function lastEntry(doc: Y.Doc): LogEntry | null {
  const entries = entriesOf(doc)
  return entries.length > 0 ? readEntry(entries.get(entries.length - 1)) : null
}

/** `null` for what is no entry. */
export function readEntry(value: unknown): LogEntry | null {
  if (typeof value !== 'object' || value === null) return null
  const { seq, at, kind, text, data } = value as Record<string, unknown>
  if (typeof seq !== 'number' || typeof text !== 'string') return null
  const known = readData(data)
  return { seq, at: instant(at) ?? 0, kind: entryKinds.find((each) => each === kind) ?? 'step', text, ...known && { data: known } }
}

/** Data of other shapes than we know is an agent's own affair, and not shown. */
function readData(value: unknown): EntryData | null {
  if (typeof value !== 'object' || value === null) return null
  const data = value as Record<string, unknown>
  const texts = (...names: string[]) => names.every((name) => typeof data[name] === 'string')
  const counts = (...names: string[]) => names.every((name) => typeof data[name] === 'number')
  const fits = data.of === 'call' ? texts('call', 'tool', 'args')
    : data.of === 'result' ? texts('call', 'tool', 'result') && counts('ms') && typeof data.ok === 'boolean'
    : data.of === 'usage' ? texts('model') && counts('inputTokens', 'outputTokens', 'ms')
    : data.of === 'ask' && texts('askId', 'kind')
  return fits ? data as EntryData : null
}

export const appendEntries = (doc: Y.Doc, entries: readonly LogEntry[]) =>
  doc.transact(() => entriesOf(doc).push([...entries]))

export const appendDraft = (doc: Y.Doc, text: string) =>
  doc.transact(() => draftOf(doc).insert(draftOf(doc).length, text))
