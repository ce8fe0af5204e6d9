import { marked, type Token, type Tokens } from 'marked'
import type { Content, Node } from 'pdfmake'
import { isRightToLeft, linesOfWidth, visualPieces } from './bidi.ts'
import { accent, faint, fontName, monoName, page, printable, quiet, set, textWidth, wash, type PdfHead } from './page-look.ts'

/** Pictures by the address that the Markdown has for them. What is not there is told in words. */
export type Pictures = Readonly<Record<string, { type: string; bytes: Uint8Array }>>

export const setTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/svg+xml']

type Style = { bold?: true; italics?: true; color?: string; decoration?: 'lineThrough'; fontSize?: number; background?: string }

const plain = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, '’').replace(/&amp;/g, '&')

/** Text within a line. Links are shown, with where they lead, but lead nowhere: a PDF of staff opens nothing by itself. */
function inline(tokens: readonly Token[], style: Style = {}): Node[] {
  return tokens.flatMap((token): Node[] => {
    const part = token as Tokens.Generic
    switch (token.type) {
      case 'strong': return inline(part.tokens ?? [], { ...style, bold: true })
      case 'em': return inline(part.tokens ?? [], { ...style, italics: true })
      case 'del': return inline(part.tokens ?? [], { ...style, decoration: 'lineThrough' })
      case 'codespan': return [{ text: printable(plain(part.text as string)), ...style, font: monoName, fontSize: 8, color: accent, background: wash }]
      case 'br': return [{ text: '\n' }]
      case 'link': {
        const shown = inline(part.tokens ?? [], { ...style, color: accent })
        const href = part.href as string
        return href === part.text || !/^https?:/.test(href) ? shown : [...shown, { text: ` (${printable(href)})`, color: quiet, fontSize: 8 }]
      }
      case 'image': return [{ text: `[${printable(part.text as string)}]`, ...style, color: quiet }]
      case 'html': return /^<br\s*\/?>$/i.test(token.raw) ? [{ text: '\n' }] : []
      case 'checkbox': return []
      default: return part.tokens ? inline(part.tokens, style) : [{ text: set(plain((part.text as string | undefined) ?? token.raw)), ...style } as Node]
    }
  })
}

