import type * as Pdfjs from 'pdfjs-dist'
// As they were built: their names tell the service worker that they are not part of the app's shell.
import pdfUrl from 'pdfjs-dist/legacy/build/pdf.min.mjs?url'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

let loading: Promise<typeof Pdfjs> | null = null

/** PDF.js, once for the page; its worker is another file, which it starts itself. */
export function loadPdfjs(): Promise<typeof Pdfjs> {
  return loading ??= (import(/* @vite-ignore */ pdfUrl) as Promise<typeof Pdfjs>).then(
    (pdfjs) => {
      pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
      return pdfjs
    },
    (error: unknown) => {
      loading = null
      throw error
    },
  )
}
