import { $createHeadingNode } from '@lexical/rich-text'
import { $isTableNode, type TableNode } from '@lexical/table'
import { $createParagraphNode, $createTextNode, $getRoot, $isElementNode } from 'lexical'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { $blocksOf } from './from-nodes.ts'
import { fromMarkdown } from './from-markdown.ts'
import { $createMentionNode } from './mention-node.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { readRichText } from './rich-text.ts'
import { $step, $tableAtSelection } from './tables.ts'
import { openPeer, type Peer } from './testing/peer.ts'
import { $blockNodes } from './to-nodes.ts'

const source = '| a | b |\n| --- | --- |\n| 1 | 2 |'
const $table = (): TableNode => {
  const table = $getRoot().getChildren().find($isTableNode)
  if (!table) throw new Error('There is no table')
  return table
}
const inCell = (peer: Peer, words: string, act: () => void) => peer.editor.update(() => {
  const text = $getRoot().getAllTextNodes().find((node) => node.getTextContent() === words)
  text?.selectEnd()
  act()
}, { discrete: true })
const step = (peer: Peer, words: string, name: Parameters<typeof $step>[1]) => inCell(peer, words, () => {
  const table = $tableAtSelection()
  if (table) $step(table, name)
})
const withTable = (markdown = source) => {
  const peer = openPeer()
  writeMarkdown(peer.root, markdown)
  return peer
}

test('rows and columns come and go, and the first row stays the one that names', () => {
  const peer = withTable()
  step(peer, 'a', 'row above')
  expect(readMarkdown(peer.root)).toBe('| | |\n| --- | --- |\n| a | b |\n| 1 | 2 |')
  step(peer, 'a', 'row below')
  step(peer, 'b', 'column right')
  expect(readMarkdown(peer.root)).toBe('| | | |\n| --- | --- | --- |\n| a | b | |\n| | | |\n| 1 | 2 | |')
  step(peer, 'a', 'delete column')
  step(peer, '2', 'delete row')
  step(peer, 'b', 'header row')
  expect(readMarkdown(peer.root)).toBe('| | |\n| --- | --- |\n| | |\n| b | |\n| | |')
  step(peer, 'b', 'delete table')
  expect(readMarkdown(peer.root)).toBe('')
  peer.close()
})

test('the caret stays in its row when columns come and go, and in its column when rows do', () => {
  const peer = withTable('| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |')
  inCell(peer, '4', () => {
    $step($table(), 'column right')
    $step($table(), 'delete column')
    $step($table(), 'delete column')
    $step($table(), 'delete row')
  })
  expect(readMarkdown(peer.root)).toBe('| a |\n| --- |\n| 1 |')
  peer.close()
})

test('[SYNC2] a row and a column added at once leave a table that is read whole, and a row deleted by two is gone once', () => {
  const one = withTable()
  const other = openPeer(new Y.Doc())
  const exchange = () => {
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc), 'network')
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc), 'network')
  }
  exchange()
  step(one, '1', 'row below')
  step(other, '2', 'column right')
  exchange()
  const [table] = readRichText(one.root)
  expect(table).toMatchObject({ kind: 'table', header: true })
  expect(table?.kind === 'table' && table.rows.map((row) => row.length)).toEqual([3, 3, 3])
  expect(readMarkdown(other.root)).toBe(readMarkdown(one.root))
  step(one, '1', 'delete row')
  exchange()
  expect(readMarkdown(one.root)).toBe('| a | b | |\n| --- | --- | --- |\n| | | |')
  step(one, 'a', 'delete row')
  step(other, 'a', 'delete row')
  exchange()
  expect(readMarkdown(one.root)).toBe('| | | |\n| --- | --- | --- |')
  expect(readMarkdown(other.root)).toBe(readMarkdown(one.root))
  for (const peer of [one, other]) peer.close()
})

test('a cell holds paragraphs: other blocks in it become lines', () => {
  const peer = withTable()
  peer.editor.update(() => {
    const cell = $table().getLastDescendant()?.getParents().find((node) => node.getType() === 'tablecell')
    if ($isElementNode(cell)) cell.append($createHeadingNode('h2').append($createTextNode('title')), ...$blockNodes(fromMarkdown('- x\n  - y\n\n| in | side |\n| --- | --- |\n\n> said')))
  }, { discrete: true })
  expect(readMarkdown(peer.root)).toBe('| a | b |\n| --- | --- |\n| 1 | 2<br>title<br>x<br>y<br>in<br>side<br>said |')
  peer.close()
})

test('code holds neither mentions nor pictures, and a mention of nothing is words', () => {
  const peer = withTable('```\ncode\n```\n\ntext')
  peer.editor.update(() => {
    const [code, paragraph] = $getRoot().getChildren().filter($isElementNode)
    code?.append($createMentionNode('missions://person/ada', 'Ada'))
    paragraph?.append($createMentionNode('https://example.org', ' lost'), $createMentionNode('missions://person/ada', 'Ada'))
  }, { discrete: true })
  expect(readMarkdown(peer.root)).toBe('```\ncodeAda\n```\n\ntext lost[@Ada](missions://person/ada)')
  peer.close()
})

test('blocks become nodes, and nodes the same blocks', () => {
  const blocks = fromMarkdown(`# One **two** \`three\`\n\n${source}\n\n- a\n  1. b\n- [x] c\n\n> q\\\n> r\n\n\`\`\`sql\nselect\n\n1\n\`\`\`\n\nsee [it](https://example.org/) ![plan](missions://file/f1) [@Ada](missions://person/ada)`)
  const peer = openPeer()
  peer.editor.update(() => {
    expect($blocksOf($blockNodes(blocks))).toEqual(blocks)
    $getRoot().append($createParagraphNode())
  }, { discrete: true })
  peer.close()
})
