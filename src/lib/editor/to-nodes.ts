import { $createCodeNode } from '@lexical/code'
import { $createLinkNode } from '@lexical/link'
import { $createListItemNode, $createListNode, type ListItemNode, type ListNode } from '@lexical/list'
import { $createHeadingNode, $createQuoteNode } from '@lexical/rich-text'
import { $createTableCellNode, $createTableNode, $createTableRowNode, type TableNode } from '@lexical/table'
import { $createLineBreakNode, $createParagraphNode, $createTabNode, $createTextNode, type ElementNode, type LexicalNode } from 'lexical'
import { $createImageNode } from './image-node.ts'
import { $createMentionNode } from './mention-node.ts'
import type { Block, Inline, List, Table } from './rich-text.ts'
import { formatBit, headerRow, headingTags } from './shape.ts'

function $textNodes(text: string, bits: number): LexicalNode[] {
  return text.split(/(\t)/).filter(Boolean).map((piece) => (piece === '\t' ? $createTabNode() : $createTextNode(piece)).setFormat(bits))
}

export const $inlineNodes = (inline: readonly Inline[]): LexicalNode[] => inline.flatMap((part): LexicalNode[] => {
  switch (part.kind) {
    case 'text': return $textNodes(part.text, part.marks.reduce((bits, mark) => bits | formatBit[mark], 0))
    case 'break': return [$createLineBreakNode()]
    case 'link': return [$createLinkNode(part.url, { rel: null }).append(...$inlineNodes(part.children))]
    case 'mention': return [$createMentionNode(part.target, part.name)]
    case 'image': return [$createImageNode(part.src, part.alt)]
  }
})

function $listNode(list: List): ListNode {
  const node = $createListNode(list.type, list.start)
  for (const item of list.items) {
    const own: ListItemNode = $createListItemNode(list.type === 'check' ? item.checked : undefined)
    node.append(own.append(...$inlineNodes(item.children)))
    // A sublist stands in an item of its own, after the one it belongs to.
    for (const sublist of item.lists) node.append($createListItemNode().append($listNode(sublist)))
  }
  return node
}

const $tableNode = ({ header, rows }: Table): TableNode =>
  $createTableNode().append(...rows.map((row, at) => $createTableRowNode().append(...row.map((cell) =>
    $createTableCellNode(header && at === 0 ? headerRow : 0).append($createParagraphNode().append(...$inlineNodes(cell)))))))

function $blockNode(block: Block): ElementNode {
  switch (block.kind) {
    case 'list': return $listNode(block)
    case 'table': return $tableNode(block)
    case 'heading': return $createHeadingNode(headingTags[block.level - 1] ?? 'h1').append(...$inlineNodes(block.children))
    case 'quote': return $createQuoteNode().append(...$inlineNodes(block.children))
    case 'paragraph': return $createParagraphNode().append(...$inlineNodes(block.children))
    case 'code': {
      const lines = block.text.split('\n').flatMap((line, at) => [...(at > 0 ? [$createLineBreakNode()] : []), ...$textNodes(line, 0)])
      return $createCodeNode(block.language || undefined).append(...lines)
    }
  }
}

/** Rich text as nodes of an editor, within an update. */
export const $blockNodes = (blocks: readonly Block[]): ElementNode[] => blocks.map($blockNode)
