import { grown, NoText, textBudget, type FileText } from './file-text.ts'
import { mainPart, markdownTable, relationsOf } from './office-parts.ts'
import type { Zip } from './open-zip.ts'
import { readXml, type XmlHandler } from './read-xml.ts'

type Paragraph = { text: string; heading: number; item: boolean }
type Table = { rows: string[][]; cell: string[] | null }

/** How deep a heading of each style is, by the style's id: styles are called in the language of whoever wrote. */
async function headingStyles(zip: Zip, path: string | undefined): Promise<Map<string, number>> {
  const levels = new Map<string, number>()
  if (!path || !zip.has(path)) return levels
  let id = ''
  await readXml(await zip.open(path), {
    open(name, attributes) {
      if (name === 'style') id = attributes['w:styleId'] ?? ''
      const value = attributes['w:val'] ?? ''
      if (name === 'name') {
        const level = /^heading (\d)$/i.exec(value)?.[1]
        if (level) levels.set(id, Number(level))
        if (/^title$/i.test(value)) levels.set(id, 1)
      }
      if (name === 'outlineLvl' && /^[0-8]$/.test(value) && !levels.has(id)) levels.set(id, Number(value) + 1)
    },
  })
  return levels
}

/** Paragraphs, headings, lists and tables as Markdown, in the order of the text. */
function bodyReader(styles: ReadonlyMap<string, number>, emit: (block: string) => void, full: () => boolean): XmlHandler {
  const paragraphs: Paragraph[] = []
  const tables: Table[] = []
  let inText = false
  /** Depth inside what stands there twice, for programs that do not know better. */
  let fallback = 0

  const end = ({ text, heading, item }: Paragraph) => {
    const trimmed = text.replace(/[^\S\n]+/g, ' ').trim()
    if (trimmed === '') return
    const cell = tables.at(-1)?.cell
    if (cell) cell.push(trimmed)
    else emit(heading > 0 ? `${'#'.repeat(Math.min(heading, 6))} ${trimmed.replace(/\n/g, ' ')}` : item ? `- ${trimmed.replace(/\n/g, ' ')}` : trimmed)
  }
  return {
    open(name, attributes) {
      if (name === 'Fallback' || fallback > 0) {
        fallback += 1
        return
      }
      const open = paragraphs.at(-1)
      switch (name) {
        case 'p': paragraphs.push({ text: '', heading: 0, item: false }); break
        case 'pStyle': if (open) open.heading = styles.get(attributes['w:val'] ?? '') ?? open.heading; break
        case 'outlineLvl': if (open && /^[0-8]$/.test(attributes['w:val'] ?? '')) open.heading = Number(attributes['w:val']) + 1; break
        case 'numPr': if (open) open.item = true; break
        case 't': inText = true; break
        case 'tab': if (open) open.text += '\t'; break
        case 'br': case 'cr': if (open) open.text += '\n'; break
        case 'noBreakHyphen': if (open) open.text += '-'; break
        case 'tbl': tables.push({ rows: [], cell: null }); break
        case 'tr': tables.at(-1)?.rows.push([]); break
        case 'tc': { const table = tables.at(-1); if (table) table.cell = []; break }
      }
    },
    close(name) {
      if (fallback > 0) {
        fallback -= 1
        return
      }
      if (name === 't') inText = false
      if (name === 'p') {
        const paragraph = paragraphs.pop()
        if (paragraph) end(paragraph)
      }
      const table = tables.at(-1)
      if (name === 'tc' && table?.cell) {
        table.rows.at(-1)?.push(table.cell.join(' '))
        table.cell = null
      }
      if (name === 'tbl' && table) {
        tables.pop()
        const outer = tables.at(-1)?.cell
        // A table in a cell: its words, row by row.
        if (outer) outer.push(table.rows.map((row) => row.join(' ')).join(' '))
        else if (table.rows.length > 0) emit(markdownTable(table.rows))
      }
    },
    text(text) {
      const open = paragraphs.at(-1)
      if (inText && open) open.text = grown(open.text, text)
    },
    done: full,
  }
}

/** The text of a Word document, with its notes at the end. */
export async function extractDocx(zip: Zip): Promise<FileText> {
  const main = await mainPart(zip, 'word/document.xml')
  const relations = [...(await relationsOf(zip, main)).values()]
  const pathOf = (type: string) => relations.find((relation) => relation.type === type)?.path
  const styles = await headingStyles(zip, pathOf('styles'))
  const budget = textBudget()
  const blocks: string[] = []
  const read = async (path: string) => readXml(await zip.open(path), bodyReader(styles, (block) => blocks.push(budget.take(block)), () => budget.full))
  await read(main)
  for (const type of ['footnotes', 'endnotes']) {
    const path = pathOf(type)
    if (path && zip.has(path) && !budget.full) await read(path)
  }
  if (blocks.length === 0) throw new NoText([...zip.names()].some((name) => name.startsWith('word/media/')) ? 'has no text: it holds pictures only' : 'has no text in it')
  return { parts: [{ kind: 'text', title: null, page: null, markdown: blocks.join('\n\n') }], pages: null, notes: budget.notes() }
}
