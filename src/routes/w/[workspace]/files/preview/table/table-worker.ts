import { encodingNote, TextPieces } from '../decode-text.ts'
import { DelimitedReader } from './read-delimited.ts'
import { mostCells, TableRows } from './table-rows.ts'
import type { Arrangement, TableMessage, TableRequest } from './table-messages.ts'

/** Longer ones are not for looking at in a page. */
const longestText = 300 * 1024 * 1024
const longestWorkbook = 100 * 1024 * 1024

/** The table is read in turns of this length, so that rows which are asked for meanwhile are answered. */
const turnMs = 40
const tellEveryMs = 150
const firstRows = 200

let table = new TableRows()
let notes: string[] = []
let share: number | null = 0
let arrangement: Arrangement = { sort: null, filter: '' }
let turn = 0
let workbook: { bytes: Uint8Array; sheets: { name: string; index: number }[] } | null = null
/** Counts up when another sheet is read: what still reads the one before stops. */
let reading = 0

const say = (message: TableMessage) => postMessage(message)
const breathe = () => new Promise((resolve) => setTimeout(resolve))
const cutNote = () => `This table is longer than what can be shown here: these are its first ${table.all.toLocaleString()} rows, ${mostCells.toLocaleString()} cells. Download the file for all of it.`

function tell() {
  table.rearrange()
  say({ kind: 'table', columns: table.columns, rows: table.shown, all: table.all, share, notes, turn })
}

class Unreadable extends Error {}

async function fetched(url: string): Promise<{ body: ReadableStream<Uint8Array>; size: number }> {
  const response = await fetch(url).catch(() => { throw new Unreadable('The server cannot be reached. Open the file again when you are online.') })
  if (response.status === 404) throw new Unreadable('This file is gone.')
  if (!response.ok || !response.body) throw new Unreadable('The server could not give this file. Try again in a moment.')
  return { body: response.body, size: Number(response.headers.get('content-length')) || 0 }
}

/** Tells of a table while it grows: at once when there is something to see, then now and then. */
function teller() {
  let told = 0
  let rested = performance.now()
  return async (progress: number) => {
    const now = performance.now()
    share = progress
    if ((told === 0 && table.all >= firstRows) || (told > 0 && now - told > tellEveryMs)) {
      tell()
      told = now
    }
    if (now - rested < turnMs) return
    await breathe()
    rested = performance.now()
  }
}

async function readDelimited(url: string) {
  const { body, size } = await fetched(url)
  if (size > longestText) throw new Unreadable('This table is too large to be shown here. Download it to open it with a program of yours.')
  const pieces = new TextPieces()
  const reader = new DelimitedReader()
  const progress = teller()
  let read = 0
  let full = false
  const take = (rows: string[][]) => {
    for (const row of rows) if (!table.add(row)) full = true
  }
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    // Small bites, so that a turn is short.
    for (let at = 0; at < piece.length && !full; at += 128 * 1024) {
      const bite = piece.subarray(at, at + 128 * 1024)
      read += bite.length
      take(reader.read(pieces.read(bite)))
      await progress(size > 0 ? Math.min(0.99, read / size) : 0)
    }
    if (full) break
  }
  if (!full) {
    take(reader.read(pieces.end()))
    take(reader.end())
  }
  const encoding = pieces.encoding && encodingNote(pieces.encoding)
  notes = [...full ? [cutNote()] : [], ...encoding ? [encoding] : [], ...reader.notes]
  share = null
  tell()
}

async function readWorkbook(url: string) {
  const { body, size } = await fetched(url)
  if (size > longestWorkbook) throw new Unreadable('This workbook is too large to be shown here. Download it to open it with a program of yours.')
  const bytes = new Uint8Array(await new Response(body).arrayBuffer())
  const { sheetsOf } = await import('./read-workbook.ts')
  const sheets = await sheetsOf(bytes)
  if (sheets.length === 0) throw new Unreadable('This workbook has no sheets that can be shown.')
  workbook = { bytes, sheets }
  await readSheet(0)
}

async function readSheet(at: number) {
  const sheet = workbook?.sheets[at]
  if (!workbook || !sheet) return
  const own = ++reading
  table = new TableRows()
  notes = []
  share = 0
  arrangement = { sort: null, filter: '' }
  say({ kind: 'sheets', names: workbook.sheets.map(({ name }) => name), current: at })
  const { sheetRows } = await import('./read-workbook.ts')
  const progress = teller()
  let full = false
  for await (const row of sheetRows(workbook.bytes, sheet.index)) {
    if (own !== reading) return
    if (!table.add(row)) {
      full = true
      break
    }
    await progress(0)
  }
  if (own !== reading) return
  notes = full ? [cutNote()] : []
  share = null
  tell()
}

/** Why a file could not be read, in words for whoever wants to see it. */
function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message
  const words = error instanceof Error ? `${error.name} ${error.message}` : ''
  if (/encrypt|password/i.test(words)) return 'This workbook is protected with a password. Open it with a spreadsheet program, or ask whoever made it for one without.'
  if (/limit|exceed|too large|decompress/i.test(words)) return 'This workbook unpacks to far more than it seems to hold, so it is not opened here.'
  if (error instanceof RangeError) return 'This table needs more memory than a page may have. Download it to open it with a program of yours.'
  return 'This file is damaged or not what its name says: it could not be read as a table. Download it to try another program.'
}

const attempt = (work: Promise<void>) => void work.catch((error: unknown) => say({ kind: 'failed', message: reasonOf(error) }))

self.onmessage = ({ data }: MessageEvent<TableRequest>) => {
  switch (data.kind) {
    case 'open': return attempt(data.format === 'workbook' ? readWorkbook(data.url) : readDelimited(data.url))
    case 'sheet': return attempt(readSheet(data.index))
    case 'arrange':
      arrangement = data.arrangement
      turn = data.turn
      table.arrange(arrangement)
      return say({ kind: 'table', columns: table.columns, rows: table.shown, all: table.all, share, notes, turn })
    case 'rows': return say({ kind: 'rows', from: data.from, ...table.rows(data.from, data.to), turn, ask: data.ask })
  }
}
