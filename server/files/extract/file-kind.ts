import { fileTypeFromBuffer } from 'file-type'
import { decodeText, sniffEncoding, type Encoding } from './encoding.ts'
import { looksLikeProse, sniffDelimiter, type Delimiter } from './delimiter.ts'

/**
 * What a file is, judged by its bytes. `surprise` says, for a person, where name and content disagree; `reason` continues the
 * sentence that begins with the file's name.
 */
export type FileKind =
  | { kind: 'pdf'; surprise: string | null }
  | { kind: 'table'; encoding: Encoding; delimiter: Delimiter; surprise: string | null }
  | { kind: 'markdown' | 'text'; encoding: Encoding; surprise: string | null }
  /** `data`: for programs, such as JSON: there is nothing in it to quote. */
  | { kind: 'declined'; reason: string; data?: true }

const instead = 'this engine reads PDF, Word, Excel, PowerPoint, CSV, TSV, HTML, Markdown, RTF, e-mail and plain text'

const spoken: Record<string, string> = {
  docx: 'a Word document (save it as PDF and it can be read)',
  odt: 'an OpenDocument text (save it as PDF and it can be read)',
  xlsx: 'an Excel workbook (save a sheet as CSV and it can be read)',
  ods: 'an OpenDocument spreadsheet (save a sheet as CSV and it can be read)',
  pptx: 'a PowerPoint presentation (save it as PDF and it can be read)',
  odp: 'an OpenDocument presentation (save it as PDF and it can be read)',
  cfb: 'a document of an older Office format (save it as PDF or CSV and it can be read)',
  rtf: 'a rich text (RTF) document',
  xml: 'an XML file',
  zip: 'a ZIP archive',
  epub: 'an e-book (EPUB)',
}

const groups: Record<string, string> = { image: 'picture', video: 'film', audio: 'sound recording', font: 'font' }

function nameOf(ext: string, mime: string): string {
  const group = groups[mime.split('/')[0] ?? '']
  return spoken[ext] ?? (group ? `a ${group} (${ext.toUpperCase()})` : `a ${ext.toUpperCase()} file`)
}

const extensionOf = (name: string) => (/\.([a-z0-9]{1,10})$/i.exec(name)?.[1] ?? '').toLowerCase()

const isPdf = (head: Uint8Array) => Buffer.from(head.subarray(0, 1024)).includes('%PDF-')

const decline = (what: string): Extract<FileKind, { kind: 'declined' }> => ({ kind: 'declined', reason: `is ${what}; ${instead}` })

/** `head` is the start of the file: 64 KiB serve well. */
export async function fileKind(head: Uint8Array, name: string, type: string): Promise<FileKind> {
  if (head.length === 0) return { kind: 'declined', reason: 'is empty' }
  const ext = extensionOf(name)
  const called = ext ? `is named .${ext}` : 'has no ending in its name'
  if (isPdf(head)) return { kind: 'pdf', surprise: ext === 'pdf' ? null : `${called} but holds a PDF` }

  const found = await fileTypeFromBuffer(head)
  if (found && !found.mime.startsWith('text/')) {
    const claimed = ext && ext !== found.ext && /^(pdf|csv|tsv|tab|md|markdown|txt)$/.test(ext) ? `is named .${ext} but ` : ''
    return { kind: 'declined', reason: `${claimed}is ${nameOf(found.ext, found.mime)}; ${instead}` }
  }
  if (ext === 'eml' || type === 'message/rfc822') return decline('an e-mail message')
  const encoding = sniffEncoding(head)
  if (!encoding) return decline('not text in any encoding known here')
  const { text } = decodeText(head, encoding)
  const start = text.trimStart().slice(0, 200).toLowerCase()
  if (start === '') return { kind: 'declined', reason: 'holds nothing but blank space' }
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) return decline('a web page (HTML)')
  if (/^(<\?xml|<svg)/.test(start)) return { ...decline('an XML file'), data: true }
  if (/^json/.test(ext) || type === 'application/json') return { ...decline('JSON data'), data: true }
  return textKind(text, encoding, ext, type)
}

function textKind(text: string, encoding: Encoding, ext: string, type: string): FileKind {
  const delimiter = sniffDelimiter(text, /^(tsv|tab)$/.test(ext) ? '\t' : null)
  const saysTable = /^(csv|tsv|tab)$/.test(ext) || /^text\/(csv|tab-separated-values)$/.test(type)
  if (saysTable) {
    if (delimiter.columns === 1 && looksLikeProse(text)) return { kind: 'text', encoding, surprise: `is named .${ext} but holds prose` }
    return { kind: 'table', encoding, delimiter: delimiter.delimiter, surprise: null }
  }
  if (/^(md|markdown|mdown)$/.test(ext) || type === 'text/markdown') return { kind: 'markdown', encoding, surprise: null }
  if (delimiter.certain)
    return {
      kind: 'table',
      encoding,
      delimiter: delimiter.delimiter,
      surprise: `${ext ? `is named .${ext}` : 'has no ending in its name'} but holds a table`,
    }
  return { kind: 'text', encoding, surprise: ext === 'pdf' ? 'is named .pdf but holds plain text' : null }
}
