import {
  $createRangeSelection,
  $getNearestNodeFromDOMNode,
  $isElementNode,
  $isTextNode,
  $setSelection,
  COMMAND_PRIORITY_CRITICAL,
  DRAGOVER_COMMAND,
  DROP_COMMAND,
  mergeRegister,
  type LexicalEditor,
} from 'lexical'
import { isPictureFile } from './paste.ts'

/** Within an update: puts the caret where something was dropped. */
function $selectAt(x: number, y: number) {
  const spot = document.caretPositionFromPoint?.(x, y)
  const node = spot && $getNearestNodeFromDOMNode(spot.offsetNode)
  if (!node) return
  if ($isTextNode(node)) {
    const selection = $createRangeSelection()
    selection.anchor.set(node.getKey(), Math.min(spot.offset, node.getTextContentSize()), 'text')
    selection.focus.set(node.getKey(), Math.min(spot.offset, node.getTextContentSize()), 'text')
    $setSelection(selection)
  } else if ($isElementNode(node)) node.selectEnd()
  else node.selectNext()
}

/** Pictures dropped on the text go into it, where they were dropped; other files are left to what is around. */
export const registerFileDrop = (editor: LexicalEditor, pictures: ((files: File[]) => void) | null) => mergeRegister(
  editor.registerCommand(DROP_COMMAND, (event) => {
    const files = [...event.dataTransfer?.files ?? []]
    if (files.length === 0) return false
    // Lexical would put the files' names into the text, or nothing; what is around the editor sees the event next.
    if (!pictures || !editor.isEditable() || !files.every(isPictureFile)) return true
    event.preventDefault()
    $selectAt(event.clientX, event.clientY)
    // The caret is told to the document when this update is through.
    queueMicrotask(() => pictures(files))
    return true
  }, COMMAND_PRIORITY_CRITICAL),
  editor.registerCommand(DRAGOVER_COMMAND, (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return false
    event.preventDefault()
    return true
  }, COMMAND_PRIORITY_CRITICAL),
)
