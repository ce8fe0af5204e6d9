import { expect, test } from 'vitest'
import { encodingNote, guessEncoding, TextPieces } from './decode-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer)

test.each([
  ['UTF-8', bytes('Größe'), 'utf-8'], ['UTF-16 with a mark', new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'utf-16le'], ['UTF-16 without one', utf16('day;height'), 'utf-16le'],
  ['Latin-1', new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65]), 'windows-1252'], ['nothing', new Uint8Array(), 'utf-8'],
])('%s is told by its bytes', (_, head, encoding) => {
  expect(guessEncoding(head)).toBe(encoding)
})

test('letters that lie across two pieces are one', () => {
  const all = bytes('Größe 図 🐟')
  for (let cut = 1; cut < all.length; cut++) {
    const pieces = new TextPieces()
    expect(pieces.read(all.subarray(0, cut)) + pieces.read(all.subarray(cut)) + pieces.end()).toBe('Größe 図 🐟')
  }
})

test('an old encoding is read, and the reader told', () => {
  const pieces = new TextPieces()
  expect(pieces.read(new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65])) + pieces.end()).toBe('Größe')
  expect(encodingNote(pieces.encoding!)).toContain('Windows-1252')
  expect(encodingNote('utf-8')).toBeNull()
})
