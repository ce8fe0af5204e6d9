import { dateIn, isMissing, numberIn, type DecimalMark } from './cell.ts'

const isValue = (cell: string, mark: DecimalMark) => !Number.isNaN(numberIn(cell, mark)) || dateIn(cell) !== null

/** `1.234,5` or `1,5` in most number-like cells, where the comma does not already part the columns. */
export function decimalMarkOf(rows: readonly string[][], delimiter: string): DecimalMark {
  if (delimiter === ',') return '.'
  let comma = 0
  let point = 0
  for (const cell of rows.flat()) {
    if (/^[-+]?\d+(\.\d{3})*,\d+%?$/.test(cell)) comma += 1
    else if (/^[-+]?\d+(,\d{3})*\.\d+%?$/.test(cell)) point += 1
  }
  return comma > point ? ',' : '.'
}

const isYear = (value: number) => Number.isInteger(value) && value >= 1900 && value <= 2100

/** Years as column names: `country, 2007, 2008` over values that are not years themselves. */
function namesYears(first: readonly string[], body: readonly string[][], mark: DecimalMark): boolean {
  const columns = first.flatMap((cell, index) => (isYear(numberIn(cell, mark)) ? [index] : []))
  if (columns.length < 2 || columns.some((column, at) => at > 0 && Number(first[column]) <= Number(first[columns[at - 1] ?? 0])))
    return false
  const values = body.flatMap((row) => columns.map((column) => numberIn(row[column] ?? '', mark)))
  return values.filter(isYear).length < values.length / 4
}

/** Whether the first row names the columns. Rows are trimmed cells; a few dozen of them are enough. */
export function hasHeader(rows: readonly string[][], mark: DecimalMark): boolean {
  const [first = [], ...body] = rows
  const filled = first.filter((cell) => !isMissing(cell))
  if (filled.length === 0) return false
  if (body.length === 0) return filled.every((cell) => !isValue(cell, mark))
  if (namesYears(first, body, mark)) return true
  let votes = 0
  for (const [column, cell] of first.entries()) {
    const below = body.map((row) => row[column] ?? '').filter((value) => !isMissing(value))
    if (below.length === 0 || isMissing(cell)) continue
    if (below.filter((value) => isValue(value, mark)).length < below.length * 0.8) continue
    votes += isValue(cell, mark) ? -1 : 1
  }
  if (votes !== 0) return votes > 0
  // All is text: names are unique, there, and not among the values below them.
  const unique = new Set(filled).size === first.length
  const repeated = first.filter((cell, column) => body.some((row) => row[column] === cell)).length
  return unique && repeated === 0 && filled.every((cell) => !isValue(cell, mark) && cell.length <= 60)
}

/** The names of the columns, each different: blank ones are numbered, a repeated one says which it is. */
export function columnNames(header: readonly string[] | null, columns: number): string[] {
  const taken = new Map<string, number>()
  return Array.from({ length: columns }, (_, index) => {
    const name = (header?.[index] ?? '').replace(/\s+/g, ' ').trim().slice(0, 80) || `Column ${index + 1}`
    const times = (taken.get(name) ?? 0) + 1
    taken.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}