/** A paragraph that runs right to left is set line by line, since the layout would put its first word at the left. */
function paragraph(tokens: readonly Token[], width: number): Node {
  const text = tokens.map((token) => plain(token.raw)).join('')
  if (!isRightToLeft(text)) return { text: inline(tokens) }
  return { stack: linesOfWidth(printable(text.replace(/[*_`]/g, '')), Math.floor(width / 5.4)).map((line) => ({ text: visualPieces(line, true), alignment: 'right' as const })) }
}

function picture({ href, text }: { href: string; text: string }, pictures: Pictures): Content {
  const found = pictures[href]
  const caption = text ? { text: set(plain(text)), color: quiet, fontSize: 8, margin: [0, 3, 0, 10] as [number, number, number, number] } : null
  if (!found) return { text: [`[Picture that is not on the mission: ${printable(href)}] `, set(plain(text))], color: quiet, margin: [0, 2, 0, 8] }
  const fit = { margin: [0, 4, 0, caption ? 0 : 10] as [number, number, number, number] }
  const base64 = () => `data:${found.type};base64,${Buffer.from(found.bytes).toString('base64')}`
  const shown: Content = found.type === 'image/svg+xml'
    ? { svg: Buffer.from(found.bytes).toString('utf8'), font: fontName, fit: [textWidth, 560], ...fit } as Content
    : { image: base64(), fit: [textWidth, 560], ...fit } as Content
  return { stack: caption ? [shown, caption] : [shown], unbreakable: true } as Content
}

function table({ header, rows, align }: Tokens.Table): Content {
  // The column with the longest text takes what the others leave.
  const longest = header.map((each, column) => Math.max(each.text.length, ...rows.map((row) => row[column]?.text.length ?? 0)))
  const widest = longest.indexOf(Math.max(...longest))
  const cell = ({ tokens }: Tokens.TableCell, column: number, extra: Node): Node => ({ ...paragraph(tokens, textWidth / header.length), alignment: align[column] ?? 'left', fontSize: 8, ...extra } as Node)
  return {
    margin: [0, 4, 0, 12],
    table: {
      headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true,
      widths: header.map((_, column) => (header.length > 6 || column === widest ? '*' : 'auto')),
      body: [header.map((each, column) => cell(each, column, { bold: true, color: quiet })), ...rows.map((row) => header.map((_, column) => (row[column] ? cell(row[column], column, {}) : { text: '' })))],
    },
    layout: {
      hLineWidth: (line: number, { table: { body } }: { table: { body: unknown[] } }) => (line === 0 || line === body.length ? 0 : line === 1 ? 0.8 : 0.4),
      vLineWidth: () => 0, hLineColor: (line: number) => (line === 1 ? '#b9c1cb' : faint),
      paddingLeft: (column: number) => (column === 0 ? 0 : 5), paddingRight: () => 5, paddingTop: () => 3, paddingBottom: () => 3,
    },
  }
}

/** A block on a wash, with a rule at its left for what is quoted. */
const boxed = (content: Content, rule: boolean): Content => ({
  margin: [0, 2, 0, 10],
  table: { widths: ['*'], body: [[{ stack: [content], fillColor: wash, border: [rule, false, false, false], margin: [7, 5, 7, 5] }]] },
  layout: { vLineWidth: (line: number) => (rule && line === 0 ? 2.5 : 0), hLineWidth: () => 0, vLineColor: () => accent },
})

/** An item with its box before its first words. */
function ticked({ tokens, checked }: Tokens.ListItem): Token[] {
  const box: Tokens.Text = { type: 'text', raw: checked ? '☑ ' : '☐ ', text: checked ? '☑ ' : '☐ ' }
  const index = tokens.findIndex(({ type }) => type === 'text' || type === 'paragraph')
  return tokens.map((token, at) => (at === index ? { ...token, tokens: [box, ...(token as Tokens.Generic).tokens ?? []] } : token))
}

function blocks(tokens: readonly Token[], pictures: Pictures, width: number): Content[] {
  return tokens.flatMap((token): Content[] => {
    const part = token as Tokens.Generic
    switch (token.type) {
      case 'heading': {
        const depth = part.depth as number
        return [{ text: inline(part.tokens ?? []), headlineLevel: Math.min(depth, 3), style: depth === 1 ? 'title' : depth === 2 ? 'section' : 'subsection' } as Content]
      }
      case 'paragraph':
      case 'text': {
        const own = part.tokens ?? [token]
        const shown = own.filter(({ type }) => type === 'image') as Tokens.Image[]
        const words = own.filter(({ type }) => type !== 'image')
        return [
          ...words.some(({ raw }) => raw.trim()) ? [{ ...paragraph(words, width), margin: [0, 0, 0, token.type === 'text' ? 2 : 7] } as Content] : [],
          ...shown.map((each) => picture(each, pictures)),
        ]
      }
      case 'list': {
        const list = token as Tokens.List
        const items = list.items.map((item) => ({ stack: blocks(item.task ? ticked(item) : item.tokens, pictures, width - 24), margin: [0, 0, 0, 3], ...item.task ? { listType: 'none' } : {} }) as Node)
        const start = typeof list.start === 'number' ? list.start : 1
        return [(list.ordered ? { ol: items, start, markerColor: accent, margin: [0, 0, 0, 8] } : { ul: items, markerColor: accent, margin: [0, 0, 0, 8] }) as Content]
      }
      case 'code': return [boxed({ text: printable(part.text as string).replace(/\t/g, '    '), font: monoName, fontSize: 7.5, preserveLeadingSpaces: true, color: quiet } as Content, false)]
      case 'blockquote': return [boxed({ stack: blocks(part.tokens ?? [], pictures, width - 24), color: quiet } as Content, true)]
      case 'table': return [table(token as Tokens.Table)]
      case 'hr': return [{ canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.6, lineColor: faint }], margin: [0, 6, 0, 10] } as Content]
      // Markup is no typography: what it would do is not known here.
      default: return []
    }
  })
}

/** The addresses of the pictures that a text wants. */
export function picturesIn(markdown: string): string[] {
  const found = new Set<string>()
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === 'image') found.add((token as Tokens.Image).href)
  })
  return [...found]
}

/** Markdown on A4. Letters that the font does not have show as boxes. */
export const setMarkdown = (markdown: string, head: PdfHead, pictures: Pictures): Promise<Uint8Array> =>
  page('Report', head, blocks(marked.lexer(markdown), pictures, textWidth))
