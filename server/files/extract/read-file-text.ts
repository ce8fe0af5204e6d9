import { open, readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { decodeAny, spokenEncoding } from './any-encoding.ts'
import { looksLikeProse, sniffDelimiter } from './delimiter.ts'
import type { PassagePlace } from './extracted-text.ts'
import { NoText, textBudget, type FileText, type TextPart } from './file-text.ts'
import { openZip, type Zip } from './open-zip.ts'

const mostPdfBytes = 100 * 1024 * 1024
const mostEmailBytes = 64 * 1024 * 1024
/** Text beyond this would be cut anyway. */
const mostTextBytes = 32 * 1024 * 1024

const officeTypes = /^application\/(vnd\.openxmlformats-officedocument\..+|vnd\.ms-(word|excel|powerpoint)\..*macroenabled.*|msword|vnd\.ms-excel|vnd\.ms-powerpoint|x-cfb)$/
const textNames = /\.(eml|rtf|txt|text|log|csv|tsv|tab|md|markdown|html?|xhtml|json|xml|ya?ml|ini|toml|srt|vtt|tex)$/i

/** Whether there is text to look for in a file of this type and name. */
export const holdsText = (type: string, name: string): boolean =>
  type === 'application/pdf' || officeTypes.test(type) || (type.startsWith('text/') && type !== 'text/calendar') || /^(message\/rfc822|application\/(rtf|json|xml|xhtml\+xml))$/.test(type)
  || (type === 'application/octet-stream' && textNames.test(name))

/** What is inside a file of this disk. Throws NoText with the reason where there is nothing to be had. */
export async function readFileText(path: string, name: string, type: string): Promise<FileText> {
  const { size } = await stat(path)
  const head = await headOf(path)
  if (isPdf(head)) {
    if (size > mostPdfBytes) throw new NoText(`is larger than the ${mostPdfBytes / 1024 / 1024} MB that are taken of a PDF`)
    return pdfText(new Uint8Array(await readFile(path)))
  }
  if (isCompound(head)) return compoundText(path, size)
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const zip = await openZip(path)
    try {
      return await officeText(zip)
    } finally {
      zip.close()
    }
  }
  if (Buffer.from(head.subarray(0, 5)).toString('latin1') === '{\\rtf') {
    const { extractRtf } = await import('./extract-rtf.ts')
    return extractRtf((await readFile(path)).subarray(0, mostTextBytes).toString('latin1'))
  }
  if (type === 'message/rfc822' || extname(name).toLowerCase() === '.eml') {
    if (size > mostEmailBytes) throw new NoText(`is larger than the ${mostEmailBytes / 1024 / 1024} MB that are taken of a message`)
    const { extractEmail } = await import('./extract-email.ts')
    return extractEmail(await readFile(path))
  }
  return writtenText(path, name, type, size)
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const isPdf = (head: Uint8Array) => Buffer.from(head.subarray(0, 1024)).includes('%PDF-')
/** The container of Office before 2007, and of protected documents since. */
const isCompound = (head: Uint8Array) => Buffer.from(head.subarray(0, 8)).toString('hex') === 'd0cf11e0a1b11ae1'

async function pdfText(bytes: Uint8Array): Promise<FileText> {
  const { extractPdf } = await import('./extract-pdf.ts')
  const found = await extractPdf(bytes, new AbortController().signal)
  if (!found.ok) throw new NoText(found.reason)
  const pages = new Map<number, string[]>()
  const pageOf = (place: PassagePlace) => ('page' in place ? place.page : 1)
  for (const { text, place } of found.passages) pages.set(pageOf(place), [...pages.get(pageOf(place)) ?? [], text])
  const budget = textBudget()
  const parts: TextPart[] = []
  for (const [page, paragraphs] of pages) if (!budget.full) parts.push({ kind: 'text', title: null, page, markdown: budget.take(paragraphs.join('\n\n')) })
  return { parts, pages: found.pages, notes: [...found.notes, ...budget.notes()] }
}

async function compoundText(path: string, size: number): Promise<FileText> {
  // The names of its streams stand in its directory as UTF-16.
  const encrypted = size < mostPdfBytes && (await readFile(path)).includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw new NoText(encrypted ? 'is protected by a password' : 'is a document of an older Office format; save it in the newer one (DOCX, XLSX or PPTX) and it can be read')
}

async function officeText(zip: Zip): Promise<FileText> {
  const holds = (folder: string) => [...zip.names()].some((name) => name.startsWith(folder))
  if (holds('word/')) return (await import('./extract-docx.ts')).extractDocx(zip)
  if (holds('xl/')) {
    if (holds('xl/workbook.bin')) throw new NoText('is a workbook in Excel’s binary format; save it as XLSX and it can be read')
    return (await import('./extract-xlsx.ts')).extractXlsx(zip)
  }
  if (holds('ppt/')) return (await import('./extract-pptx.ts')).extractPptx(zip)
  throw new NoText('is an archive, and what is in it is not read')
}

async function writtenText(path: string, name: string, type: string, size: number): Promise<FileText> {
  const bytes = size > mostTextBytes ? await firstOf(path, mostTextBytes) : await readFile(path)
  const decoded = decodeAny(bytes)
  if (!decoded) throw new NoText('is not text in any encoding known here')
  const budget = textBudget()
  const { encoding } = decoded
  const text = decoded.text.toWellFormed()
  if (text.trim() === '') throw new NoText('holds nothing but blank space')
  const notes = encoding === 'utf-8' || encoding.startsWith('utf-16') ? [] : [`is not UTF-8 and was read as ${spokenEncoding(encoding)}`]
  if (size > mostTextBytes) notes.push(`was read up to its first ${mostTextBytes / 1024 / 1024} MB`)
  const extension = extname(name).toLowerCase()
  if (type === 'text/html' || /^\.x?html?$/.test(extension) || /^\s*(<!doctype html|<html)/i.test(text.slice(0, 500))) {
    const { extractHtml } = await import('./extract-html.ts')
    const page = extractHtml(text)
    return { ...page, notes: [...notes, ...page.notes] }
  }
  const preferred = /^\.(tsv|tab)$/.test(extension) || type === 'text/tab-separated-values' ? '\t' as const : null
  if (preferred || extension === '.csv' || type === 'text/csv') {
    const { delimiter, columns } = sniffDelimiter(text.slice(0, 64 * 1024), preferred)
    if (columns > 1 || !looksLikeProse(text.slice(0, 64 * 1024))) {
      const csv = delimiter === ',' ? text : await (await import('./comma-separated.ts')).commaSeparated(text, delimiter)
      return { parts: [{ kind: 'table', title: null, csv: budget.take(csv) }], pages: null, notes: [...notes, ...budget.notes()] }
    }
  }
  return { parts: [{ kind: 'text', title: null, page: null, markdown: budget.take(text) }], pages: null, notes: [...notes, ...budget.notes()] }
}

async function firstOf(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
