import type { Arrangement, Column, ColumnKind } from './table-messages.ts'

/** So many cells are kept; a table that has more is shown as far as they go. */
export const mostCells = 2_000_000
const sampled = 400
const longestColumn = 48

const numeric = /^[-+−]?\s*[€$£¥]?\s*(?:\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d+)?(?:e[-+]?\d+)?\s*[%€$£¥]?$/i
const isoDate = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:?\d{2})?)?$/
const spokenDate = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})$/

/** The value of a number as tables write it, `1,234.5`, `1.234,5`, `12 %`, `€ 3`; NaN for anything else. */
export function numberIn(text: string): number {
  const cell = text.trim()
  if (!/\d/.test(cell) || !numeric.test(cell)) return NaN
  let digits = cell.replace(/[\s%€$£¥'’\u00a0\u202f]/g, '').replace('−', '-')
  const comma = digits.lastIndexOf(',')
  const point = digits.lastIndexOf('.')
  if (comma > point) digits = point >= 0 || !/^[-+]?\d{1,3}(,\d{3})+$/.test(digits) ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')
  else if (comma >= 0) digits = digits.replaceAll(',', '')
  else if (/^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(digits)) digits = digits.replaceAll('.', '')
  return Number(digits)
}

/** Epoch milliseconds of a date as tables write it; NaN for anything else. Day and month as they most often stand: with points day first, with strokes as `monthFirst` says. */
export function dateIn(text: string, monthFirst = true): number {
  const cell = text.trim()
  if (isoDate.test(cell)) return Date.parse(cell.length <= 10 ? `${cell}T00:00Z`.replace(/-(\d)(?=[-T])/g, '-0$1') : cell.replace(' ', 'T'))
  const [, first, stroke, second, year] = spokenDate.exec(cell) ?? []
  if (!first || !second || !year) return NaN
  const [day, month] = stroke === '/' && monthFirst ? [second, first] : [first, second]
  if (Number(month) > 12 || Number(day) > 31) return NaN
  return Date.UTC(Number(year) + (year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) : 0), Number(month) - 1, Number(day))
}

/** Whether dates with strokes name the month first: they do unless a first number cannot be a month. */
const monthComesFirst = (cells: readonly string[]) => !cells.some((cell) => Number(spokenDate.exec(cell.trim())?.[1]) > 12)

function kindOf(cells: readonly string[]): ColumnKind {
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return 'text'
  const share = (fits: (cell: string) => boolean) => filled.filter(fits).length / filled.length
  const monthFirst = monthComesFirst(filled)
  // A few cells such as "n/a" do not make numbers a text.
  if (share((cell) => !Number.isNaN(dateIn(cell, monthFirst))) >= 0.9) return 'date'
  return share((cell) => !Number.isNaN(numberIn(cell))) >= 0.9 ? 'number' : 'text'
}

/** `A`, `B` … `Z`, `AA` …, as spreadsheets name their columns. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** The first row is a heading when it is filled with words, not with values. */
const isHeading = (row: readonly string[], next: readonly string[] | undefined) =>
  row.length > 0 && next !== undefined && row.filter((cell) => cell.trim() !== '').length >= row.length / 2 &&
  row.every((cell) => cell.trim() === '' || (Number.isNaN(numberIn(cell)) && Number.isNaN(dateIn(cell))))

/** A table as it arrives, row by row, and in the order in which somebody wants to see it. */
export class TableRows {
  #rows: string[][] = []
  #cells = 0
  #width = 0
  #headed: boolean | null = null
  #columns: Column[] | null = null
  /** How many rows there were when the columns were looked at. */
  #lookedAt = 0
  #order: Uint32Array | null = null
  #arrangement: Arrangement = { sort: null, filter: '' }

  /** False when there is no room for the row. */
  add(row: string[]): boolean {
    if (this.#cells + row.length > mostCells) return false
    this.#cells += row.length
    this.#width = Math.max(this.#width, row.length)
    this.#rows.push(row)
    return true
  }

  get headed(): boolean {
    // Before there is a second row nothing can be told.
    if (this.#rows.length < 2) return false
    return this.#headed ??= isHeading(this.#rows[0]!, this.#rows[1])
  }

  get #first() {
    return this.headed ? 1 : 0
  }

  /** Rows without the heading. */
  get all(): number {
    return Math.max(0, this.#rows.length - this.#first)
  }

  get shown(): number {
    return this.#order?.length ?? this.all
  }

  get columns(): Column[] {
    if (this.#columns && this.#lookedAt === this.#rows.length) return this.#columns
    this.#lookedAt = this.#rows.length
    // From all of the table: numbers that count up are longer at its end.
    const sample = Array.from({ length: Math.min(sampled, this.all) }, (_, index) => this.#rows[this.#first + Math.floor(index * this.all / Math.min(sampled, this.all))]!)
    const heading = this.headed ? this.#rows[0]! : []
    this.#columns = Array.from({ length: this.#width }, (_, column) => {
      const cells = sample.map((row) => row[column] ?? '')
      const name = heading[column]?.trim() || columnLetters(column)
      const letters = cells.reduce((most, cell) => Math.max(most, Math.min(longestColumn, cell.length)), Math.min(longestColumn, name.length + 3))
      return { name, kind: kindOf(cells), letters }
    })
    return this.#columns
  }

  /** Rows `from` to `to`, without `to`, as they are arranged. */
  rows(from: number, to: number): { rows: string[][]; numbers: number[] } {
    const rows: string[][] = []
    const numbers: number[] = []
    for (let at = Math.max(0, from); at < Math.min(to, this.shown); at++) {
      const index = this.#order ? this.#order[at]! : at + this.#first
      rows.push(this.#rows[index]!)
      numbers.push(index + 1)
    }
    return { rows, numbers }
  }

  arrange(arrangement: Arrangement) {
    this.#arrangement = arrangement
    const { sort, filter } = arrangement
    const words = filter.trim().toLowerCase()
    if (!sort && !words) {
      this.#order = null
      return
    }
    let order = new Uint32Array(this.all)
    let count = 0
    for (let index = this.#first; index < this.#rows.length; index++) {
      if (!words || this.#rows[index]!.some((cell) => cell.toLowerCase().includes(words))) order[count++] = index
    }
    order = order.subarray(0, count)
    if (sort) this.#sort(order, sort.column, sort.descending)
    this.#order = order
  }

  /** After rows were added. */
  rearrange() {
    if (this.#order) this.arrange(this.#arrangement)
  }

  #sort(order: Uint32Array, column: number, descending: boolean) {
    const kind = this.columns[column]?.kind ?? 'text'
    const sign = descending ? -1 : 1
    const cell = (index: number) => this.#rows[index]![column] ?? ''
    if (kind === 'text') {
      const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
      // Empty cells stand last, whichever way the others are sorted.
      order.sort((a, b) => {
        const [one, other] = [cell(a), cell(b)]
        if (one === '' || other === '') return one === other ? a - b : one === '' ? 1 : -1
        return sign * compare(one, other) || a - b
      })
      return
    }
    const keys = new Float64Array(this.#rows.length)
    const monthFirst = kind === 'date' && monthComesFirst(Array.from(order, cell))
    for (const index of order) keys[index] = kind === 'date' ? dateIn(cell(index), monthFirst) : numberIn(cell(index))
    order.sort((a, b) => {
      const [one, other] = [keys[a]!, keys[b]!]
      if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) === Number.isNaN(other) ? a - b : Number.isNaN(one) ? 1 : -1
      return sign * (one - other) || a - b
    })
  }
}
