export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, index) => bytes[index] === byte)

/** How a text was written down, judged by its first bytes. What is no UTF is read as Windows-1252, which never fails. */
export function guessEncoding(head: Uint8Array): Encoding {
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be'
  let even = 0
  let odd = 0
  for (const [index, byte] of head.entries()) if (byte === 0) index % 2 === 0 ? even++ : odd++
  const half = head.length / 2
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le'
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be'
  try {
    // A head may end in the middle of a character: `stream` forgives that.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** For a reader who wonders about strange letters; `null` where there is nothing to wonder about. */
export const encodingNote = (encoding: Encoding): string | null =>
  encoding === 'windows-1252' ? 'This text is not in UTF-8. It is read as Western European (Windows-1252); if letters look wrong, save it as UTF-8.' : null

/** Turns pieces of a text into letters; the encoding is decided by the first piece. */
export class TextPieces {
  encoding: Encoding | null = null
  #decoder: TextDecoder | null = null

  read(piece: Uint8Array): string {
    this.encoding ??= guessEncoding(piece)
    this.#decoder ??= new TextDecoder(this.encoding)
    return this.#decoder.decode(piece, { stream: true })
  }

  end(): string {
    return this.#decoder?.decode() ?? ''
  }
}
