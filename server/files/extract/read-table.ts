import { CsvError, parse } from 'csv-parse'
import { encodingNames, type Encoding } from './encoding.ts'
import { breather } from './breather.ts'
import type { Delimiter } from './delimiter.ts'
import type { Unreadable } from './extracted-text.ts'
import { piecesOf, type StoredFile } from './stored-file.ts'

/** Called for every record, in order; `row` counts from 1 as a spreadsheet shows it, blank rows included. */
export type RowSink = (cells: string[], row: number) => void

const longestRow = 1024 * 1024

/**
 * Streams a delimited table into a sink, in memory that does not grow with the file. When the text turns out not to be UTF-8, or a
 * quotation mark is never closed, it reads once more from the start with another reading: `begin` gives the sink of each try, and
 * the last one given has everything. Throws the signal's reason, and whatever the file's stream throws.
 */
export async function readTable(
  file: StoredFile,
  how: { encoding: Encoding; delimiter: Delimiter },
  begin: () => RowSink,
  signal: AbortSignal,
): Promise<{ ok: true; notes: string[] } | Unreadable> {
  let encoding = how.encoding
  let quotes = true
  const notes: string[] = []
  for (;;) {
    const outcome = await readOnce(file, { encoding, quotes, delimiter: how.delimiter }, begin(), signal)
    if (outcome === 'not_utf8') {
      encoding = 'windows-1252'
    } else if (outcome === 'open_quote' && quotes) {
      quotes = false
      notes.push('opens a quotation mark that is never closed, so quotation marks were read as ordinary characters')
    } else if (outcome === 'row_too_long' || outcome === 'open_quote') {
      return { ok: false, reason: `has a row longer than ${longestRow / 1024 / 1024} MB, which no table of records has` }
    } else {
      if (encoding === 'windows-1252') notes.unshift(`is not UTF-8 and was read as ${encodingNames[encoding]}`)
      return { ok: true, notes }
    }
  }
}

type Outcome = 'done' | 'not_utf8' | 'open_quote' | 'row_too_long'

async function readOnce(
  file: StoredFile,
  how: { encoding: Encoding; delimiter: Delimiter; quotes: boolean },
  sink: RowSink,
  signal: AbortSignal,
): Promise<Outcome> {
  let row = 0
  const failure: { error: Error | null } = { error: null }
  const parser = parse({
    delimiter: how.delimiter,
    quote: how.quotes ? '"' : null,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: longestRow,
    // Taking the records here, and pushing nothing, saves the cost of an object stream.
    on_record: (cells: string[]) => {
      row += 1
      sink(cells, row)
      return null
    },
  })
  parser.on('error', (error) => {
    failure.error = error
  })
  parser.resume()
  const ended = new Promise<void>((resolve) => parser.once('close', resolve))
  const decoder = new TextDecoder(how.encoding, { fatal: how.encoding === 'utf-8' })
  const breathe = breather(signal)
  const whole = () => failure.error === null
  try {
    for await (const piece of piecesOf(file, signal)) {
      const text = decode(decoder, piece)
      if (text === null) return 'not_utf8'
      if (!parser.write(text)) await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), ended])
      if (!whole()) break
      await breathe()
    }
    if (whole()) {
      const rest = decode(decoder, null)
      if (rest === null) return 'not_utf8'
      parser.end(rest)
      await ended
    }
  } finally {
    parser.destroy()
  }
  const { error } = failure
  if (error === null) return 'done'
  if (!(error instanceof CsvError)) throw error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'open_quote'
  if (error.code === 'CSV_MAX_RECORD_SIZE') return how.quotes ? 'open_quote' : 'row_too_long'
  throw error
}

function decode(decoder: TextDecoder, piece: Uint8Array | null): string | null {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
