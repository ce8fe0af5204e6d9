import { TextPieces } from './preview/decode-text.ts'

export type ReadText = { ok: true; text: string; cut: boolean } | { ok: false; message: string }

/** The text of a file, its first `mostBytes` only: what is longer is not for looking at in place. */
export async function readText(url: string, mostBytes: number, signal: AbortSignal): Promise<ReadText> {
  try {
    const response = await fetch(url, { signal })
    if (response.status === 404) return { ok: false, message: 'This file is gone.' }
    if (!response.ok || !response.body) return { ok: false, message: 'The server could not give this file. Try again in a moment.' }
    const reader = response.body.getReader()
    const pieces = new TextPieces()
    let text = ''
    let size = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { ok: true, text: text + pieces.end(), cut: false }
      text += pieces.read(value)
      size += value.length
      if (size < mostBytes) continue
      void reader.cancel()
      return { ok: true, text, cut: true }
    }
  } catch {
    return { ok: false, message: 'The server cannot be reached. Open the file again when you are online.' }
  }
}
