import type { RowSink } from '../../../files/extract/read-table.ts'
import { dateIn, isMissing, numberIn, type DecimalMark } from './cell.ts'
import { columnTally, tallyCell, type ColumnTally } from './column-tally.ts'
import { rowSample, type SampledRow } from './row-sample.ts'
import { columnNames, decimalMarkOf, hasHeader } from './table-header.ts'

type ColumnType = 'number' | 'date' | 'category' | 'text' | 'identifier' | 'empty'

export type Column = {
  index: number
  name: string
  type: ColumnType
  tally: ColumnTally
  /** For each row of the sample, its number, or its date as UTC milliseconds; NaN where the cell has none. Empty for other types. */
  values: Float64Array
  /** Over the sample: exact when the sample is the whole table. `null` for what has no order. */
  median: number | null
  /** For dates: whether all of them are years, or days without a time. */
  precision: 'year' | 'day' | 'time'
  /** For dates that could be read either way: which way was chosen. */
  assumed: 'day first' | 'month first' | null
}

/** Rows are counted as in a spreadsheet: `firstRow` and `lastRow` are those of the data. */
export type TableProfile = {
  header: boolean
  columns: Column[]
  /** All columns of the file, also those beyond the first 200, which are not profiled. */
  allColumns: number
  rows: number
  firstRow: number
  lastRow: number
  cells: number
  raggedRows: number
  firstRaggedRow: number
  sample: SampledRow[]
  complete: boolean
}

const mostColumns = 200
const headRows = 60
const sampledCells = 200_000

/** Profiles a table as its rows stream by: counts, extremes, sums and means of all of them; medians and comparisons from `sample`. */
export function tableProfiler(delimiter: string): { sink: RowSink; finish(): TableProfile } {
  const head: { cells: string[]; row: number }[] = []
  let table: ReturnType<typeof start> | null = null

  const begin = () => {
    table = start(
      head.map(({ cells }) => cells),
      delimiter,
    )
    for (const { cells, row } of head.slice(table.header ? 1 : 0)) table.add(cells, row)
    return table
  }
  return {
    sink(cells, row) {
      for (let index = 0; index < cells.length; index += 1) cells[index] = (cells[index] ?? '').trim()
      if (cells.length === 1 && cells[0] === '') return
      if (row === 1 && cells[0]?.charCodeAt(0) === 0xfeff) cells[0] = cells[0].slice(1)
      if (table) table.add(cells, row)
      else if (head.push({ cells, row }) === headRows) begin()
    },
    finish: () => (table ?? begin()).finish(),
  }
}

function start(head: readonly string[][], delimiter: string) {
  const mark = decimalMarkOf(head, delimiter)
  const header = hasHeader(head, mark)
  const allColumns = header ? (head[0]?.length ?? 0) : Math.max(0, ...head.map((cells) => cells.length))
  const width = Math.min(allColumns, mostColumns)
  const names = columnNames(header ? (head[0] ?? []) : null, width)
  const tallies = names.map(() => columnTally(Math.min(2000, Math.max(100, Math.floor(100_000 / Math.max(1, width))))))
  const sample = rowSample(Math.min(20_000, Math.max(500, Math.floor(sampledCells / Math.max(1, width)))))
  let rows = 0
  let firstRow = 0
  let lastRow = 0
  let cellCount = 0
  let raggedRows = 0
  let firstRaggedRow = 0
  return {
    header,
    add(cells: string[], row: number) {
      rows += 1
      cellCount += cells.length
      firstRow ||= row
      lastRow = row
      if (cells.length !== allColumns) {
        raggedRows += 1
        firstRaggedRow ||= row
      }
      for (const [index, tally] of tallies.entries()) tallyCell(tally, cells[index] ?? '', row, mark)
      sample.add(cells.length > width ? cells.slice(0, width) : cells, row)
    },
    finish(): TableProfile {
      const { rows: sampled, complete } = sample.finish()
      const columns = tallies.map((tally, index) => column(index, names[index] ?? '', tally, sampled, mark))
      return {
        header,
        columns,
        allColumns,
        rows,
        firstRow,
        lastRow,
        cells: cellCount,
        raggedRows,
        firstRaggedRow,
        sample: sampled,
        complete,
      }
    },
  }
}

const isCode = /(^|[\s_-])(id|key|code|zip|zipcode|postcode|plz|phone|isbn|ean|sku|uuid|index|no\.?|nr\.?)$/i
const isYearName = /(^|[\s_-])(year|yr|jahr|annee|année|ano|año)$/i

function typeOf(name: string, tally: ColumnTally): ColumnType {
  const filled = tally.cells - tally.missing
  if (filled === 0) return 'empty'
  if (tally.numbers >= filled * 0.95) {
    if (isYearName.test(name) && tally.whole && tally.min >= 1000 && tally.max < 3000) return 'date'
    const unique = tally.overflow || tally.values.size === filled
    if (tally.whole && unique && filled > 2 && (tally.counting || isCode.test(name))) return 'identifier'
    return 'number'
  }
  if (tally.dates >= filled * 0.95) return 'date'
  const strings = filled - tally.numbers
  if (tally.words > strings * 5 || tally.letters > strings * 40) return 'text'
  const few = !tally.overflow && ((tally.values.size <= 12 && tally.values.size < filled) || tally.values.size <= filled / 2)
  if (few) return 'category'
  return isCode.test(name) ? 'identifier' : 'text'
}

function column(index: number, name: string, tally: ColumnTally, sample: readonly SampledRow[], mark: DecimalMark): Column {
  const type = typeOf(name, tally)
  const years = type === 'date' && tally.numbers > tally.dates
  const dayFirst = tally.onlyDayFirst >= tally.onlyMonthFirst && tally.onlyDayFirst > 0
  const reading = dayFirst ? 'dayFirst' : 'monthFirst'
  const valueOf = (cell: string): number => {
    if (isMissing(cell)) return NaN
    if (type !== 'date') return numberIn(cell, mark)
    if (!years) return dateIn(cell)?.[reading] ?? NaN
    const year = numberIn(cell, mark)
    return Number.isInteger(year) ? Date.UTC(year, 0, 1) : NaN
  }
  const ordered = type === 'number' || type === 'date'
  const values = ordered ? Float64Array.from(sample, ({ cells }) => valueOf(cells[index] ?? '')) : new Float64Array()
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const timed = !years && sorted.some((value) => value % 86_400_000 !== 0)
  const undecided = tally.ambiguousDates > 0 && tally.onlyDayFirst === 0 && tally.onlyMonthFirst === 0
  return {
    index,
    name,
    type,
    tally,
    values,
    median: middle(sorted),
    precision: years ? 'year' : timed ? 'time' : 'day',
    assumed: type === 'date' && undecided ? 'month first' : null,
  }
}

/** Of sorted values. */
export function middle(sorted: ArrayLike<number>): number | null {
  if (sorted.length === 0) return null
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}

/** The least and greatest date of a column of dates, with their rows, in UTC milliseconds. */
export function dateSpan(column: Column) {
  if (column.precision === 'year') {
    const { min, minRow, max, maxRow } = column.tally
    return { min: Date.UTC(min, 0, 1), minRow, max: Date.UTC(max, 0, 1), maxRow }
  }
  return column.tally.onlyDayFirst >= column.tally.onlyMonthFirst && column.tally.onlyDayFirst > 0
    ? column.tally.dayFirst
    : column.tally.monthFirst
}
