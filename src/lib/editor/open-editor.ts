import { $isListItemNode, registerCheckList, registerList } from '@lexical/list'
import { registerMarkdownShortcuts } from '@lexical/markdown'
import { registerRichText } from '@lexical/rich-text'
import { BLUR_COMMAND, COMMAND_PRIORITY_LOW, createEditor, FOCUS_COMMAND, mergeRegister, type EditorState, type LexicalEditor } from 'lexical'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { bindYjs, type Bound, type Person } from './bind-yjs.ts'
import { colourCode } from './colour-code.ts'
import { registerCopy } from './copy.ts'
import { showNamesOfMoved } from './cursor-names.ts'
import { registerFileDrop } from './file-drop.ts'
import { registerIslands } from './islands.ts'
import { keepShape } from './keep-shape.ts'
import { registerKeys } from './keys.ts'
import { registerLinks } from './links.ts'
import { MentionNode } from './mention-node.ts'
import { editorNodes } from './nodes.ts'
import { registerPaste } from './paste.ts'
import { tellSelectionInTime } from './selection-in-time.ts'
import { registerTables } from './tables.ts'
import { theme } from './theme.ts'
import { transformers } from './transformers.ts'

export type OpenEditor = { editor: LexicalEditor; bound: Bound; close: () => void }

/** An editor on an element of the page, bound to a document; the cursors of others are drawn in a layer beside the element, over it. */
export function openEditor({ element, doc, root, awareness, person, onState, onBroken, onPictures, onLongText, onMentions }: {
  element: HTMLElement
  doc: Y.Doc
  root: Y.XmlElement
  awareness: Awareness
  person: Person
  onState: (state: EditorState) => void
  onBroken: () => void
  /** Pictures were pasted or dropped, and the caret is where they go. Left out, files are left to what is around the editor. */
  onPictures: ((files: File[]) => void) | null
  /** More text was pasted than goes in unasked. */
  onLongText: (text: string) => void
  /** Mentions came or changed, and are to be named. */
  onMentions: () => void
}): OpenEditor {
  const editor = createEditor({
    namespace: 'missions',
    nodes: editorNodes,
    theme,
    editable: false,
    onError: (error) => bound.failed(error),
    // The page counts the items: what Lexical keeps as an item's number is this editor's own and lags behind what others insert.
    dom: { $decorateDOM: (node, _before, dom) => void ($isListItemNode(node) && dom.removeAttribute('value')) },
  })
  const rules = mergeRegister(registerRichText(editor), registerList(editor), registerCheckList(editor), registerTables(editor), keepShape(editor))
  const cursors = document.createElement('div')
  cursors.className = 'pointer-events-none absolute inset-0'
  cursors.ariaHidden = 'true'
  element.after(cursors)
  const bound: Bound = bindYjs({ editor, doc, root, awareness, person, cursors, onBroken })
  editor.setRootElement(element)

  // Places are measured, so once a frame is enough however many changes there were.
  let frame = 0
  const drawLater = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      bound.drawCursors()
      showNamesOfMoved(cursors)
    })
  }
  const resized = new ResizeObserver(drawLater)
  resized.observe(element)
  awareness.on('change', drawLater)

  const colours = colourCode(element)
  const stop = mergeRegister(
    rules,
    colours.stop,
    editor.registerMutationListener(MentionNode, onMentions),
    registerMarkdownShortcuts(editor, transformers),
    registerPaste(editor, { pictures: onPictures, long: onLongText }),
    registerFileDrop(editor, onPictures),
    registerCopy(editor),
    registerIslands(editor),
    tellSelectionInTime(editor),
    registerKeys(editor, bound.undoManager),
    registerLinks(editor),
    editor.registerUpdateListener(({ editorState }) => {
      onState(editorState)
      drawLater()
      colours.refresh()
    }),
    editor.registerCommand(FOCUS_COMMAND, () => {
      bound.focusing(true)
      return false
    }, COMMAND_PRIORITY_LOW),
    editor.registerCommand(BLUR_COMMAND, () => {
      bound.focusing(false)
      bound.undoManager.stopCapturing()
      return false
    }, COMMAND_PRIORITY_LOW),
  )
  onState(editor.getEditorState())
  return {
    editor,
    bound,
    close: () => {
      cancelAnimationFrame(frame)
      resized.disconnect()
      awareness.off('change', drawLater)
      bound.release()
      stop()
      editor.setRootElement(null)
      cursors.remove()
    },
  }
}
