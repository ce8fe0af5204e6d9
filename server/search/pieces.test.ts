import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

const lines = Array.from({ length: 3_000 }, (_, n) => `${n} ${'harbour tide crane '.repeat(1 + (n * 7) % 5)}`)

test('a short text is one piece, a long one is many that have all of it, none of them too long', () => {
  expect(piecesOf('')).toEqual([''])
  expect(piecesOf('short\ntext')).toEqual(['short\ntext'])
  const pieces = piecesOf(lines.join('\n'))
  expect(pieces.join('\n')).toBe(lines.join('\n'))
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(16_000)
  expect(pieces.length).toBeGreaterThan(10)
})

test('a letter has little written anew, in long paragraphs, too', () => {
  const paragraphs = Array.from({ length: 200 }, (_, n) => `${n} ${'harbour tide crane '.repeat(105)}`)
  expect(Math.max(...piecesOf(paragraphs.join('\n')).map(({ length }) => length))).toBeLessThan(2_100)
})

test('a change moves no more than the pieces beside it', () => {
  const before = piecesOf(lines.join('\n'))
  for (const [at, line] of [[0, 'first\nand second'], [1_500, 'changed'], [2_999, '']] as const) {
    const after = piecesOf(lines.with(at, line).join('\n'))
    expect(after.filter((piece) => !before.includes(piece)).length).toBeLessThanOrEqual(3)
  }
})

test('a line that is longer than a piece is cut between words, and no letter is cut in two', () => {
  const words = `word${' word'.repeat(9_000)}`
  expect(piecesOf(words).flatMap((piece) => piece.trim().split(' ')).every((word) => word === 'word')).toBe(true)
  expect(piecesOf('🙂'.repeat(20_000)).every((piece) => piece.isWellFormed())).toBe(true)
  expect(piecesOf('🙂'.repeat(20_000)).join('')).toBe('🙂'.repeat(20_000))
})
