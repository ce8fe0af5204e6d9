import { readXlsx, streamXlsxRows } from 'hucre/xlsx'

/** The sheets of a workbook that its author shows, in their order. */
export async function sheetsOf(workbook: Uint8Array): Promise<{ name: string; index: number }[]> {
  const sheets: { name: string; index: number }[] = []
  await readXlsx(workbook, {
    sheets: ({ name, index, hidden, veryHidden }) => {
      if (!hidden && !veryHidden) sheets.push({ name, index })
      return false
    },
  })
  return sheets
}

/** So many empty rows in the midst of a sheet are shown; more are left out. */
const mostEmpty = 1_000

/** The rows of a sheet as text, without the empty ones before and after. */
export async function* sheetRows(workbook: Uint8Array, sheet: number): AsyncGenerator<string[]> {
  let next: number | null = null
  for await (const { index, values } of streamXlsxRows(workbook, { sheet })) {
    const row = values.map(cellText)
    if (!row.some((cell) => cell !== '')) continue
    // Rows that are empty, or that the file leaves out, are there all the same.
    for (let empty = next === null ? 0 : Math.min(index - next, mostEmpty); empty > 0; empty--) yield []
    next = index + 1
    yield row
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** A workbook has no time zone: its dates are read as UTC and shown so. */
export function cellText(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return ''
    const day = `${value.getUTCFullYear()}-${two(value.getUTCMonth() + 1)}-${two(value.getUTCDate())}`
    const time = [value.getUTCHours(), value.getUTCMinutes(), value.getUTCSeconds()]
    return time.some((part) => part !== 0) ? `${day} ${time.map(two).join(':')}` : day
  }
  // Sums such as 0.1 + 0.2 are shown as a spreadsheet shows them.
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)))
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : value
}
