import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Content, Node } from 'pdfmake'
import { hasRightToLeft, isRightToLeft, linesOfWidth, visualPieces } from './bidi.ts'
import type { Block, Piece, Rich } from './digest-blocks.ts'
import { withBoxes } from './font-letters.ts'
import { spokenDate } from './numbers.ts'

export type PdfHead = { title: string; by: string; project: string | null; at: number }

const ink = '#1f2a37'
const quiet = '#5b6675'
const accent = '#3a6ea5'
const faint = '#e6e9ee'
const wash = '#f4f6f9'
const textWidth = 483
const fontName = 'DejaVu Sans Condensed'

/** What no font draws and a PDF's text must not hold. */
const printable = (text: string) =>
  withBoxes(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, ''))

/** Text as the layout takes it: where some of it runs right to left, in pieces in the order in which they are seen. */
function set(text: string): Content {
  const plain = printable(text)
  return hasRightToLeft(plain) ? visualPieces(plain) : plain
}

function inline(piece: Piece): Content {
  if (typeof piece === 'string') return { text: set(piece) }
  if ('cite' in piece) return { text: `[${piece.cite}]`, linkToDestination: `source-${piece.cite}`, color: accent, fontSize: 8 }
  if ('quote' in piece) return { text: set(`“${piece.quote}”`) }
  if ('strong' in piece) return { text: set(piece.strong), bold: true }
  return { text: printable(piece.code), color: accent }
}

/** A paragraph that runs right to left is set line by line, since the layout would put its first word at the left. */
function rich(text: Rich, width: number): Content {
  const [first] = text
  const quote = typeof first === 'object' && 'quote' in first ? first.quote : null
  if (quote === null || !isRightToLeft(quote)) return { text: text.map(inline) }
  const lines = linesOfWidth(printable(`“${quote}”`), Math.floor(width / 5.4))
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
export async function toPdf(blocks: readonly Block[], head: PdfHead): Promise<Uint8Array> {
  const pdfmake = await printer()
  const date = spokenDate(head.at, 'day')
  const foot = head.title.length > 80 ? `${[...head.title].slice(0, 79).join('')}…` : head.title
  const line = (width: number, color: string, lineWidth: number) => ({
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth, lineColor: color }],
  })
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [56, 60, 56, 64],
    info: {
      title: printable(head.title),
      author: printable(head.by),
      subject: 'Digest',
      creator: 'Missions',
      producer: 'Missions',
      creationDate: new Date(head.at),
    },
    language: 'en',
    displayTitle: true,
    defaultStyle: { font: fontName, fontSize: 9.5, lineHeight: 1.28, color: ink },
    styles: {
      title: { fontSize: 22, bold: true, lineHeight: 1.12, margin: [0, 0, 0, 8] },
      section: { fontSize: 13.5, bold: true, color: ink, margin: [0, 14, 0, 7] },
      subsection: { fontSize: 10.5, bold: true, color: accent, margin: [0, 8, 0, 5] },
    },
    footer: (page: number, pages: number) => ({
      margin: [56, 18, 56, 0],
      stack: [
        line(textWidth, faint, 0.6),
        {
          margin: [0, 7, 0, 0],
          columns: [
            { text: set(foot), color: quiet, fontSize: 7.5 },
            { text: `${page} / ${pages}`, width: 60, alignment: 'right', color: quiet, fontSize: 7.5 },
          ],
        },
      ],
    }),
    // A heading never stays alone, or with a line or two, at the foot of a page.
    pageBreakBefore: (node: { headlineLevel?: number; startPosition: { verticalRatio: number } }) =>
      node.headlineLevel !== undefined
      && node.headlineLevel > 1
      && node.startPosition.verticalRatio > (node.headlineLevel === 2 ? 0.8 : 0.86),
    content: [
      {
        columns: [
          { text: 'DIGEST', bold: true, color: accent, characterSpacing: 1.6 },
          { text: head.project ? [{ text: set(head.project) }, `   ·   ${date}`] : date, alignment: 'right', color: quiet },
        ],
        fontSize: 8,
        margin: [0, 0, 0, 6],
      },
      { ...line(textWidth, accent, 1.6), margin: [0, 0, 0, 14] },
      ...blocks.map(block),
    ],
  })
  return await document.getBuffer()
}

let loaded: Promise<(typeof import('pdfmake'))['default']> | null = null

function printer() {
  loaded ??= (async () => {
    const { default: pdfmake } = await import('pdfmake')
    const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
    const face = (name: string) => join(folder, `DejaVuSansCondensed${name}.ttf`)
    pdfmake.addFonts({
      [fontName]: { normal: face(''), bold: face('-Bold'), italics: face('-Oblique'), bolditalics: face('-BoldOblique') },
    })
    // What a document quotes must never make the server fetch or open anything.
    pdfmake.setUrlAccessPolicy(() => false)
    pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
    return pdfmake
  })()
  return loaded
}
