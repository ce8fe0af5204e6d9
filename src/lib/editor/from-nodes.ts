import { $isCodeNode } from '@lexical/code'
import { $isLinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode, type ListNode } from '@lexical/list'
import { $isHeadingNode, $isQuoteNode } from '@lexical/rich-text'
import { $isTableCellNode, $isTableNode, $isTableRowNode, type TableNode } from '@lexical/table'
import { $isElementNode, $isLineBreakNode, $isTextNode, type LexicalNode } from 'lexical'
import { $isImageNode } from './image-node.ts'
import { $isMentionNode } from './mention-node.ts'
import { isPicture, isReference, marks, type Block, type Inline, type List, type ListItem, type Table } from './rich-text.ts'
import { isSafeLink } from './safe-link.ts'
import { formatBit, headerRow, headingTags } from './shape.ts'

/** Nodes of an editor as rich text. They need not hang in it: what a selection copies is a forest of its own. */
export const $blocksOf = (nodes: readonly LexicalNode[]): Block[] => {
  const blocks: Block[] = []
  let loose: Inline[] = []
  const flush = () => {
    if (loose.length > 0) blocks.push({ kind: 'paragraph', children: loose })
    loose = []
  }
  for (const node of nodes) {
    if ($isElementNode(node) && !node.isInline()) {
      flush()
      blocks.push(...$blockOf(node))
    } else loose.push(...$inlineOf([node]))
  }
  flush()
  return blocks
}

function $blockOf(node: LexicalNode): Block[] {
  if ($isListNode(node)) return [$listOf(node)]
  if ($isTableNode(node)) return [$tableOf(node)]
  if ($isCodeNode(node)) return [{ kind: 'code', language: node.getLanguage() ?? '', text: node.getTextContent() }]
  const children = $isElementNode(node) ? node.getChildren() : []
  if ($isHeadingNode(node)) return [{ kind: 'heading', level: headingTags.indexOf(node.getTag()) + 1, children: $inlineOf(children) }]
  if ($isTableRowNode(node) || $isTableCellNode(node) || $isListItemNode(node)) return $blocksOf(children)
  return [{ kind: $isQuoteNode(node) ? 'quote' : 'paragraph', children: $inlineOf(children) }]
}

function $listOf(list: ListNode): List {
  const items: ListItem[] = []
  for (const item of list.getChildren()) {
    const inside = $isListItemNode(item) ? item.getChildren() : [item]
    const lists = inside.filter($isListNode).map($listOf)
    const own = inside.filter((node) => !$isListNode(node))
    const before = items.at(-1)
    if (lists.length > 0 && own.length === 0) {
      if (before) before.lists.push(...lists)
      else items.push(...lists.flatMap((sublist) => sublist.items))
    } else items.push({ checked: $isListItemNode(item) && item.getChecked() === true, children: $inlineOf(own), lists })
  }
  return { kind: 'list', type: list.getListType(), start: list.getStart(), items }
}

function $tableOf(table: TableNode): Table {
  const rows = table.getChildren().filter($isTableRowNode).map((row) => row.getChildren().filter($isTableCellNode))
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const lines = (cell: LexicalNode) => $blocksOf($isElementNode(cell) ? cell.getChildren() : []).flatMap((block, at): Inline[] =>
    [...(at > 0 ? [{ kind: 'break' } as const] : []), ...('children' in block ? block.children : [])])
  return {
    kind: 'table',
    header: rows[0]?.every((cell) => (cell.getHeaderStyles() & headerRow) !== 0) ?? false,
    rows: rows.map((cells) => Array.from({ length: width }, (_, at) => (cells[at] ? lines(cells[at]) : []))),
  }
}

function $inlineOf(nodes: readonly LexicalNode[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if ($isLineBreakNode(node)) return [{ kind: 'break' }]
    if ($isTextNode(node)) {
      const text = node.getTextContent()
      return text ? [{ kind: 'text', text, marks: marks.filter((mark) => node.getFormat() & formatBit[mark]) }] : []
    }
    if ($isImageNode(node)) return isPicture(node.getSrc()) ? [{ kind: 'image', src: node.getSrc(), alt: node.getAlt() }] : []
    if ($isMentionNode(node)) return isReference(node.getTarget()) ? [{ kind: 'mention', target: node.getTarget(), name: node.getName() }] : []
    const inner = $isElementNode(node) ? $inlineOf(node.getChildren()) : []
    return $isLinkNode(node) && isSafeLink(node.getURL()) ? [{ kind: 'link', url: node.getURL(), children: inner }] : inner
  })
}
