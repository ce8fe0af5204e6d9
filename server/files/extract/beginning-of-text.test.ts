import { expect, test } from 'vitest'
import { plainText, type FileText, type TextPart } from './file-text.ts'
import { randomFrom } from '../../../tests/support/random.ts'
import { beginningOfText } from './beginning-of-text.ts'

async function* pieces(text: FileText, size: number) {
  const json = Buffer.from(JSON.stringify(text))
  for (let at = 0; at < json.length; at += size) yield json.subarray(at, at + size)
}

test('the beginning of a text that comes in pieces is that of its words, whatever stands in them and wherever a piece ends', async () => {
  const random = randomFrom(7)
  const letters = ['a', ' ', '"', '\\', '\n', ':', ',', '{', 'é', '\u0001', '😀', '\ud800', 'title', '\\u00']
  const words = (length: number) => Array.from({ length }, () => letters[random.below(letters.length)]).join('')
  for (let round = 0; round < 20; round += 1) {
    const parts = Array.from({ length: 1 + random.below(4) }, (_, n): TextPart => n % 2
      ? { kind: 'table', title: words(3) || null, csv: words(9_000) }
      : { kind: 'text', title: n === 0 ? null : words(3), page: n, markdown: words(1 + random.below(40_000)) })
    const text: FileText = { parts, pages: 3, notes: ['has "title": two', words(20)] }
    const size = random.pick([1, 7, 100, 16_384])
    expect(await beginningOfText(pieces(text, size), 1_000_000)).toBe(plainText(text))
    expect(await beginningOfText(pieces(text, size), 500)).toBe(plainText(text).slice(0, 500))
  }
})
