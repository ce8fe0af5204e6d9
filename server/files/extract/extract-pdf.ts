import { getDocumentProxy } from 'unpdf'
import { countWords, type ExtractedText, type Passage, type Unreadable } from './extracted-text.ts'
import { linesOf, paragraphsOf, withoutRunningHeads, type TextItem } from './page-lines.ts'
import { breather } from './breather.ts'
import { orAborted } from './stored-file.ts'

const mostPages = 1000

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** The text of a PDF, page by page. Throws only the signal's reason. */
export async function extractPdf(bytes: Uint8Array, signal: AbortSignal): Promise<ExtractedText | Unreadable> {
  const opening = open(bytes)
  const opened = await orAborted(opening, signal)
  if (!opened.ok) return opened
  const { pdf } = opened
  try {
    const breathe = breather(signal)
    const pages: ReturnType<typeof linesOf>[] = []
    const broken: number[] = []
    for (let number = 1; number <= Math.min(pdf.numPages, mostPages); number += 1) {
      await breathe()
      try {
        const page = await orAborted(pdf.getPage(number), signal)
        const content = await orAborted(page.getTextContent(), signal)
        pages.push(linesOf(content.items.filter((item): item is Extract<typeof item, TextItem> => 'str' in item)))
        page.cleanup()
      } catch {
        signal.throwIfAborted()
        broken.push(number)
        pages.push([])
      }
    }
    return textOf(pages, pdf.numPages, broken)
  } finally {
    pdf.loadingTask.destroy().catch(() => {})
  }
}

async function open(bytes: Uint8Array) {
  try {
    // pdf.js refuses a Buffer, and may detach what it is given. Its warnings would go to the server's output; what matters of them shows in the result.
    return { ok: true as const, pdf: await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }) }
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'PasswordException') return { ok: false as const, reason: 'is protected by a password' }
    return { ok: false as const, reason: 'is broken: it begins like a PDF but cannot be opened as one' }
  }
}

function textOf(pages: ReturnType<typeof linesOf>[], all: number, broken: number[]): ExtractedText | Unreadable {
  const passages: Passage[] = []
  for (const [index, lines] of withoutRunningHeads(pages).entries()) {
    for (const text of paragraphsOf(lines)) passages.push({ text, place: { page: index + 1 } })
  }
  if (passages.length === 0) {
    const reason =
      broken.length > 0
        ? 'is broken: its pages cannot be read'
        : `has ${count(all, 'page', 'pages')} but no text in them; they are probably scanned pictures`
    return { ok: false, reason }
  }
  const notes: string[] = []
  const blank = pages.filter((lines) => lines.length === 0).length - broken.length
  if (blank > 0) notes.push(`has ${count(blank, 'page', 'pages')} without text`)
  if (broken.length > 0) notes.push(`has ${count(broken.length, 'page', 'pages')} that cannot be read (${broken.slice(0, 10).join(', ')})`)
  if (all > mostPages) notes.push(`was read up to page ${mostPages} of ${all.toLocaleString('en')}`)
  return { ok: true, passages, words: countWords(passages), pages: all, notes }
}
