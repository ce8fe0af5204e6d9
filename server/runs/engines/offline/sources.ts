import { listed } from '#lib/wording.ts'
import { spokenNumber } from '../../look/numbers.ts'

/** Where something stands, so exactly that a person finds it. Rows, lines and paragraphs count from 1; rows as a spreadsheet shows them. */
export type Place =
  | { of: 'page'; file: string; page: number }
  | { of: 'lines'; file: string; heading: string | null; from: number; to: number }
  | { of: 'paragraph'; file: string; heading: string | null; paragraph: number }
  | { of: 'cell'; file: string; row: number; column: string }
  | { of: 'columns'; file: string; columns: readonly string[]; from: number; to: number; sampled: number | null }
  | { of: 'comment'; author: string; at: number }
  | { of: 'mission' }
  | { of: 'brief'; project: string }
  | { of: 'doc'; title: string }
  /** Earlier work of another mission, as it is called there. */
  | { of: 'earlier'; label: string }

const quoted = (name: string) => `“${name}”`

/** The place in words: `report.pdf, p. 3`, `notes.md, “Risks”, lines 12–14`, `sales.csv, row 7, column “remark”`. */
function placeName(place: Place): string {
  switch (place.of) {
    case 'page':
      return `${place.file}, p. ${place.page}`
    case 'lines': {
      const heading = place.heading ? `, ${quoted(place.heading)}` : ''
      return `${place.file}${heading}, ${place.from === place.to ? `line ${place.from}` : `lines ${place.from}–${place.to}`}`
    }
    case 'paragraph':
      return `${place.file}${place.heading ? `, ${quoted(place.heading)}` : ''}, paragraph ${spokenNumber(place.paragraph)}`
    case 'cell':
      return `${place.file}, row ${spokenNumber(place.row)}, column ${quoted(place.column)}`
    case 'columns': {
      const columns = `${place.columns.length === 1 ? 'column' : 'columns'} ${listed(place.columns.map(quoted))}`
      const sampled = place.sampled === null ? '' : ` (${spokenNumber(place.sampled)} of them sampled)`
      return `${place.file}, ${columns}, rows ${spokenNumber(place.from)}–${spokenNumber(place.to)}${sampled}`
    }
    case 'comment':
      return `comment by ${place.author}, ${new Date(place.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    case 'mission':
      return 'description of this mission'
    case 'brief':
      return `brief of the project ${quoted(place.project)}`
    case 'doc':
      return `doc ${quoted(place.title)} of the project`
    case 'earlier':
      return `earlier work: ${place.label}`
  }
}

/** Numbers places in the order in which they are first cited. */
export function sourceList() {
  const numbers = new Map<string, number>()
  return {
    cite(place: Place): { cite: number } {
      const name = placeName(place)
      const number = numbers.get(name) ?? numbers.size + 1
      numbers.set(name, number)
      return { cite: number }
    },
    names: (): string[] => [...numbers.keys()],
  }
}
export type SourceList = ReturnType<typeof sourceList>
