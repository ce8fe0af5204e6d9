import { extname } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'

const textTypes: Record<string, string> = {
  '.csv': 'text/csv', '.tsv': 'text/tab-separated-values', '.md': 'text/markdown', '.markdown': 'text/markdown',
  '.html': 'text/html', '.htm': 'text/html', '.json': 'application/json', '.svg': 'image/svg+xml', '.xml': 'application/xml',
}

function isText(head: Uint8Array) {
  if (head.includes(0)) return false
  try {
    // A head may end in the middle of a character: `stream` forgives that.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * The media type of a content, from its bytes; the name decides only among kinds of text. What a sender says of the type
 * is not asked: it may be wrong or a lie.
 */
export async function detectType(name: string, head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const extension = extname(name).toLowerCase()
  if (found && found.mime !== 'application/xml') return found.mime
  if (!found && !isText(head)) return 'application/octet-stream'
  return textTypes[extension] ?? 'text/plain'
}

/** Headers under which a content may be shown by a browser on our own origin: never as a page of ours. */
export function contentHeaders(name: string, type: string): Record<string, string> {
  const shown = /^image\/(png|jpeg|gif|webp|svg\+xml)$|^application\/pdf$|^text\/(plain|markdown|csv)$/.test(type)
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
