import { $generateJSONFromSelectedNodes, $generateNodesFromSerializedNodes } from '@lexical/clipboard'
import { $isCodeNode } from '@lexical/code'
import {
  $findMatchingParent,
  $getSelection,
  $isNodeSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  COPY_COMMAND,
  CUT_COMMAND,
  mergeRegister,
  type LexicalEditor,
} from 'lexical'
import { $blocksOf } from './from-nodes.ts'
import type { Inline } from './rich-text.ts'
import { toHtml } from './to-html.ts'
import { toMarkdown } from './to-markdown.ts'

const isBare = (inline: readonly Inline[]) => inline.every((part) => part.kind === 'break' || (part.kind === 'text' && part.marks.length === 0))
const bareText = (inline: readonly Inline[]) => inline.map((part) => (part.kind === 'text' ? part.text : '\n')).join('')

/** What is selected, as text for programs that take nothing else. Words without any form are not Markdown, and need no escapes. */
function $copied(editor: LexicalEditor): { 'text/plain': string; 'text/html': string; 'application/x-lexical-editor': string } | null {
  const selection = $getSelection()
  if (!selection || ($isRangeSelection(selection) && selection.isCollapsed())) return null
  const json = $generateJSONFromSelectedNodes(editor, selection)
  const blocks = $blocksOf($generateNodesFromSerializedNodes(json.nodes))
  const inCode = $isRangeSelection(selection) && [selection.anchor, selection.focus].every((point) => $isCodeNode($findMatchingParent(point.getNode(), $isCodeNode)))
  const bare = blocks.every((block) => block.kind === 'paragraph' && isBare(block.children))
  const text = inCode ? selection.getTextContent() : bare ? blocks.map((block) => ('children' in block ? bareText(block.children) : '')).join('\n') : toMarkdown(blocks)
  return { 'text/plain': text, 'text/html': toHtml(blocks, location.origin), 'application/x-lexical-editor': JSON.stringify(json) }
}

/** Copied text is Markdown, and HTML without looks. */
export function registerCopy(editor: LexicalEditor): () => void {
  const copy = (event: unknown): boolean => {
    const data = event instanceof ClipboardEvent ? event.clipboardData : null
    const copied = data && $copied(editor)
    if (!copied) return false
    ;(event as ClipboardEvent).preventDefault()
    for (const [type, content] of Object.entries(copied)) data.setData(type, content)
    return true
  }
  return mergeRegister(
    editor.registerCommand(COPY_COMMAND, copy, COMMAND_PRIORITY_HIGH),
    editor.registerCommand(CUT_COMMAND, (event) => {
      const selection = $getSelection()
      // Cells that are selected together are cleared by the table itself.
      if (!editor.isEditable() || !($isRangeSelection(selection) || $isNodeSelection(selection)) || !copy(event)) return false
      if ($isRangeSelection(selection)) selection.removeText()
      else for (const node of selection.getNodes()) node.remove()
      return true
    }, COMMAND_PRIORITY_HIGH),
  )
}
