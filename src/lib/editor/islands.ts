import {
  $createNodeSelection,
  $createParagraphNode,
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isDecoratorNode,
  $isNodeSelection,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  KEY_ENTER_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type NodeKey,
} from 'lexical'
import { $isImageNode } from './image-node.ts'

const selectedClass = 'rich-selected'

/** Pictures and mentions in the line: a click selects a picture, what is selected shows it, and Enter goes on below a picture or follows a mention. */
export function registerIslands(editor: LexicalEditor): () => void {
  let marked: NodeKey[] = []
  return mergeRegister(
    editor.registerCommand(CLICK_COMMAND, (event) => {
      const picture = event.target instanceof Element ? event.target.closest('.picture') : null
      const node = picture && $getNearestNodeFromDOMNode(picture)
      if (!node || !$isDecoratorNode(node)) return false
      const selection = $createNodeSelection()
      selection.add(node.getKey())
      $setSelection(selection)
      return true
    }, COMMAND_PRIORITY_LOW),
    editor.registerCommand(KEY_ENTER_COMMAND, (event) => {
      const selection = $getSelection()
      const [node, more] = $isNodeSelection(selection) ? selection.getNodes() : []
      if (!node || more) return false
      event?.preventDefault()
      const link = editor.getElementByKey(node.getKey())?.querySelector('a')
      if (!$isImageNode(node) && link) link.click()
      else {
        const paragraph = $createParagraphNode()
        node.getTopLevelElement()?.insertAfter(paragraph)
        paragraph.select()
      }
      return true
    }, COMMAND_PRIORITY_LOW),
    editor.registerUpdateListener(({ editorState }) => {
      const now = editorState.read(() => {
        const selection = $getSelection()
        return $isNodeSelection(selection) ? selection.getNodes().map((node) => node.getKey()) : []
      })
      for (const key of marked) if (!now.includes(key)) editor.getElementByKey(key)?.classList.remove(selectedClass)
      for (const key of now) editor.getElementByKey(key)?.classList.add(selectedClass)
      marked = now
    }),
  )
}
