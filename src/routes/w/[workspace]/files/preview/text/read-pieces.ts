import { encodingNote, TextPieces } from '../decode-text.ts'

export type PieceRead = { ok: true; text: string; more: boolean; read: number; note: string | null } | { ok: false; message: string }

/** A text that is read from the server piece by piece, as far as somebody wants to see it. */
export class TextInPieces {
  #url: string
  #size: number
  #at = 0
  #pieces = new TextPieces()

  constructor(url: string, size: number) {
    this.#url = url
    this.#size = size
  }

  async next(bytes: number, signal: AbortSignal): Promise<PieceRead> {
    try {
      const last = Math.min(this.#size, this.#at + bytes) - 1
      const response = await fetch(this.#url, { signal, headers: this.#at > 0 || last + 1 < this.#size ? { range: `bytes=${this.#at}-${last}` } : {} })
      if (response.status === 404) return { ok: false, message: 'This file is gone.' }
      if (!response.ok) return { ok: false, message: 'The server could not give this file. Try again in a moment.' }
      let piece = new Uint8Array(await response.arrayBuffer())
      // A server between us that knows no ranges gives all of it.
      if (response.status === 200) piece = piece.subarray(this.#at, last + 1)
      this.#at += piece.length
      const more = this.#at < this.#size && piece.length > 0
      const text = this.#pieces.read(piece) + (more ? '' : this.#pieces.end())
      return { ok: true, text: text.replaceAll('\r\n', '\n'), more, read: this.#at, note: this.#pieces.encoding && encodingNote(this.#pieces.encoding) }
    } catch {
      return { ok: false, message: 'The server cannot be reached. Open the file again when you are online.' }
    }
  }
}
