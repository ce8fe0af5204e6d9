import { $insertGeneratedNodes } from '@lexical/clipboard'
import { $isCodeNode } from '@lexical/code'
import { $toggleLink } from '@lexical/link'
import {
  $findMatchingParent,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  KEY_DOWN_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  PASTE_TAG,
  type LexicalEditor,
} from 'lexical'
import { fromHtml } from './from-html.ts'
import { fromPlain, fromText } from './from-plain.ts'
import type { Block } from './rich-text.ts'
import { isSafeLink } from './safe-link.ts'
import { $blockNodes, $inlineNodes } from './to-nodes.ts'

/** Longer than this, a text is not put in before somebody said so; the same for cells of a table. */
export const longText = 200_000
const longTable = 2_000

type PasteHandlers = {
  /** Takes pictures that came as files; null where there is no place for them. */
  pictures: ((files: File[]) => void) | null
  long: (text: string) => void
}

/** Puts blocks at the caret; words alone go into the line. */
export function $insertBlocks(editor: LexicalEditor, blocks: readonly Block[]) {
  const selection = $getSelection()
  if (!selection) return
  const [only, more] = blocks
  if (only?.kind === 'paragraph' && !more) selection.insertNodes($inlineNodes(only.children))
  else if (only) $insertGeneratedNodes(editor, $blockNodes(blocks), selection)
}

const cellsIn = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length * (block.rows[0]?.length ?? 0) : 0), 0)
export const isPictureFile = (file: File) => /^image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/.test(file.type)

function pictureFrom({ data, alt }: { data: string; alt: string }, at: number): File | null {
  const [, type = '', base64 = ''] = /^data:([^;]+);base64,(.*)$/s.exec(data) ?? []
  try {
    const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0))
    return new File([bytes], `${(alt || `Picture ${at + 1}`).slice(0, 80).replace(/[/\\]/g, ' ')}.${type.split('/')[1]?.replace('jpeg', 'jpg')}`, { type })
  } catch {
    return null
  }
}

/** A code editor's HTML is only its colours; what it says beside it is the language. */
function codeOf(data: DataTransfer, text: string): Block[] {
  let language = ''
  try {
    language = String((JSON.parse(data.getData('vscode-editor-data')) as { mode?: unknown }).mode ?? '')
  } catch {
    // Nothing that says anything.
  }
  const isProse = language === '' || language === 'markdown' || language === 'plaintext'
  return isProse || !text.trimEnd().includes('\n') ? fromText(text) : [{ kind: 'code', language, text: text.replace(/\r\n?/g, '\n').replace(/\n$/, '') }]
}

/** Pasted HTML, Markdown and cells become what they say; with Shift, or in code, the words alone are taken. */
export function registerPaste(editor: LexicalEditor, { pictures, long }: PasteHandlers): () => void {
  // Browsers do not tell a page that only words were asked for; the keys do.
  let isPlain = false
  const paste = (blocks: readonly Block[]) => editor.update(() => $insertBlocks(editor, blocks), { tag: PASTE_TAG })

  return mergeRegister(
    editor.registerCommand(KEY_DOWN_COMMAND, (event) => {
      isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v'
      return false
    }, COMMAND_PRIORITY_LOW),
    editor.registerCommand(PASTE_COMMAND, (event) => {
      const data = event instanceof ClipboardEvent ? event.clipboardData : null
      const selection = $getSelection()
      const wordsAlone = isPlain
      isPlain = false
      if (!data || !selection) return false
      const types = new Set(data.types)
      const files = [...data.files]
      if (files.length > 0 && !types.has('text/plain') && !types.has('text/html')) {
        if (pictures && files.every(isPictureFile)) {
          event.preventDefault()
          event.stopPropagation()
          pictures(files)
        }
        // Other files are attachments: whoever is around the editor takes them.
        return true
      }
      const text = data.getData('text/plain')
      const inCode = $isRangeSelection(selection) && $findMatchingParent(selection.anchor.getNode(), $isCodeNode) !== null
      if (text.length > longText) {
        event.preventDefault()
        long(text)
        return true
      }
      if (wordsAlone || inCode) {
        if (!text) return false
        event.preventDefault()
        if (inCode) editor.update(() => $getSelection()?.insertRawText(text.replace(/\r\n?/g, '\n')), { tag: PASTE_TAG })
        else paste(fromPlain(text))
        return true
      }
      const address = text.trim()
      if ($isRangeSelection(selection) && isSafeLink(address) && !/\s/.test(address) && !selection.isCollapsed() && selection.getTextContent().trim()) {
        event.preventDefault()
        $toggleLink(address, { rel: null })
        return true
      }
      if (types.has('application/x-lexical-editor')) return false
      event.preventDefault()
      if (types.has('vscode-editor-data')) paste(codeOf(data, text))
      else if (types.has('text/html')) {
        const pasted = fromHtml(data.getData('text/html'), location.origin)
        if (cellsIn(pasted.blocks) > longTable) long(text)
        else paste(pasted.blocks.length > 0 || pasted.pictures.length > 0 ? pasted.blocks : fromText(text))
        const came = pasted.pictures.flatMap((picture, at) => pictureFrom(picture, at) ?? [])
        if (came.length > 0) pictures?.(came)
      } else {
        const blocks = fromText(text)
        if (cellsIn(blocks) > longTable) long(text)
        else paste(blocks)
      }
      return true
    }, COMMAND_PRIORITY_HIGH),
  )
}
