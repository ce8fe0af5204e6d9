/**
 * What PDF.js asks for while it reads: maps of Asian letters, fonts that a document counts on, decoders of rare kinds of pictures.
 * All from our own server; each only when a document needs it.
 */
const urls = {
  ...import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/*.bcmap', { query: '?url&no-inline', import: 'default', eager: true }),
  ...import.meta.glob<string>('/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url&no-inline', import: 'default', eager: true }),
  ...import.meta.glob<string>(['/node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm', '/node_modules/pdfjs-dist/wasm/*_nowasm_fallback.js'], { query: '?url&no-inline', import: 'default', eager: true }),
}

const byName = new Map(Object.entries(urls).map(([path, url]) => [path.split('/').at(-1)!, url]))

export class PdfData {
  // The options of PDF.js, which knows folders; here each file has an address of its own.
  constructor(_: unknown) {}

  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = byName.get(filename)
    if (!url) throw new Error(`There is no ${filename}.`)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${filename} could not be loaded.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
