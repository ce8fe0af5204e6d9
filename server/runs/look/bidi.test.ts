import { expect, test } from 'vitest'
import { linesOfWidth, visualPieces } from './bidi.ts'

test('right-to-left words stay together in their own order, numbers and Latin between them stand where they are seen', () => {
  expect(visualPieces('ارتفعت المبيعات 12 مرة')).toEqual(['مرة', '\u00a012\u00a0', 'ارتفعت\u00a0المبيعات'])
  expect(visualPieces('the word مرحبا بكم means')).toEqual(['the word\u00a0', 'مرحبا\u00a0بكم', '\u00a0means'])
})

test('a paragraph is broken into lines without losing a word', () => {
  const text = 'one two three four five'
  expect(linesOfWidth(text, 9)).toEqual(['one two', 'three', 'four five'])
  expect(linesOfWidth(text, 3).join(' ')).toBe(text)
})
