import { dateIn, isMissing, numberIn, type DateReadings, type DecimalMark } from './cell.ts'

/** What one pass over a column's cells leaves behind; its size does not grow with the number of cells. Rows are spreadsheet rows. */
export type ColumnTally = {
  cells: number
  missing: number
  numbers: number
  whole: boolean
  mean: number
  squares: number
  sum: number
  /** `minRow` and `maxRow` are the first rows with these numbers, and `minTimes` and `maxTimes` say how many there are. */
  min: number
  minRow: number
  minTimes: number
  max: number
  maxRow: number
  maxTimes: number
  /** Every number one more than the one before. */
  counting: boolean
  last: number
  dates: number
  dayFirst: Span
  monthFirst: Span
  /** Cells whose date can only be read one way; -1 for the other one. */
  onlyDayFirst: number
  onlyMonthFirst: number
  ambiguousDates: number
  letters: number
  words: number
  /** How often each different value stands there; once there are more than `mostValues`, `overflow` is true and they are forgotten. */
  values: Map<string, Value>
  mostValues: number
  overflow: boolean
  /** The row of the first cell that is neither a number nor missing: where a column of numbers goes wrong. */
  oddRow: number
  oddDateRow: number
}

/** A value that is met again need not be read again: that saves most of the time of a long table. */
export type Value = { times: number; number: number; date: DateReadings | null }

export type Span = { min: number; minRow: number; max: number; maxRow: number }

const span = (): Span => ({ min: Infinity, minRow: 0, max: -Infinity, maxRow: 0 })

export const columnTally = (mostValues: number): ColumnTally => ({
  cells: 0,
  missing: 0,
  numbers: 0,
  whole: true,
  mean: 0,
  squares: 0,
  sum: 0,
  min: Infinity,
  minRow: 0,
  minTimes: 0,
  max: -Infinity,
  maxRow: 0,
  maxTimes: 0,
  counting: true,
  last: NaN,
  dates: 0,
  dayFirst: span(),
  monthFirst: span(),
  onlyDayFirst: 0,
  onlyMonthFirst: 0,
  ambiguousDates: 0,
  letters: 0,
  words: 0,
  values: new Map(),
  mostValues,
  overflow: false,
  oddRow: 0,
  oddDateRow: 0,
})

function widen(span: Span, at: number, row: number) {
  if (at < span.min) [span.min, span.minRow] = [at, row]
  if (at > span.max) [span.max, span.maxRow] = [at, row]
}

function tallyNumber(tally: ColumnTally, value: number, row: number) {
  tally.numbers += 1
  tally.sum += value
  const off = value - tally.mean
  tally.mean += off / tally.numbers
  tally.squares += off * (value - tally.mean)
  if (tally.whole && !Number.isInteger(value)) tally.whole = false
  if (tally.counting && tally.numbers > 1 && value !== tally.last + 1) tally.counting = false
  tally.last = value
  if (value < tally.min) [tally.min, tally.minRow, tally.minTimes] = [value, row, 1]
  else if (value === tally.min) tally.minTimes += 1
  if (value > tally.max) [tally.max, tally.maxRow, tally.maxTimes] = [value, row, 1]
  else if (value === tally.max) tally.maxTimes += 1
}

function tallyDate(tally: ColumnTally, date: DateReadings, row: number) {
  tally.dates += 1
  if (!Number.isNaN(date.dayFirst)) widen(tally.dayFirst, date.dayFirst, row)
  else tally.onlyMonthFirst += 1
  if (!Number.isNaN(date.monthFirst)) widen(tally.monthFirst, date.monthFirst, row)
  else tally.onlyDayFirst += 1
  if (date.ambiguous) tally.ambiguousDates += 1
}

function readValue(tally: ColumnTally, cell: string, mark: DecimalMark): Value {
  const known = tally.overflow ? undefined : tally.values.get(cell)
  if (known) {
    known.times += 1
    return known
  }
  const number = numberIn(cell, mark)
  const value = { times: 1, number, date: Number.isNaN(number) ? dateIn(cell) : null }
  if (!tally.overflow) {
    if (tally.values.size < tally.mostValues && cell.length <= 200) {
      tally.values.set(cell, value)
    } else {
      tally.overflow = true
      tally.values.clear()
    }
  }
  return value
}

/** `cell` is trimmed. */
export function tallyCell(tally: ColumnTally, cell: string, row: number, mark: DecimalMark) {
  tally.cells += 1
  if (isMissing(cell)) {
    tally.missing += 1
    return
  }
  const { number, date } = readValue(tally, cell, mark)
  if (!Number.isNaN(number)) {
    tallyNumber(tally, number, row)
    return
  }
  if (tally.oddRow === 0) tally.oddRow = row
  if (date) tallyDate(tally, date, row)
  else if (tally.oddDateRow === 0) tally.oddDateRow = row
  tally.letters += cell.length
  for (let at = cell.indexOf(' '); at !== -1; at = cell.indexOf(' ', at + 1)) tally.words += 1
  tally.words += 1
}
