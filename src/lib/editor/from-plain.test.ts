import { expect, test } from 'vitest'
import { fromCells, fromText, looksLikeMarkdown, piecesOf } from './from-plain.ts'

test('a long text comes in pieces that make the whole again', () => {
  const lines = Array.from({ length: 3000 }, (_, number) => (number % 7 === 0 ? '' : `line ${number}`))
  const pieces = [...piecesOf(lines.join('\n'), 500)]
  expect(pieces.length).toBeGreaterThan(10)
  expect(pieces.join('')).toBe(`${lines.join('\n')}\n`)
  for (const piece of pieces) expect(piece.length).toBeLessThan(2600)
})

test('code is not cut at its empty lines, and one endless line is cut all the same', () => {
  const code = `\`\`\`\n${'x\n\n'.repeat(100)}\`\`\``
  const [first] = piecesOf(`${code}\n\nafter`, 100)
  expect(first).toBe(`${code}\n\n`)
  const pieces = [...piecesOf('a'.repeat(10_000), 1000)]
  expect(pieces.join('').replaceAll('\n', '')).toBe('a'.repeat(10_000))
  expect(pieces.length).toBeGreaterThan(2)
})

test('cells of a spreadsheet are a table; text that happens to hold a tab is not', () => {
  expect(fromCells('a\tb\r\n1\t2\r\n')).toMatchObject([{ kind: 'table', rows: [[[{ text: 'a' }], [{ text: 'b' }]], [[{ text: '1' }], [{ text: '2' }]]] }])
  expect(fromCells('a\tb')).toBeNull()
  expect(fromCells('a\tb\nc')).toBeNull()
})

test('what is typed by chance is no Markdown', () => {
  for (const text of ['2 * 3 * 4', 'a_b', '[x]', 'C# and F#', 'a | b']) expect(looksLikeMarkdown(text), text).toBe(false)
  for (const text of ['# Title', '- one', 'see [it](https://example.org)', '**bold**', '| a |\n|---|', '```\ncode']) expect(looksLikeMarkdown(text), text).toBe(true)
  expect(fromText('one\n\ntwo')).toEqual([
    { kind: 'paragraph', children: [{ kind: 'text', text: 'one', marks: [] }] },
    { kind: 'paragraph', children: [] },
    { kind: 'paragraph', children: [{ kind: 'text', text: 'two', marks: [] }] },
  ])
})
