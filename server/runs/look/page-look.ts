import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Content } from 'pdfmake'
import { hasRightToLeft, visualPieces } from './bidi.ts'
import { withBoxes } from './font-letters.ts'
import { spokenDate } from './numbers.ts'

export type PdfHead = { title: string; by: string; project: string | null; at: number }

export const ink = '#1f2a37'
export const quiet = '#5b6675'
export const accent = '#3a6ea5'
export const faint = '#e6e9ee'
export const wash = '#f4f6f9'
export const textWidth = 483
export const fontName = 'DejaVu Sans Condensed'
export const monoName = 'DejaVu Sans Mono'

/** What no font draws and a PDF's text must not hold. */
export const printable = (text: string) =>
  withBoxes(text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, ''))

/** Text as the layout takes it: where some of it runs right to left, in pieces in the order in which they are seen. */
export function set(text: string): Content {
  const plain = printable(text)
  return hasRightToLeft(plain) ? visualPieces(plain) : plain
}

/** Content on A4, under what kind of text it is. The same content and head give the same bytes. */
export async function page(kind: string, head: PdfHead, content: readonly Content[]): Promise<Uint8Array> {
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
      subject: kind,
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
          { text: kind.toUpperCase(), bold: true, color: accent, characterSpacing: 1.6 },
          { text: head.project ? [{ text: set(head.project) }, `   ·   ${date}`] : date, alignment: 'right', color: quiet },
        ],
        fontSize: 8,
        margin: [0, 0, 0, 6],
      },
      { ...line(textWidth, accent, 1.6), margin: [0, 0, 0, 14] },
      ...content,
    ],
  })
  return await document.getBuffer()
}

let loaded: Promise<(typeof import('pdfmake'))['default']> | null = null

function printer() {
  loaded ??= (async () => {
    const { default: pdfmake } = await import('pdfmake')
    const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
    const faces = (family: string) => {
      const face = (name: string) => join(folder, `${family}${name}.ttf`)
      return { normal: face(''), bold: face('-Bold'), italics: face('-Oblique'), bolditalics: face('-BoldOblique') }
    }
    pdfmake.addFonts({ [fontName]: faces('DejaVuSansCondensed'), [monoName]: faces('DejaVuSansMono') })
    // What a document quotes must never make the server fetch or open anything.
    pdfmake.setUrlAccessPolicy(() => false)
    pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
    return pdfmake
  })()
  return loaded
}
