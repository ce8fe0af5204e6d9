export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Latin-1 (Windows-1252)',
}

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, index) => bytes[index] === byte)

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    // A cut in the middle of a character is no error: the bytes may be only the start of the file.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Two bytes a character: almost any bytes can be read so, but hardly without signs that no text has. */
function isUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    const controls = text.match(/[^\P{Cc}\t\n\f\r\x1b]|[\ufffe\uffff]/gu)?.length ?? 0
    return text.length > 0 && controls <= text.length * 0.01
  } catch {
    return false
  }
}

/** How the text was written down, judged by its first bytes; `null` when these are not text at all. */
export function sniffEncoding(bytes: Uint8Array): Encoding | null {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  const marked = startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : null
  if (marked) return isUtf16(bytes, marked) ? marked : null
  const zeros: [number, number] = [0, 0]
  let controls = 0
  for (const [index, byte] of bytes.entries()) {
    if (byte === 0) zeros[index % 2 === 0 ? 0 : 1] += 1
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) controls += 1
  }
  const half = bytes.length / 2
  const likely = zeros[1] > half * 0.4 && zeros[0] < half * 0.05 ? 'utf-16le' : zeros[0] > half * 0.4 && zeros[1] < half * 0.05 ? 'utf-16be' : null
  if (likely) return isUtf16(bytes, likely) ? likely : null
  if (zeros[0] + zeros[1] > 0 || controls > bytes.length * 0.01) return null
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

/** Decodes a whole text; what began as UTF-8 and turns out not to be is read as Latin-1, which never fails. Byte order marks go. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): { text: string; encoding: Encoding } {
  if (encoding === 'utf-8' && !isUtf8(bytes)) encoding = 'windows-1252'
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}
