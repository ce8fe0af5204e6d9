import pdfmake from 'pdfmake'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { StoredFile } from './stored-file.ts'

// Small files for tests, made on the spot.

const asBytes = (content: string | Uint8Array) => (typeof content === 'string' ? new TextEncoder().encode(content) : content)

/** A stored file whose stream gives `piece` bytes at a time, so that characters and rows are cut. */
export function sampleFile(name: string, content: string | Uint8Array, piece = 64 * 1024): StoredFile {
  const bytes = asBytes(content)
  return {
    name,
    type: 'application/octet-stream',
    size: bytes.length,
    read: async () => bytes.slice(),
    stream: async () => {
      let at = 0
      return new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) return controller.close()
          controller.enqueue(bytes.slice(at, (at += piece)))
        },
      })
    },
  }
}

/** A PDF with one paragraph list a page. */
export async function samplePdf(pages: readonly (readonly string[])[], password?: string): Promise<Uint8Array> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  const face = join(folder, 'DejaVuSans.ttf')
  pdfmake.addFonts({ Sample: { normal: face, bold: face, italics: face, bolditalics: face } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
  return await pdfmake
    .createPdf({
      defaultStyle: { font: 'Sample', fontSize: 11 },
      content: pages.map((paragraphs, page) => ({
        pageBreak: page > 0 ? 'before' : undefined,
        stack: paragraphs.map((text) => ({ text, margin: [0, 0, 0, 14] })),
      })),
      ...(password === undefined ? {} : { userPassword: password }),
    })
    .getBuffer()
}
