/** Which numbers a table writes: `1,234.5` or `1.234,5`. */
export type DecimalMark = '.' | ','

const nothing = new Set(['', '-', '–', '—', 'na', 'n/a', 'nan', 'null', 'none', 'nil', '?', '#n/a', '\\n'])

/** A cell that says there is no value. */
export function isMissing(cell: string): boolean {
  if (cell.length > 4) return false
  const first = cell.charCodeAt(0)
  return !(first >= 48 && first <= 57) && nothing.has(cell.toLowerCase())
}

/** Money, percent and thousands marks may stand around the digits. */
const adorned = {
  '.': /^([-+(]?)\s*(?:[$€£¥]|USD|EUR|GBP)?\s*([-+]?)(\d{1,3}(?:[, '\u00a0\u202f]\d{3})+|\d+)(\.\d+)?\s*(?:[$€£¥%]|USD|EUR|GBP)?\)?$/,
  ',': /^([-+(]?)\s*(?:[$€£¥]|USD|EUR|GBP)?\s*([-+]?)(\d{1,3}(?:[. '\u00a0\u202f]\d{3})+|\d+)(,\d+)?\s*(?:[$€£¥%]|USD|EUR|GBP)?\)?$/,
} satisfies Record<DecimalMark, RegExp>

/** The cell's number, or NaN. `007` is no number but a code: its zeros mean something. Percent signs and currencies are dropped. */
export function numberIn(cell: string, mark: DecimalMark): number {
  const first = cell.charCodeAt(0) === 45 ? cell.charCodeAt(1) : cell.charCodeAt(0)
  const digit = first >= 48 && first <= 57
  if (mark === '.' && (digit || first === 46)) {
    const second = cell.charCodeAt(cell.charCodeAt(0) === 45 ? 2 : 1)
    if (first === 48 && ((second >= 48 && second <= 57) || second === 120 || second === 98 || second === 111)) return NaN
    const plain = Number(cell)
    if (!Number.isNaN(plain)) return plain
  }
  if (cell.length > 40) return NaN
  const match = adorned[mark].exec(cell)
  if (!match) return NaN
  const [, before, sign, whole = '', fraction = ''] = match
  if (before === '(' && !cell.endsWith(')')) return NaN
  if (/^0\d/.test(whole)) return NaN
  const value = Number(whole.replace(/\D/g, '') + fraction.replace(',', '.'))
  return before === '(' || before === '-' || sign === '-' ? -value : value
}

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** A calendar day or instant, in UTC milliseconds. `dayFirst` and `monthFirst` differ for `3/4/2024`; NaN where that reading is impossible. */
export type DateReadings = { dayFirst: number; monthFirst: number; ambiguous: boolean }

function utc(year: number, month: number, day: number, time = ''): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN
  const date = Date.UTC(year < 100 ? year + (year < 70 ? 2000 : 1900) : year, month - 1, day)
  if (new Date(date).getUTCDate() !== day) return NaN
  const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(time)
  return clock ? date + (Number(clock[1]) * 60 + Number(clock[2])) * 60_000 + Number(clock[3] ?? 0) * 1000 : date
}

const both = (at: number): DateReadings | null => (Number.isNaN(at) ? null : { dayFirst: at, monthFirst: at, ambiguous: false })

const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ](\d{1,2}:\d{2}.*))?$/
const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[, T]+(\d{1,2}:\d{2}.*))?$/
const dayMonthYear = /^(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?: +(\d{1,2}:\d{2}.*))?$/
const monthDayYear = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:,? +(\d{1,2}:\d{2}.*))?$/
const monthYear = /^([A-Za-z]{3,9})\.?[ -](\d{4})$/

/** The date in a cell, or `null`. Time zones are left aside: a table's times are compared with each other only. */
export function dateIn(cell: string): DateReadings | null {
  if (cell.length < 6 || cell.length > 40 || !/\d/.test(cell)) return null
  let match = iso.exec(cell)
  if (match) return both(utc(Number(match[1]), Number(match[2]), Number(match[3] ?? 1), match[4]))
  match = numeric.exec(cell)
  if (match) {
    const [, first, mark, second, year, time] = match
    const dayFirst = utc(Number(year), Number(second), Number(first), time)
    const monthFirst = mark === '.' ? dayFirst : utc(Number(year), Number(first), Number(second), time)
    if (Number.isNaN(dayFirst) && Number.isNaN(monthFirst)) return null
    return { dayFirst, monthFirst, ambiguous: dayFirst !== monthFirst && !Number.isNaN(dayFirst) && !Number.isNaN(monthFirst) }
  }
  const named = (name: string | undefined) => months.findIndex((month) => month.startsWith((name ?? '').toLowerCase())) + 1
  match = dayMonthYear.exec(cell)
  if (match) return both(utc(Number(match[3]), named(match[2]), Number(match[1]), match[4]))
  match = monthDayYear.exec(cell)
  if (match) return both(utc(Number(match[3]), named(match[1]), Number(match[2]), match[4]))
  match = monthYear.exec(cell)
  return match ? both(utc(Number(match[2]), named(match[1]), 1)) : null
}
