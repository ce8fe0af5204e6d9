import { extname } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import { sniffEncoding } from './extract/encoding.ts'

const textTypes: Record<string, string> = {
  '.csv': 'text/csv', '.tsv': 'text/tab-separated-values', '.md': 'text/markdown', '.markdown': 'text/markdown',
  '.txt': 'text/plain', '.log': 'text/plain', '.eml': 'message/rfc822',
  '.html': 'text/html', '.htm': 'text/html', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml',
}

/** Containers whose kind may stand further back than where a head ends: the name decides among them. */
const zipTypes: Record<string, string> = {
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

/** UTF-8 and UTF-16 are told by the bytes; in the older encodings anything could be text, so that the name has to say it as well. */
function isText(head: Uint8Array, named: boolean) {
  const encoding = sniffEncoding(head)
  return encoding !== null && (encoding !== 'windows-1252' || named)
}

/**
 * The media type of a content, from its bytes; the name decides only among kinds of text and of Office documents. What a sender
 * says of the type is not asked: it may be wrong or a lie.
 */
export async function detectType(name: string, head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const extension = extname(name).toLowerCase()
  if (found?.mime === 'application/zip') return zipTypes[extension] ?? found.mime
  if (found && found.mime !== 'application/xml' && !found.mime.startsWith('text/')) return found.mime
  if (!found && !isText(head, extension in textTypes)) return 'application/octet-stream'
  return textTypes[extension] ?? 'text/plain'
}

const isPage = (type: string) => type === 'text/html' || type === 'application/xhtml+xml'

/**
 * Headers under which a content may be shown by a browser on our own origin: never as a page of ours. `asPage`: HTML in a frame,
 * where nothing runs and nothing is asked of anybody.
 */
export function contentHeaders(name: string, type: string, asPage = false): Record<string, string> {
  if (asPage && isPage(type)) {
    return {
      ...contentHeaders(name, type),
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
    }
  }
  const shown = /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)$|^application\/pdf$|^text\/(plain|markdown|csv)$|^(audio|video)\/[a-z0-9.+-]+$/.test(type)
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
  return {
    'content-type': shown ? (type.startsWith('text/') ? 'text/plain; charset=utf-8' : type) : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'x-content-type-options': 'nosniff',
    // A browser's PDF viewer does not start in a sandbox.
    'content-security-policy': type === 'application/pdf' ? policy : `${policy}; sandbox`,
    'cross-origin-resource-policy': 'same-origin',
  }
}
