import { $isCodeNode, CodeNode } from '@lexical/code'
import { LinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode, ListNode } from '@lexical/list'
import { HeadingNode, QuoteNode } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $isElementNode,
  $isLineBreakNode,
  $isRootNode,
  mergeRegister,
  ParagraphNode,
  TextNode,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'
import { isSafeLink } from './safe-link.ts'
import { formatBit } from './shape.ts'

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

/** Blocks stand at the top, and lists in list items too. Anywhere else (code pasted into a list, a list into a quote) a block is lines of its words. */
function $keepInPlace(block: ElementNode) {
  const parent = block.getParent()
  if (parent === null || $isRootNode(parent) || ($isListNode(block) && $isListItemNode(parent))) return
  const parts = $isListNode(block) ? block.getChildren().filter($isElementNode) : [block]
  if (isLine(block.getPreviousSibling())) block.insertBefore($createLineBreakNode())
  if (isLine(block.getNextSibling())) block.insertAfter($createLineBreakNode())
  for (const [at, part] of parts.entries()) {
    if (at > 0) block.insertBefore($createLineBreakNode())
    for (const child of part.getChildren()) block.insertBefore(child)
  }
  block.remove()
}

/** Whatever is typed, pasted or dropped ends as something Markdown has a word for, and no link leads to a script. */
export const keepShape = (editor: LexicalEditor) => mergeRegister(
  ...[ParagraphNode, HeadingNode, QuoteNode, CodeNode, ListNode].map((block) => editor.registerNodeTransform<ElementNode>(block, $keepInPlace)),
  editor.registerNodeTransform(TextNode, (node) => {
    if (node.getFormat() & ~allowed) node.setFormat(node.getFormat() & allowed)
    if (node.getStyle()) node.setStyle('')
    $splitLines(node)
  }),
  editor.registerNodeTransform(LinkNode, (link) => {
    if (!isSafeLink(link.getURL())) $unwrap(link)
  }),
)
