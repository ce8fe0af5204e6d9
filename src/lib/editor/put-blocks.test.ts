import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fromMarkdown } from './from-markdown.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { putBlocks } from './put-blocks.ts'
import { readRichText } from './rich-text.ts'

function textOf(markdown: string) {
  const doc = new Y.Doc()
  const root = doc.get('body', Y.XmlElement) as Y.XmlElement
  writeMarkdown(root, markdown)
  return { doc, root }
}

const rich = '# Plan\n\nWords with **weight** and a [link](https://example.org).\n\n- one\n- two\n  - below\n- [x] done\n\n> quoted\n\n```ts\nconst a = 1\n\nconst b = 2\n```'

test.each([['', rich], [rich, ''], [rich, '# Plan\n\nOther words.'], ['One.\n\nTwo.\n\nThree.', 'Zero.\n\nOne.\n\nThree.\n\nFour.']])('%j becomes %j', (before, after) => {
  const { root } = textOf(before)
  const wanted = fromMarkdown(after)
  putBlocks(root, wanted, 'test')
  expect(readRichText(root)).toEqual(readRichText(textOf(after).root))
})

test('blocks that stay are the same as before, so that their words keep their authors', () => {
  const { root } = textOf('One.\n\nTwo.\n\nThree.')
  const [one, , three] = root.toArray()
  putBlocks(root, fromMarkdown('One.\n\nSomething new.\n\nThree.'), 'test')
  expect(root.toArray()[0]).toBe(one)
  expect(root.toArray()[2]).toBe(three)
})

test('it is one edit of its origin, which an undo takes back whole without what others wrote since', () => {
  const { doc, root } = textOf('One.\n\nTwo.\n\nThree.')
  const undo = new Y.UndoManager(root, { trackedOrigins: new Set(['mine']) })
  putBlocks(root, fromMarkdown('One.\n\nThree.\n\nFour.'), 'mine')
  doc.transact(() => (root.get(0) as Y.XmlElement).insert(1, [new Y.XmlText(' And more.')]), 'somebody')
  undo.undo()
  expect(readMarkdown(root)).toBe('One. And more.\n\nTwo.\n\nThree.')
})
