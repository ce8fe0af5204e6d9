import { $isListItemNode, registerCheckList, registerList } from '@lexical/list'
import { registerMarkdownShortcuts } from '@lexical/markdown'
import { registerRichText } from '@lexical/rich-text'
import { BLUR_COMMAND, COMMAND_PRIORITY_LOW, createEditor, FOCUS_COMMAND, mergeRegister, type EditorState, type LexicalEditor } from 'lexical'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { bindYjs, type Bound, type Person } from './bind-yjs.ts'
import { colourCode } from './colour-code.ts'
import { registerCopy } from './copy.ts'
import { cursorLayer } from './draw-cursors.ts'
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

/** Milliseconds that the cursors of others may be where they were. */
const longestRest = 500

export type OpenEditor = { editor: LexicalEditor; bound: Bound; close: () => void }

/** An editor on an element of the page, bound to a document; the cursors of others are drawn in a layer beside the element, over it. */
export function openEditor({ element, doc, root, awareness, person, onState, onBroken, onMended, onPictures, onLongText, onMentions }: {
  element: HTMLElement
  doc: Y.Doc
  root: Y.XmlElement
  awareness: Awareness
  person: Person
  onState: (state: EditorState) => void
  onBroken: () => void
  onMended: () => void
  /** Pictures were pasted or dropped, and the caret is where they go. Left out, files are left to what is around the editor. */
  onPictures: ((files: File[]) => void) | null
  /** More text was pasted than goes in unasked. */
  onLongText: (text: string) => void
  /** Mentions came or changed, and are to be named. */
  onMentions: () => void
}): OpenEditor {
  // What fails while it is bound is told once it is.
  let told: Bound | null = null
  const early: Error[] = []
  const editor = createEditor({
    namespace: 'missions',
    nodes: editorNodes,
    theme,
    editable: false,
    onError: (error) => (told ? told.failed(error) : void early.push(error)),
    // The page counts the items: what Lexical keeps as an item's number is this editor's own and lags behind what others insert.
    dom: { $decorateDOM: (node, _before, dom) => void ($isListItemNode(node) && dom.removeAttribute('value')) },
  })
  const rules = mergeRegister(registerRichText(editor), registerList(editor), registerCheckList(editor), registerTables(editor), keepShape(editor))
  const layer = document.createElement('div')
  layer.className = 'pointer-events-none absolute inset-0'
  layer.ariaHidden = 'true'
  element.after(layer)
  const cursors = cursorLayer(editor, layer)
  const bound: Bound = bindYjs({ editor, doc, root, awareness, person, onBroken, onMended })
  told = bound
  for (const error of early) bound.failed(error)
  editor.setRootElement(element)

  // Places are measured after a frame, when the page is laid out anyway and what was typed is on the screen; and where many write at
  // once, in no more than a tenth of the time.
  let frame = 0
  const painted = new MessageChannel()
  const drawAfterPaint = () => {
    frame = requestAnimationFrame(() => painted.port2.postMessage(null))
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0
  const draw = () => {
    frame = 0
    const from = performance.now()
    cursors.draw(bound.cursorsOfOthers())
    const now = performance.now()
    restUntil = now + Math.min(longestRest, (now - from) * 9)
  }
  const drawLater = () => {
    if (frame !== 0 || timer !== undefined) return
    const rest = restUntil - performance.now()
    if (rest <= 0) drawAfterPaint()
    else timer = setTimeout(() => {
      timer = undefined
      drawAfterPaint()
    }, rest)
  }
  painted.port1.onmessage = draw
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
      painted.port1.close()
      clearTimeout(timer)
      resized.disconnect()
      awareness.off('change', drawLater)
      bound.release()
      stop()
      editor.setRootElement(null)
      cursors.clear()
      layer.remove()
    },
  }
}
