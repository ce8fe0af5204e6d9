import type { Block, Rich } from './digest-blocks.ts'
import { counted, listed } from '#lib/wording.ts'
import { spokenNumber } from '../../look/numbers.ts'
import type { Quote } from './quotes.ts'
import type { SourceList } from './sources.ts'
import { frequent, rangeOf } from './table-facts.ts'
import type { TablePart, TermedFact } from './table-part.ts'
import type { Column, TableProfile } from './table-profile.ts'

/** What a digest says of one table. `columns` is how many rows the profile of its columns may have; 0 leaves it out. */
export function tableBlocks(
  part: TablePart,
  facts: readonly TermedFact[],
  remarks: readonly Quote[],
  how: { columns: number; sources: SourceList },
): Block[] {
  const { profile, notes } = part
  const blocks: Block[] = [
    { block: 'paragraph', text: [[shapeOf(profile), ...notes.map((note) => `It ${note}.`), ...oddities(profile)].join(' ')] },
  ]
  if (profile.rows === 0) return blocks
  const { sources } = how
  const items = [
    ...facts.map((fact): Rich => [fact.text, ' ', sources.cite(fact.place)]),
    ...remarks.map((quote): Rich => [{ quote: quote.text }, ' ', sources.cite(quote.place)]),
  ]
  if (items.length > 0) blocks.push({ block: 'list', items })
  if (how.columns > 0) blocks.push(...columnTable(part, how.columns))
  for (const { name, plan, svg } of part.charts) blocks.push({ block: 'chart', name, title: plan.title, svg })
  return blocks
}

function shapeOf(profile: TableProfile): string {
  const columns = counted(profile.allColumns, 'column')
  if (profile.rows === 0) {
    const names = profile.columns.slice(0, 12).map(({ name }) => `“${name}”`)
    return profile.allColumns === 0
      ? 'It holds no row at all.'
      : `It has one row, which names ${columns} (${listed(names)}), and no data: there is nothing to profile.`
  }
  const header = profile.header
    ? 'the first row names them'
    : `the first row is data and names no columns, so they are called “Column 1”${profile.allColumns > 1 ? ` to “Column ${spokenNumber(profile.allColumns)}”` : ''}`
  const one = profile.rows === 1 ? ' A single row of data shows no spread and no trend.' : ''
  const wide = profile.allColumns > profile.columns.length ? ` Only the first ${profile.columns.length} columns were profiled.` : ''
  const sample = profile.complete
    ? ''
    : ` Every row was counted: rows, missing cells, least, greatest, means and sums are exact. Medians, comparisons between groups, correlations and charts come from an even sample of ${spokenNumber(profile.sample.length)} rows.`
  return `${counted(profile.rows, 'row')} of ${columns}, ${spokenNumber(profile.cells)} cells; ${header}.${one}${wide}${sample}`
}

function oddities(profile: TableProfile): string[] {
  const said: string[] = []
  if (profile.raggedRows > 0) {
    said.push(
      `${counted(profile.raggedRows, 'row has', 'rows have')} more or fewer cells than ${spokenNumber(profile.allColumns)} (the first is row ${spokenNumber(profile.firstRaggedRow)}); what is missing counts as missing.`,
    )
  }
  for (const column of profile.columns) {
    const { tally } = column
    const filled = tally.cells - tally.missing
    if (column.type === 'number' && tally.numbers < filled)
      said.push(
        `${counted(filled - tally.numbers, 'cell')} of ${column.name} ${filled - tally.numbers === 1 ? 'is' : 'are'} not a number (the first in row ${spokenNumber(tally.oddRow)}).`,
      )
    if (column.type === 'date' && column.precision !== 'year' && tally.dates < filled)
      said.push(`${counted(filled - tally.dates, 'cell')} of ${column.name} ${filled - tally.dates === 1 ? 'is' : 'are'} not a date.`)
    if (column.assumed) said.push(`The dates of ${column.name} could be read either way; they were read with the ${column.assumed}.`)
  }
  return said.length > 6 ? [...said.slice(0, 6), `${counted(said.length - 6, 'further oddity', 'further oddities')} of this kind.`] : said
}

function columnTable({ profile, leftOut }: TablePart, most: number): Block[] {
  const columns = profile.columns.filter(({ name }) => !leftOut.includes(name))
  const shown = columns.slice(0, most)
  const ranged = shown.some(({ type }) => type === 'number' || type === 'date')
  const header = ['Column', 'Type', 'Missing', 'Different', ...(ranged ? ['Least', 'Median', 'Mean', 'Greatest'] : []), 'Most frequent']
  const rows = shown.map((column) => {
    const range = rangeOf(column)
    return [
      cut(column.name, 28),
      column.type,
      spokenNumber(column.tally.missing),
      different(column),
      ...(ranged ? [range.min, range.median, range.mean, range.max] : []),
      often(column, profile),
    ]
  })
  const numeric = header.map((_, index) => index === 2 || index === 3 || (ranged && index >= 4 && index <= 7))
  const table: Block = { block: 'table', header, rows, numeric }
  const rest = columns.length - shown.length
  return rest > 0
    ? [table, { block: 'paragraph', text: [`${counted(rest, 'further column is', 'further columns are')} not listed.`] }]
    : [table]
}

const cut = (text: string, most: number) => ([...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text)

const different = ({ tally }: Column) => (tally.overflow ? `over ${spokenNumber(tally.mostValues)}` : spokenNumber(tally.values.size))

function often(column: Column, profile: TableProfile): string {
  if (column.type === 'empty' || column.tally.overflow) return ''
  const telling = column.type === 'number' ? Math.max(2, profile.rows * 0.05) : 2
  const values = frequent(column)
    .filter(({ times }) => times >= telling || profile.rows === 1)
    .slice(0, 3)
  return values.map(({ name, times }) => `${cut(name, 18)} (${spokenNumber(times)})`).join(', ')
}
