import { breather } from '../../../files/extract/breather.ts'
import { decodeText } from '../../../files/extract/encoding.ts'
import { extractMarkdown } from '../../../files/extract/extract-markdown.ts'
import { extractText } from '../../../files/extract/extract-text.ts'
import { countWords, type ExtractedText, type Passage } from '../../../files/extract/extracted-text.ts'
import type { TextPart } from '../../../files/extract/file-text.ts'
import { fileKind, type FileKind } from '../../../files/extract/file-kind.ts'
import { readTable } from '../../../files/extract/read-table.ts'
import { orAborted, startOf } from '../../../files/extract/stored-file.ts'
import type { Attachment, RunOutput } from '../../engine.ts'
import { counted } from '#lib/wording.ts'
import { spokenNumber } from '../../look/numbers.ts'
import { readSentences, type Sentence } from './rank-sentences.ts'
import { SideJobFailed, type SideThread } from '../../beside/side-thread.ts'
import { tableProfiler, type TableProfile } from './table-profile.ts'

/** What came out of one attachment. `file` is its name as the digest calls it; `notes` and `reason` continue a sentence that begins with it. */
export type Reading =
  | { kind: 'document'; file: string; text: ExtractedText; sentences: Sentence[]; notes: string[] }
  | { kind: 'table'; file: string; profile: TableProfile; notes: string[] }
  | { kind: 'declined'; file: string; reason: string }

const headBytes = 64 * 1024
const mostTextBytes = 4 * 1024 * 1024
const mostPdfBytes = 200 * 1024 * 1024

/**
 * Reads one attachment and says in the log what was found: a workbook gives a reading for each of its sheets. Throws only the
 * signal's reason: whatever else is wrong becomes a reason.
 */
export async function readAttachment(
  attachment: Attachment,
  file: string,
  output: RunOutput,
  beside: SideThread,
  signal: AbortSignal,
): Promise<Reading[]> {
  try {
    const readings = await read(attachment, file, beside, signal)
    for (const each of readings) await output.log(each.kind === 'declined' ? 'warning' : 'read', spokenReading(each))
    return readings
  } catch (error) {
    signal.throwIfAborted()
    const reason = 'could not be read: its content did not arrive'
    await output.log('error', `${file} ${reason} (${error instanceof Error ? error.message : 'unknown error'}).`)
    return [{ kind: 'declined', file, reason }]
  }
}

async function read(attachment: Attachment, file: string, beside: SideThread, signal: AbortSignal): Promise<Reading[]> {
  const { bytes: head } = await startOf(attachment, headBytes, signal)
  const found = await fileKind(head, attachment.name, attachment.type)
  if (found.kind !== 'declined') {
    // The server knows more encodings than can be told here.
    const stored = found.kind !== 'pdf' && found.encoding === 'windows-1252' ? await readStored(attachment, file, signal) : null
    return stored?.every(({ kind }) => kind !== 'declined') ? stored : [await readKnown(attachment, file, found, beside, signal)]
  }
  return (found.data ? null : await readStored(attachment, file, signal)) ?? [{ kind: 'declined', file, reason: found.reason }]
}

async function readKnown(attachment: Attachment, file: string, found: Exclude<FileKind, { kind: 'declined' }>, beside: SideThread, signal: AbortSignal): Promise<Reading> {
  const notes = found.surprise ? [found.surprise] : []
  if (found.kind === 'table') {
    let profiler = tableProfiler(found.delimiter)
    const outcome = await readTable(
      attachment,
      found,
      () => {
        profiler = tableProfiler(found.delimiter)
        return profiler.sink
      },
      signal,
    )
    return outcome.ok
      ? { kind: 'table', file, profile: profiler.finish(), notes: [...notes, ...outcome.notes] }
      : { kind: 'declined', file, reason: outcome.reason }
  }
  if (found.kind === 'pdf') {
    if (attachment.size > mostPdfBytes)
      return { kind: 'declined', file, reason: `is larger than the ${mostPdfBytes / 1024 / 1024} MB this engine takes of a PDF` }
    const bytes = await orAborted(attachment.read(), signal)
    const text = await beside.run('extractPdf', bytes).catch((error: unknown) => {
      if (error instanceof SideJobFailed) return { ok: false as const, reason: `could not be opened as a PDF: ${error.message}` }
      throw error
    })
    return text.ok ? await document(file, text, notes, signal) : { kind: 'declined', file, reason: text.reason }
  }
  const { bytes, cut } = await startOf(attachment, mostTextBytes, signal)
  const { text } = decodeText(bytes, found.encoding)
  if (cut) notes.push(`was read up to its first ${mostTextBytes / 1024 / 1024} MB`)
  return document(file, found.kind === 'markdown' ? extractMarkdown(text) : extractText(text), notes, signal)
}

