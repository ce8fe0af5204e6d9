import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { referencesIn, referenceUrl } from '../board/reference.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { mentionsIn } from './mentions-in.ts'
import { readBlock } from './rich-text.ts'
import { toMarkdown } from './to-markdown.ts'

const id = (letter: string) => letter.repeat(21)
const call = (letter: string) => `[@${letter}](missions://person/${id(letter)})`

const text = `Ask ${call('a')} and **${call('b')}**.

> As ${call('c')} said

- one
  - ${call('d')}

| Who | What |
| --- | --- |
| ${call('e')} | nothing |

Nobody here, but [a link](https://example.com).

${call('a')} again`

function written(markdown: string): Y.XmlElement {
  const root = new Y.Doc().get('body', Y.XmlElement) as Y.XmlElement
  writeMarkdown(root, markdown)
  return root
}

test('are those that the Markdown of a text names, wherever they stand', () => {
  const root = written(text)
  const found = mentionsIn(root)
  expect(found.map(({ target }) => target)).toEqual(['a', 'b', 'c', 'd', 'e', 'a'].map((letter) => `missions://person/${id(letter)}`))
  expect([...new Set(found.map(({ target }) => target))]).toEqual(referencesIn(readMarkdown(root)).map(referenceUrl))
})

test('are told with their block, and with whoever wrote them', () => {
  const root = written(`First\n\nAsk ${call('a')}`)
  const [mention] = mentionsIn(root)
  expect(toMarkdown([readBlock(mention!.block)])).toContain('Ask')
  expect(mention!.client).toBe(root.doc!.clientID)
})

test('that were deleted, and words that only look like one, are none', () => {
  const root = written(`Ask ${call('a')}\n\n\`missions://person/${id('b')}\``)
  root.delete(0, 1)
  expect(mentionsIn(root)).toEqual([])
})
