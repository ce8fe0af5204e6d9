import { marked } from 'marked'
import { expect, test } from 'vitest'
import { escapeMarkdown, markdownLink } from './escape-markdown.ts'
import { fromMarkdown } from './from-markdown.ts'

const url = 'missions://mission/m1'
const titles = [
  'Fix [the] list', '[docs](https://evil.example)', 'close ] it', 'open [ it', 'a](https://evil.example) trap', 'f(x) and (y', '[x]: https://evil.example', '![](https://evil.example/p.png)',
  'C:\\temp\\', 'ends with \\', '`code` and ``more', 'an open ` tick', '*very* **bold** 2 * 3', '_it_ and snake_case_', '~~gone~~',
  '<b>bold</b> <script>alert(1)</script>', '<https://evil.example>', '1 < 2 > 0', 'R&amp;D &lt;', 'a | b', '# 1', '- item', '1. first', '> quote', '@Ada!',
]

test.for(titles)('a title that is linked reads as it stands, and leads where it should: %s', (title) => {
  expect(fromMarkdown(`Together with ${markdownLink(title, url)}.`)).toEqual([
    { kind: 'paragraph', children: [{ kind: 'text', text: 'Together with ', marks: [] }, { kind: 'mention', target: url, name: title.replace(/^@/, '') }, { kind: 'text', text: '.', marks: [] }] },
  ])
})

test('a title of several lines is linked on one', () => {
  expect(fromMarkdown(`- ${markdownLink('One\ntwo\n\n# three\r\n- four', url)}`)).toMatchObject([{ kind: 'list', items: [{ children: [{ kind: 'mention', target: url, name: 'One two # three - four' }] }] }])
})

test.for(titles)('words within a line read as they stand: %s', async (title) => {
  const html = await marked.parseInline(`It says “${escapeMarkdown(title)}”.`)
  expect(html.replace(/<a [^>]*>|<\/a>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')).toBe(`It says “${title}”.`)
})