/** What the server read in a file of a kind that is not read here, such as a Word document; `null` where it holds no text. */
async function readStored(attachment: Attachment, file: string, signal: AbortSignal): Promise<Reading[] | null> {
  const stored = (await attachment.text?.()) ?? null
  if (!stored) return null
  if (!stored.ok) return [{ kind: 'declined', file, reason: stored.reason }]
  const { parts, pages, notes } = stored.text
  const readings: Reading[] = []
  const passages: Passage[] = []
  const tables = parts.filter((part) => part.kind === 'table')
  for (const part of parts) {
    if (part.kind === 'text') passages.push(...passagesOf(part, passages.length))
    else readings.push(await storedTable(part, tables.length === 1 ? file : `${file}, “${part.title ?? 'table'}”`, notes, signal))
  }
  const told = passages.length > 0 ? extractMarkdown(parts.flatMap((part) => (part.kind === 'text' ? [part.markdown] : [])).join('\n\n')).notes : []
  if (passages.length > 0) readings.push(await document(file, { ok: true, passages, words: countWords(passages), pages, notes: [...notes, ...told] }, [], signal))
  return readings
}

/** Lines of the text that was made of a document are nowhere to be found in it: its paragraphs are counted. */
const passagesOf = (part: Extract<TextPart, { kind: 'text' }>, before: number): Passage[] =>
  extractMarkdown(part.markdown).passages.map(({ text, place }, index) => ({
    text,
    place: part.page !== null ? { page: part.page } : { heading: 'heading' in place ? place.heading : null, paragraph: before + index + 1 },
  }))

async function storedTable(part: Extract<TextPart, { kind: 'table' }>, file: string, notes: string[], signal: AbortSignal): Promise<Reading> {
  const bytes = new TextEncoder().encode(part.csv)
  const content = {
    name: file, type: 'text/csv', size: bytes.length,
    read: async () => bytes,
    stream: async () => new Blob([bytes]).stream(),
  }
  let profiler = tableProfiler(',')
  const begin = () => (profiler = tableProfiler(',')).sink
  const outcome = await readTable(content, { encoding: 'utf-8', delimiter: ',' }, begin, signal)
  return outcome.ok ? { kind: 'table', file, profile: profiler.finish(), notes: [...notes, ...outcome.notes] } : { kind: 'declined', file, reason: outcome.reason }
}

async function document(file: string, text: ExtractedText, notes: string[], signal: AbortSignal): Promise<Reading> {
  const sentences = await readSentences(text.passages, breather(signal))
  if (sentences.length === 0) return { kind: 'declined', file, reason: 'holds no sentence that could be quoted' }
  return { kind: 'document', file, text, sentences, notes: [...notes, ...text.notes] }
}

/** `report.pdf: 3 pages, 1,204 words`. */
export function sizeOf(reading: Exclude<Reading, { kind: 'declined' }>): string {
  if (reading.kind === 'table') return `${counted(reading.profile.rows, 'row')} of ${counted(reading.profile.allColumns, 'column')}`
  const { pages, words } = reading.text
  return `${pages === null ? '' : `${counted(pages, 'page')}, `}${counted(words, 'word')}`
}

function spokenReading(reading: Reading): string {
  if (reading.kind === 'declined') return `${reading.file} was not read: it ${reading.reason}.`
  const notes = reading.notes.map((note) => ` It ${note}.`).join('')
  const sample =
    reading.kind === 'table' && !reading.profile.complete
      ? ` Every row was counted; medians, comparisons and charts come from an even sample of ${spokenNumber(reading.profile.sample.length)}.`
      : ''
  return `Read ${reading.file}: ${sizeOf(reading)}.${notes}${sample}`
}

/** Names for files, each different and on one line, without marks that turn the direction of text around: a second `data.csv` is `data.csv (2)`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Map<string, number>()
  return names.map((name) => {
    const plain =
      name
        .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim() || 'unnamed file'
    const times = (taken.get(plain) ?? 0) + 1
    taken.set(plain, times)
    return times === 1 ? plain : `${plain} (${times})`
  })
}
