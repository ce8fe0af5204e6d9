import { Marked } from 'marked'
import { expect, test } from 'vitest'
import { GrowingMarkdown } from './growing-markdown.ts'

const text = `# Sales

The first paragraph, with **bold**, a [link](https://example.org)
and a second line.

- one
- two

  with a paragraph of its own
- three

| week | sold |
| --- | ---: |
| 1 | 20 |
| 2 | 31 |

> A quote
> over two lines

\`\`\`sql
select 1

select 2
\`\`\`

[known]: https://example.org/known

Ends with a [known] link.
`

const marked = new Marked({ gfm: true })
const whole = () => marked.parse(text, { async: false }).replace(/\s+/g, ' ').trim()
const joined = (blocks: readonly string[]) => blocks.join('').replace(/\s+/g, ' ').trim()

test.each([1, 3, 7, 40, 1000])('a text that comes %i characters at a time ends as the whole would', (step) => {
  const growing = new GrowingMarkdown(marked, (html) => html)
  let blocks: readonly string[] = []
  for (let end = step; end < text.length + step; end += step) blocks = growing.read(text.slice(0, end), 0)
  expect(joined(blocks)).toBe(whole())
})

test('a block that is done is not rendered again', () => {
  let rendered = 0
  const growing = new GrowingMarkdown(marked, (html) => {
    rendered++
    return html
  })
  const paragraphs = Array.from({ length: 200 }, (_, n) => `Paragraph ${n}.\n\n`)
  let written = ''
  for (const paragraph of paragraphs) growing.read(written += paragraph, 0)
  expect(rendered).toBeLessThan(3 * paragraphs.length)
})

test('a text that begins anew is read anew', () => {
  const growing = new GrowingMarkdown(marked, (html) => html)
  growing.read('One.\n\nTwo.', 0)
  expect(joined(growing.read('Three.', 1))).toBe('<p>Three.</p>')
})
