import { $isListItemNode, $isListNode, type ListItemNode } from '@lexical/list'
import {
  $findMatchingParent,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  FORMAT_TEXT_COMMAND,
  KEY_ESCAPE_COMMAND,
  KEY_TAB_COMMAND,
  mergeRegister,
  REDO_COMMAND,
  UNDO_COMMAND,
  type LexicalEditor,
} from 'lexical'
import type { UndoManager } from 'yjs'

const deepest = 6
const marks = new Set(['bold', 'italic', 'strikethrough', 'code'])

const hasItemAbove = (item: ListItemNode) => item.getPreviousSiblings().some((sibling) => $isListItemNode(sibling) && !$isListNode(sibling.getFirstChild()))

/**
 * Keys beyond Lexical's own. Tab moves a list item where it can go and otherwise leaves the editor, as everywhere on the page;
 * Escape leaves it at once, and keeps what is around (a panel, say) from taking the key as meant for it.
 */
export const registerKeys = (editor: LexicalEditor, undoManager: UndoManager) => mergeRegister(
  editor.registerCommand(UNDO_COMMAND, () => {
    undoManager.undo()
    return true
  }, COMMAND_PRIORITY_LOW),
  editor.registerCommand(REDO_COMMAND, () => {
    undoManager.redo()
    return true
  }, COMMAND_PRIORITY_LOW),
  // Markdown has no word for underlined text.
  editor.registerCommand(FORMAT_TEXT_COMMAND, (mark) => !marks.has(mark), COMMAND_PRIORITY_HIGH),
  editor.registerCommand(KEY_TAB_COMMAND, (event) => {
    const selection = $getSelection()
    const item = $isRangeSelection(selection) ? $findMatchingParent(selection.anchor.getNode(), $isListItemNode) : null
    if (!item) return false
    const depth = item.getIndent()
    const next = event.shiftKey ? depth - 1 : depth + 1
    if (next < 0 || next > deepest || (next > depth && !hasItemAbove(item))) return false
    event.preventDefault()
    item.setIndent(next)
    return true
  }, COMMAND_PRIORITY_LOW),
  editor.registerCommand(KEY_ESCAPE_COMMAND, (event) => {
    event.preventDefault()
    event.stopPropagation()
    editor.blur()
    return true
  }, COMMAND_PRIORITY_LOW),
)
