import { posix } from 'node:path'
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'

/** What a part of an Office document points at, by id: type (its last word) and path in the archive. */
type Relations = ReadonlyMap<string, { type: string; path: string }>

export async function relationsOf(zip: Zip, part: string): Promise<Relations> {
  const found = new Map<string, { type: string; path: string }>()
  const file = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  if (!zip.has(file)) return found
  await readXml(await zip.open(file), {
    open(name, { Id, Target, Type, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return
      found.set(Id, { type: Type?.split('/').at(-1) ?? '', path: Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(part), Target) })
    },
  })
  return found
}

/** The part that a document begins with, whatever it is called. */
export async function mainPart(zip: Zip, otherwise: string): Promise<string> {
  if (zip.has(otherwise)) return otherwise
  const found = [...(await relationsOf(zip, '')).values()].find(({ type }) => type === 'officeDocument')
  return found?.path ?? otherwise
}

/** Markdown has one line a cell. */
const tableCell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim()

/** Rows of cells as a table of Markdown; the first one is taken for its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (width === 0) return ''
  const line = (cells: readonly string[]) => `| ${Array.from({ length: width }, (_, index) => tableCell(cells[index] ?? '')).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n')
}
