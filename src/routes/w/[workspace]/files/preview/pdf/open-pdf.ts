import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import { loadPdfjs } from './load-pdfjs.ts'
import { PdfData } from './pdf-data.ts'

export type OpenedPdf =
  | { ok: true; pdf: PDFDocumentProxy; pages: number; close: () => void }
  | { ok: false; code: 'password' | 'failed'; message: string }

/** Pictures in a document that have more points are left out rather than decoded. */
const mostPixels = 60_000_000

/** One for all documents: it takes a moment to start. */
let worker: PDFWorker | null = null

/** Opens a stored PDF, with a password if it needs one. Pages are fetched as they are looked at. */
export async function openPdf(url: string, password: string | null, onProgress: (share: number) => void): Promise<OpenedPdf> {
  let task: PDFDocumentLoadingTask
  try {
    const { getDocument, PDFWorker } = await loadPdfjs()
    if (!worker || worker.destroyed) worker = PDFWorker.create({ name: 'pdf' })
    task = getDocument({
      url, worker, ...password === null ? {} : { password }, maxImageSize: mostPixels, enableXfa: false, useWorkerFetch: false, BinaryDataFactory: PdfData,
      cMapUrl: './', standardFontDataUrl: './', wasmUrl: './', disableAutoFetch: true, rangeChunkSize: 256 * 1024, verbosity: 0,
    })
  } catch {
    return { ok: false, code: 'failed', message: 'What shows PDFs could not be loaded. Open the file again when you are online.' }
  }
  task.onProgress = ({ loaded, total }: { loaded: number; total: number }) => onProgress(total > 0 ? Math.min(1, loaded / total) : 0)
  try {
    const pdf = await task.promise
    return { ok: true, pdf, pages: pdf.numPages, close: () => void task.destroy() }
  } catch (error) {
    void task.destroy()
    const name = error instanceof Error ? error.name : ''
    if (name === 'PasswordException') return { ok: false, code: 'password', message: password === null ? '' : 'That is not its password.' }
    if (name === 'ResponseException') return { ok: false, code: 'failed', message: (error as { missing?: boolean }).missing ? 'This file is gone.' : 'The server could not give this file. Try again in a moment.' }
    if (name === 'InvalidPDFException') return { ok: false, code: 'failed', message: 'The PDF is damaged: its pages could not be found. Download it to try another program.' }
    return { ok: false, code: 'failed', message: 'The PDF could not be read. Download it to try another program.' }
  }
}
