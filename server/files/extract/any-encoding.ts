import { detect } from 'chardet'
import { isUtf8, sniffEncoding } from './encoding.ts'

/** Names that a decoder of the web knows by another name, and those that are no text. */
const known: Record<string, string> = { 'ISO-8859-1': 'windows-1252', 'ISO-8859-9': 'windows-1254', 'UTF-32LE': '', 'UTF-32BE': '', ASCII: 'utf-8' }

const usable = (name: string): string | null => {
  try {
    return new TextDecoder(name).encoding
  } catch {
    return null
  }
}

/**
 * The encoding of a text, as a decoder's name, judged by its first 64 KiB; `null` where these are no text at all. What is neither
 * Unicode nor marked is guessed by the frequency of its bytes: Shift-JIS, EUC, Big5, GB 18030, KOI8, Windows and ISO pages.
 */
function anyEncoding(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 64 * 1024)
  const sniffed = sniffEncoding(head)
  // Escape sequences, which look like controls, are how ISO-2022 is written.
  const escapes = head.includes(0x1b) && !head.includes(0)
  if (sniffed === null && !escapes) return null
  if (sniffed !== 'windows-1252' && !escapes) return sniffed
  const guess = detect(head)
  if (guess === null) return sniffed
  const name = known[guess] ?? guess
  return (name && usable(name)) || sniffed
}

/** The text, whatever it was written in; byte order marks go. */
export function decodeAny(bytes: Uint8Array): { text: string; encoding: string } | null {
  let encoding = anyEncoding(bytes)
  if (encoding === null) return null
  // It may turn out later not to be what its beginning looked like.
  if (encoding === 'utf-8' && !isUtf8(bytes)) encoding = 'windows-1252'
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

const spoken: Record<string, string> = { 'windows-1252': 'Latin-1 (Windows-1252)', shift_jis: 'Shift-JIS', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', 'euc-jp': 'EUC-JP', big5: 'Big5', gb18030: 'GB 18030', 'euc-kr': 'EUC-KR' }
export const spokenEncoding = (encoding: string) => spoken[encoding] ?? encoding.toUpperCase()
