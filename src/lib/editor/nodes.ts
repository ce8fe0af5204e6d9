import { CodeNode } from '@lexical/code'
import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode } from '@lexical/list'
import { HeadingNode, QuoteNode } from '@lexical/rich-text'
import { TableCellNode, TableNode, TableRowNode } from '@lexical/table'
import type { ExcludedProperties } from '@lexical/yjs'
import { ParagraphNode, TabNode, TextNode, type Klass, type LexicalNode } from 'lexical'
import { ImageNode } from './image-node.ts'
import { MentionNode } from './mention-node.ts'

/** What rich text is made of, besides Lexical's own paragraph, text, tab and line break. `shape.ts` names the same set for readers without Lexical. */
export const editorNodes = [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, CodeNode, TableNode, TableRowNode, TableCellNode, ImageNode, MentionNode]

const layout = ['__format', '__indent', '__dir', '__style', '__textFormat', '__textStyle']
const except = (node: Klass<LexicalNode>, ...properties: string[]) => [node, new Set(properties)] as const

/**
 * Never shared: looks that Markdown has no word for, and what each editor derives for itself.
 * A list item's number is one of those: shared, an item put on top would rewrite all below it.
 */
export const unshared: ExcludedProperties = new Map([
  except(ParagraphNode, ...layout),
  except(HeadingNode, ...layout),
  except(QuoteNode, ...layout),
  except(ListNode, ...layout),
  except(ListItemNode, ...layout, '__value'),
  except(LinkNode, ...layout, '__rel', '__target'),
  except(CodeNode, ...layout, '__theme', '__isSyntaxHighlightSupported'),
  except(TableNode, ...layout, '__colWidths', '__rowStriping', '__frozenColumnCount', '__frozenRowCount'),
  except(TableRowNode, ...layout, '__height'),
  except(TableCellNode, ...layout, '__colSpan', '__rowSpan', '__width', '__backgroundColor', '__verticalAlign'),
  except(TextNode, '__style', '__mode', '__detail'),
  except(TabNode, '__style', '__mode', '__detail'),
])
