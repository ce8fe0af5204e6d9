import { grown, NoText, textBudget, type FileText, type TextBudget, type TextPart } from './file-text.ts'
import { mainPart, relationsOf } from './office-parts.ts'
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'

type Sheet = { name: string; path: string; hidden: boolean }
type Book = { sheets: Sheet[]; date1904: boolean; strings: string[]; dates: ReadonlySet<number> }

/** A sheet may have 16,384 columns, and a hostile one would name the last of each row. */
const mostColumns = 2_000
/** Blank rows are kept, so that a row's number is the one that the program shows; but not a million of them. */
const mostBlankRows = 1_000

export const csvCell = (text: string) => (/[",\n\r]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text)

/** Number formats that are built in and show a date or a time. */
const isDateId = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
/** A format that shows a date: letters of days and times outside of quotations, escapes and colours. */
const isDateFormat = (format: string) => /[dmyhs]/i.test(format.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_./gi, '').replace(/general|e[+-]/gi, ''))

/** Excel's days since 1900, with its 29 February 1900, as a date of ISO 8601, with the time where there is one. */
export function dateOf(serial: number, date1904: boolean): string | null {
  const days = date1904 ? serial + 1462 : serial
  if (!Number.isFinite(days) || days < 0 || days > 2_958_466) return null
  const ms = Math.round((days - (days < 60 ? 25_568 : 25_569)) * 86_400_000 / 1000) * 1000
  const iso = new Date(ms).toISOString()
  const time = iso.slice(11, 19)
  if (days < 1) return time
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
}

/** 15 digits, as the program itself shows numbers: `0.3`, not `0.30000000000000004`. */
const numberOf = (value: string) => {
  const number = Number(value)
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : value
}

async function bookOf(zip: Zip): Promise<Book> {
  const main = await mainPart(zip, 'xl/workbook.xml')
  const relations = await relationsOf(zip, main)
  const sheets: Sheet[] = []
  let date1904 = false
  await readXml(await zip.open(main), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      const path = name === 'sheet' ? relations.get(attributes['r:id'] ?? '')?.path : undefined
      if (path) sheets.push({ name: attributes.name ?? '', path, hidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  const pathOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.path
  return { sheets, date1904, strings: await stringsOf(zip, pathOf('sharedStrings')), dates: await dateStyles(zip, pathOf('styles')) }
}

async function stringsOf(zip: Zip, path: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (!path || !zip.has(path)) return strings
  const budget = textBudget()
  let [text, inText, phonetic] = ['', false, false]
  await readXml(await zip.open(path), {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      if (name === 't') inText = !phonetic
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') strings.push(budget.take(text))
    },
    text(piece) {
      if (inText) text = grown(text, piece)
    },
    done: () => budget.full,
  })
  return strings
}

/** The styles of cells whose numbers are dates. */
async function dateStyles(zip: Zip, path: string | undefined): Promise<ReadonlySet<number>> {
  const dates = new Set<number>()
  if (!path || !zip.has(path)) return dates
  const formats = new Map<number, boolean>()
  let [inCells, index] = [false, 0]
  await readXml(await zip.open(path), {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0)
        if (formats.get(id) ?? isDateId(id)) dates.add(index)
        index += 1
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return dates
}

/** `BC12` is column 54, from 0. */
function columnOf(reference: string): number | null {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column > 0 ? column - 1 : null
}

async function tableOf(zip: Zip, path: string, book: Book, budget: TextBudget): Promise<{ csv: string; rows: number; cutColumns: boolean }> {
  const lines: string[] = []
  let cells: string[] = []
  let [row, rows, cutColumns] = [0, 0, false]
  let [type, style, column, value] = ['', -1, 0, '']
  let taking = false
  const shown = () => {
    switch (type) {
      case 's': return book.strings[Number(value)] ?? ''
      case 'b': return value === '1' ? 'TRUE' : 'FALSE'
      case '': case 'n': return value === '' ? '' : (book.dates.has(style) ? dateOf(Number(value), book.date1904) : null) ?? numberOf(value)
      default: return value
    }
  }
  await readXml(await zip.open(path), {
    open(name, attributes) {
      if (name === 'row') {
        const next = Number(attributes.r ?? row + 1)
        const blank = Math.min(next - row - 1, mostBlankRows)
        if (rows > 0) for (let n = 0; n < blank; n += 1) lines.push(budget.take('\n'))
        row = Number.isFinite(next) ? next : row + 1
        cells = []
        column = -1
      } else if (name === 'c') {
        column = columnOf(attributes.r ?? '') ?? column + 1
        type = attributes.t ?? ''
        style = Number(attributes.s ?? -1)
        value = ''
      } else if (name === 'v' || name === 't') taking = true
    },
    close(name) {
      if (name === 'v' || name === 't') taking = false
      else if (name === 'c') {
        if (column < mostColumns) {
          while (cells.length < column) cells.push('')
          cells[column] = csvCell(shown().trim())
        } else cutColumns = true
      } else if (name === 'row' && cells.some((cell) => cell !== '')) {
        rows += 1
        lines.push(budget.take(`${cells.join(',')}\n`))
      }
    },
    text(text) {
      if (taking) value = grown(value, text)
    },
    done: () => budget.full,
  })
  return { csv: lines.join(''), rows, cutColumns }
}

/** Every sheet as a table, with values as the program shows them: dates as dates. Formulas are what they came to. */
export async function extractXlsx(zip: Zip): Promise<FileText> {
  const book = await bookOf(zip)
  const budget = textBudget()
  const parts: TextPart[] = []
  const notes: string[] = []
  let blank = 0
  for (const { name, path, hidden } of book.sheets) {
    if (!zip.has(path) || budget.full) continue
    const { csv, rows, cutColumns } = await tableOf(zip, path, book, budget)
    if (rows === 0) {
      blank += 1
      continue
    }
    parts.push({ kind: 'table', title: name, csv })
    if (hidden) notes.push(`has a hidden sheet, “${name}”, which was read as well`)
    if (cutColumns) notes.push(`has columns beyond the first ${mostColumns.toLocaleString('en')} in “${name}”, which were not read`)
  }
  if (parts.length === 0) throw new NoText('has no cell with anything in it')
  if (blank > 0) notes.push(`has ${blank === 1 ? 'a sheet' : `${blank} sheets`} with nothing in ${blank === 1 ? 'it' : 'them'}`)
  return { parts, pages: null, notes: [...notes, ...budget.notes()] }
}
