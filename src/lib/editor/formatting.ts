import { $createCodeNode, $isCodeNode } from '@lexical/code'
import { $isLinkNode, $toggleLink } from '@lexical/link'
import { $insertList, $isListItemNode, $isListNode, $removeList } from '@lexical/list'
import { $createHeadingNode, $createQuoteNode, $isHeadingNode, $isQuoteNode } from '@lexical/rich-text'
import { $setBlocksType } from '@lexical/selection'
import {
  $createParagraphNode,
  $createTextNode,
  $findMatchingParent,
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  $isRootOrShadowRoot,
  type EditorState,
  type ElementNode,
  type LexicalEditor,
  type RangeSelection,
} from 'lexical'
import { $isImageNode } from './image-node.ts'
import type { ListKind } from './rich-text.ts'
import { safeLink } from './safe-link.ts'
import { headingTags } from './shape.ts'
import { $hasHeader, $tableAtSelection } from './tables.ts'

type BlockKind = 'paragraph' | 'heading' | 'quote' | 'code' | ListKind
/** What the toolbar shows as pressed: the looks of the text at the caret. */
export type Formatting = {
  block: BlockKind
  bold: boolean
  italic: boolean
  code: boolean
  link: string | null
  /** Of the code block the caret is in. */
  language: string | null
  table: { header: boolean } | null
  /** The picture that is selected, and what it is said to show. */
  picture: { key: string; alt: string } | null
}
export const plainFormatting: Formatting = { block: 'paragraph', bold: false, italic: false, code: false, link: null, language: null, table: null, picture: null }

function $blockAt(selection: RangeSelection): BlockKind {
  const node = selection.anchor.getNode()
  const item = $findMatchingParent(node, $isListItemNode)
  const list = item?.getParent()
  if ($isListNode(list)) return list.getListType()
  const block = $findMatchingParent(node, (parent) => $isRootOrShadowRoot(parent.getParent()))
  return $isHeadingNode(block) ? 'heading' : $isQuoteNode(block) ? 'quote' : $isCodeNode(block) ? 'code' : 'paragraph'
}

const $linkAt = (selection: RangeSelection) => $findMatchingParent(selection.anchor.getNode(), $isLinkNode) ?? $findMatchingParent(selection.focus.getNode(), $isLinkNode)

export const formattingOf = (state: EditorState): Formatting => state.read(() => {
  const selection = $getSelection()
  const around = $tableAtSelection()
  const table = around && { header: $hasHeader(around) }
  if ($isNodeSelection(selection)) {
    const [only, more] = selection.getNodes()
    return { ...plainFormatting, picture: $isImageNode(only) && !more ? { key: only.getKey(), alt: only.getAlt() } : null }
  }
  if (!$isRangeSelection(selection)) return { ...plainFormatting, table }
  const block = $blockAt(selection)
  const code = $findMatchingParent(selection.anchor.getNode(), $isCodeNode)
  return {
    table,
    picture: null,
    language: code ? code.getLanguage() ?? '' : null,
    block,
    bold: selection.hasFormat('bold'),
    italic: selection.hasFormat('italic'),
    code: block === 'code' || selection.hasFormat('code'),
    link: $linkAt(selection)?.getURL() ?? null,
  }
})

const $select = () => {
  const selection = $getSelection()
  return $isRangeSelection(selection) ? selection : null
}

const blocks: Record<Exclude<BlockKind, ListKind>, () => ElementNode> = {
  paragraph: $createParagraphNode,
  heading: () => $createHeadingNode('h2'),
  quote: () => $createQuoteNode(),
  code: () => $createCodeNode(),
}
const isList = (kind: BlockKind): kind is ListKind => kind === 'bullet' || kind === 'number' || kind === 'check'

/** Makes the selected blocks this kind, or paragraphs if they are it already. */
export const toggleBlock = (editor: LexicalEditor, kind: BlockKind) => editor.update(() => {
  const selection = $select()
  if (!selection) return
  const now = $blockAt(selection)
  if (isList(kind)) {
    if (now === kind) $removeList()
    else $insertList(kind)
    return
  }
  if (isList(now)) $removeList()
  $setBlocksType($select(), blocks[now === kind ? 'paragraph' : kind])
})

/** Makes the selected blocks this kind, whatever they are. */
export const setBlock = (editor: LexicalEditor, kind: BlockKind) => {
  const now = editor.getEditorState().read(() => {
    const selection = $select()
    return selection && $blockAt(selection)
  })
  if (now !== kind) toggleBlock(editor, kind)
}

export const setHeading = (editor: LexicalEditor, level: 1 | 2 | 3) => editor.update(() => {
  const selection = $select()
  if (!selection) return
  if (isList($blockAt(selection))) $removeList()
  $setBlocksType($select(), () => $createHeadingNode(headingTags[level - 1]))
})

/** Of the code block the caret is in. */
export const setLanguage = (editor: LexicalEditor, language: string) => editor.update(() => {
  const selection = $select()
  const code = selection && $findMatchingParent(selection.anchor.getNode(), $isCodeNode)
  code?.setLanguage(language || undefined)
})

export const toggleMark = (editor: LexicalEditor, mark: 'bold' | 'italic') => editor.update(() => $select()?.formatText(mark))

/** Words selected within a block become code in the line; a caret or several blocks, a block of code. */
export function toggleCode(editor: LexicalEditor) {
  const inLine = editor.getEditorState().read(() => {
    const selection = $select()
    return selection !== null && $blockAt(selection) !== 'code' && !selection.isCollapsed() && !selection.getTextContent().includes('\n')
  })
  if (inLine) editor.update(() => $select()?.formatText('code'))
  else toggleBlock(editor, 'code')
}

/** Links the selection, or the link the caret is in, or puts the address where the caret is. False if it leads nowhere it may. */
export function setLink(editor: LexicalEditor, typed: string): boolean {
  const url = safeLink(typed)
  if (url === null) return false
  editor.update(() => {
    const selection = $select()
    if (!selection) return
    const link = $linkAt(selection)
    if (selection.isCollapsed() && link) return void link.setURL(url)
    if (selection.isCollapsed()) {
      const text = $createTextNode(typed.trim())
      selection.insertNodes([text])
      text.select(0, text.getTextContentSize())
    }
    $toggleLink(url, { rel: null })
    $select()?.focus.getNode().selectEnd()
  })
  return true
}

export const removeLink = (editor: LexicalEditor) => editor.update(() => {
  const selection = $select()
  const link = selection && $linkAt(selection)
  if (!link) return
  for (const child of link.getChildren()) link.insertBefore(child)
  link.remove()
})
