import { $isCodeNode, CodeNode } from '@lexical/code'
import { LinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode, ListNode } from '@lexical/list'
import { HeadingNode, QuoteNode } from '@lexical/rich-text'
import { $isTableCellNode, $isTableNode, registerTableCellUnmergeTransform, TableCellNode, TableNode } from '@lexical/table'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $findMatchingParent,
  $isElementNode,
  $isLineBreakNode,
  $isParagraphNode,
  $isRootNode,
  mergeRegister,
  ParagraphNode,
  TextNode,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'
import { ImageNode } from './image-node.ts'
import { MentionNode } from './mention-node.ts'
import { isSafeLink } from './safe-link.ts'
import { formatBit, headerRow } from './shape.ts'

const allowed = Object.values(formatBit).reduce((sum, bit) => sum | bit, 0)

/** Code shows one line per node, so that a caret and a peer's cursor find their line. */
function $splitLines(node: TextNode) {
  const text = node.getTextContent()
  if (!text.includes('\n') || !$isCodeNode(node.getParent())) return
  const cuts = [...text.matchAll(/\n/g)].flatMap(({ index }) => [index, index + 1]).filter((at) => at > 0 && at < text.length)
  for (const piece of cuts.length > 0 ? node.splitText(...new Set(cuts)) : [node]) {
    if (piece.getTextContent() === '\n') piece.replace($createLineBreakNode())
  }
}

function $unwrap(node: ElementNode) {
  for (const child of node.getChildren()) node.insertBefore(child)
  node.remove()
}

const isLine = (node: LexicalNode | null) => node !== null && !$isLineBreakNode(node) && !$isListNode(node)

const $keepIsland = (node: LexicalNode) => {
  if ($isCodeNode(node.getParent())) node.replace($createTextNode(node.getTextContent()))
}

/** A cell holds paragraphs alone: what else is put there becomes one for each of its lines. */
function $flattenInCell(block: ElementNode) {
  const parts = $isListNode(block) || $isTableNode(block) ? $leavesOf(block) : [block]
  for (const part of parts) block.insertBefore($createParagraphNode().append(...part.getChildren().filter((child) => !$isListNode(child))))
  block.remove()
}
const $leavesOf = (block: ElementNode): ElementNode[] =>
  block.getChildren().filter($isElementNode).flatMap((child) => ($isListItemNode(child) ? [child, ...child.getChildren().filter($isListNode).flatMap($leavesOf)] : $isParagraphNode(child) ? [child] : $leavesOf(child)))
    .filter((leaf) => !$isListItemNode(leaf) || !$isListNode(leaf.getFirstChild()))

/** Blocks stand at the top, paragraphs in the cells of tables, and lists in list items too. Anywhere else (code pasted into a list, a list into a quote) a block is lines of its words. */
function $keepInPlace(block: ElementNode) {
  const parent = block.getParent()
  if (parent === null || $isRootNode(parent) || ($isListNode(block) && $isListItemNode(parent))) return
  if ($isTableCellNode(parent)) return $isParagraphNode(block) ? undefined : $flattenInCell(block)
  const parts = $isListNode(block) ? block.getChildren().filter($isElementNode) : [block]
  if (isLine(block.getPreviousSibling())) block.insertBefore($createLineBreakNode())
  if (isLine(block.getNextSibling())) block.insertAfter($createLineBreakNode())
  for (const [at, part] of parts.entries()) {
    if (at > 0) block.insertBefore($createLineBreakNode())
    for (const child of part.getChildren()) block.insertBefore(child)
  }
  block.remove()
}

/** Tables stand at the top: one within another, or in a list, is the lines of its cells. */
function $keepTableInPlace(table: TableNode) {
  const parent = table.getParent()
  if (parent === null || $isRootNode(parent)) return void (table.isEmpty() && table.remove())
  const cell = $findMatchingParent(parent, $isTableCellNode)
  if (cell && cell.is(parent)) return $flattenInCell(table)
  for (const [at, leaf] of $leavesOf(table).entries()) {
    if (at > 0 || isLine(table.getPreviousSibling())) table.insertBefore($createLineBreakNode())
    for (const child of leaf.getChildren()) table.insertBefore(child)
  }
  if (isLine(table.getNextSibling())) table.insertAfter($createLineBreakNode())
  table.remove()
}

/** Only the first row names columns. */
function $keepHeader(cell: TableCellNode) {
  const isFirst = cell.getParent()?.getPreviousSibling() === null
  const allowed = isFirst ? cell.getHeaderStyles() & headerRow : 0
  if (cell.getHeaderStyles() !== allowed) cell.setHeaderStyles(allowed, 3)
}

/** Whatever is typed, pasted or dropped ends as something Markdown has a word for, and no link leads to a script. */
export const keepShape = (editor: LexicalEditor) => mergeRegister(
  ...[ParagraphNode, HeadingNode, QuoteNode, CodeNode, ListNode].map((block) => editor.registerNodeTransform<ElementNode>(block, $keepInPlace)),
  registerTableCellUnmergeTransform(editor),
  editor.registerNodeTransform(TableNode, $keepTableInPlace),
  editor.registerNodeTransform(TableCellNode, $keepHeader),
  editor.registerNodeTransform(ImageNode, (image) => {
    if (!image.getFile()) image.replace($createTextNode(image.getAlt()))
    else $keepIsland(image)
  }),
  editor.registerNodeTransform(MentionNode, (mention) => {
    if (!mention.getReference()) mention.replace($createTextNode(mention.getName()))
    else $keepIsland(mention)
  }),
  editor.registerNodeTransform(TextNode, (node) => {
    if (node.getFormat() & ~allowed) node.setFormat(node.getFormat() & allowed)
    if (node.getStyle()) node.setStyle('')
    $splitLines(node)
  }),
  editor.registerNodeTransform(LinkNode, (link) => {
    if (!isSafeLink(link.getURL())) $unwrap(link)
  }),
)
