import type { Content, Node } from 'pdfmake'
import { isRightToLeft, linesOfWidth, visualPieces } from '../../look/bidi.ts'
import { inQuotes, type Block, type Piece, type Rich } from './digest-blocks.ts'
import { accent, faint, fontName, page, printable, quiet, set, textWidth, wash, type PdfHead } from '../../look/page-look.ts'

function inline(piece: Piece): Content {
  if (typeof piece === 'string') return { text: set(piece) }
  if ('cite' in piece) return { text: `[${piece.cite}]`, linkToDestination: `source-${piece.cite}`, color: accent, fontSize: 8 }
  if ('quote' in piece) return { text: set(inQuotes(piece.quote)) }
  if ('strong' in piece) return { text: set(piece.strong), bold: true }
  return { text: printable(piece.code), color: accent }
}

/** A paragraph that runs right to left is set line by line, since the layout would put its first word at the left. */
function rich(text: Rich, width: number): Content {
  const [first] = text
  const quote = typeof first === 'object' && 'quote' in first ? first.quote : null
  if (quote === null || !isRightToLeft(quote)) return { text: text.map(inline) }
  const lines = linesOfWidth(printable(inQuotes(quote)), Math.floor(width / 5.4))
  return {
    stack: lines.map((line, index) => ({
      text: [...(index === lines.length - 1 ? text.slice(1).map(inline).reverse() : []), ...visualPieces(line, true)],
      alignment: 'right',
    })),
  }
}

function table(part: Extract<Block, { block: 'table' }>): Content {
  const cell = (text: string, column: number, extra: Node): Node => ({
    text: set(text),
    alignment: part.numeric[column] ? 'right' : 'left',
    fontSize: 7.5,
    ...extra,
  })
  return {
    margin: [0, 4, 0, 12],
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: part.header.map((_, column) => (column === part.header.length - 1 ? '*' : 'auto')),
      body: [
        part.header.map((text, column) => cell(text, column, { bold: true, color: quiet })),
        ...part.rows.map((row) => row.map((text, column) => cell(text, column, column === 0 ? { bold: true } : {}))),
      ],
    },
    layout: {
      hLineWidth: (line: number, { table }: { table: { body: unknown[] } }) =>
        line === 0 || line === table.body.length ? 0 : line === 1 ? 0.8 : 0.4,
      vLineWidth: () => 0,
      hLineColor: (line: number) => (line === 1 ? '#b9c1cb' : faint),
      paddingLeft: (column: number) => (column === 0 ? 0 : 5),
      paddingRight: () => 5,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
  }
}

function block(part: Block): Content {
  switch (part.block) {
    case 'heading': {
      const text = { text: set(part.text), headlineLevel: part.level }
      if (part.level === 1) return { ...text, style: 'title' }
      return part.level === 2 ? { ...text, style: 'section' } : { ...text, style: 'subsection' }
    }
    case 'paragraph': {
      if (!part.aside) return { ...(rich(part.text, textWidth) as Node), margin: [0, 0, 0, 7] }
      return {
        margin: [0, 2, 0, 10],
        table: {
          widths: ['*'],
          body: [
            [
              {
                ...(rich(part.text, textWidth - 24) as Node),
                color: quiet,
                fontSize: 8.5,
                fillColor: wash,
                border: [true, false, false, false],
                margin: [7, 5, 7, 5],
              },
            ],
          ],
        },
        layout: { vLineWidth: (line: number) => (line === 0 ? 2.5 : 0), hLineWidth: () => 0, vLineColor: () => accent },
      }
    }
    case 'list':
      return {
        ul: part.items.map((item) => ({ ...(rich(item, textWidth - 24) as Node), margin: [0, 0, 0, 4] })),
        markerColor: accent,
        margin: [0, 0, 0, 8],
      }
    case 'table':
      return table(part)
    case 'chart':
      return { svg: part.svg, width: textWidth, margin: [0, 4, 0, 12], font: fontName }
    case 'sources':
      return {
        stack: part.names.map((name, index) => ({
          columns: [
            { text: `[${index + 1}]`, id: `source-${index + 1}`, width: 26, color: accent },
            { text: set(name), width: '*' },
          ],
          fontSize: 8.5,
          margin: [0, 0, 0, 3],
        })),
        margin: [0, 0, 0, 10],
      }
  }
}

/** The digest on A4. The same blocks and head give the same bytes. */
export const toPdf = (blocks: readonly Block[], head: PdfHead): Promise<Uint8Array> => page('Digest', head, blocks.map(block))
