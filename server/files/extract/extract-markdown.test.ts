import { expect, test } from 'vitest'
import { extractMarkdown, withoutMarks } from './extract-markdown.ts'

test('every passage knows its heading and its lines', () => {
  const { passages } = extractMarkdown('# One\n\nFirst line\nsecond line.\n\nTwo\n---\n\n- an item\n- [x] another\n  goes on\n')
  expect(passages).toEqual([
    { text: 'First line second line.', place: { heading: 'One', from: 3, to: 4 } },
    { text: 'an item', place: { heading: 'Two', from: 9, to: 9 } },
    { text: 'another goes on', place: { heading: 'Two', from: 10, to: 11 } },
  ])
})

test('code, tables and front matter are passed over, and it is said', () => {
  const { passages, notes } = extractMarkdown('---\ntitle: x\n---\n\n```js\ncode()\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText.\n')
  expect(passages.map(({ text }) => text)).toEqual(['Text.'])
  expect(notes).toEqual(['has a table that the digest passes over', 'has a block of code that the digest passes over'])
})

test('a fence that is never closed hides the rest and does not fail', () => {
  expect(extractMarkdown('Text.\n\n```\nmore').passages.map(({ text }) => text)).toEqual(['Text.'])
})

test('marks go, what they mark stays', () => {
  expect(withoutMarks('A **bold** _word_, `code`, [a link](http://x.y) and ~~gone~~ 2 * 3 * 4 in snake_case_name')).toBe(
    'A bold word, code, a link and gone 2 * 3 * 4 in snake_case_name',
  )
})
