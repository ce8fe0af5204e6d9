import { $isCodeNode } from '@lexical/code'
import { $toggleLink } from '@lexical/link'
import { $generateNodesFromMarkdownString } from '@lexical/markdown'
import {
  $findMatchingParent,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  PASTE_COMMAND,
  PASTE_TAG,
  type LexicalEditor,
} from 'lexical'
import { isSafeLink } from './safe-link.ts'
import { transformers } from './transformers.ts'

/** Marks at a line's start, or links and pairs of marks within one, as people do not write by chance. */
const looksLikeMarkdown = (text: string) => /^(?:#{1,6} |[-*+] |\d+\. |> |```)/m.test(text) || /\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|`[^`\n]+`/.test(text)

/**
 * Pasted Markdown becomes what it says, and a pasted address links the words selected. All else is Lexical's own: HTML through its importer,
 * which knows only the editor's nodes, so nothing of it runs or keeps its looks.
 */
export const registerPaste = (editor: LexicalEditor) => editor.registerCommand(PASTE_COMMAND, (event) => {
  const data = event instanceof ClipboardEvent ? event.clipboardData : null
  const selection = $getSelection()
  if (!data || !$isRangeSelection(selection)) return false
  const types = new Set(data.types)
  // Files without words are attachments: whoever is around the editor takes them.
  if (data.files.length > 0 && !types.has('text/plain') && !types.has('text/html')) return true
  const text = data.getData('text/plain')
  if (isSafeLink(text.trim()) && !/\s/.test(text.trim()) && !selection.isCollapsed() && selection.getTextContent().trim()) {
    event.preventDefault()
    $toggleLink(text.trim(), { rel: null })
    return true
  }
  // A code editor's HTML is only its colours.
  const formatted = (types.has('text/html') && !types.has('vscode-editor-data')) || types.has('application/x-lexical-editor')
  if (formatted || !looksLikeMarkdown(text) || $findMatchingParent(selection.anchor.getNode(), $isCodeNode)) return false
  event.preventDefault()
  editor.update(() => {
    const now = $getSelection()
    if ($isRangeSelection(now)) now.insertNodes($generateNodesFromMarkdownString(text.replace(/\r\n?/g, '\n'), transformers))
  }, { tag: PASTE_TAG })
  return true
}, COMMAND_PRIORITY_HIGH)
