import { marked } from 'marked'
import { expect, test } from 'vitest'
import { toMarkdown } from './digest-markdown.ts'

const shown = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim()

test.each([
  '<script>alert(1)</script> and <img src=x onerror=y>',
  '[click](javascript:alert(1)) ![x](z.png)',
  '**bold** _it_ `code` ~~gone~~ a_b_c 2 * 3 | x \\ &amp; &lt;',
  '# no heading',
  '- no item',
  '1. no item',
  '> no quote',
  '+ no',
  '=== no',
])('quoted text comes out as it stood, whatever it holds: %s', async (text) => {
  const html = await marked(toMarkdown([{ block: 'paragraph', text: [text] }]))
  expect(shown(html)).toBe(text)
  expect(html).not.toMatch(/<(script|img|a|h1|li|blockquote|em|strong|code|del)\b/)
})

test('what is quoted in the source is quoted once', () => {
  const quoted = (quote: string) => toMarkdown([{ block: 'paragraph', text: [{ quote }] }]).trim()
  expect([quoted('It floats.'), quoted('“It floats.”')]).toEqual(['“It floats.”', '“It floats.”'])
})

test('a cell with a bar in it stays one cell', async () => {
  const html = await marked(toMarkdown([{ block: 'table', header: ['a', 'b'], rows: [['x | y', '1']], numeric: [false, true] }]))
  expect(html.match(/<td/g)).toHaveLength(2)
})
