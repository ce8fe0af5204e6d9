import { createBindingV2__EXPERIMENTAL, syncYjsStateToLexicalV2__EXPERIMENTAL } from '@lexical/yjs'
import { $getRoot, $isParagraphNode, createEditor, type EditorState } from 'lexical'
import type * as Y from 'yjs'
import { editorNodes, unshared } from './nodes.ts'
import { detached } from './shared-cursor.ts'

/** Whether this is the state of an editor whose text is empty: one bare paragraph, as a place for the caret. */
export const isBlank = (state: EditorState): boolean =>
  state.read(() => {
    const first = $getRoot().getFirstChild()
    return $getRoot().getChildrenSize() <= 1 && (first === null || ($isParagraphNode(first) && first.isEmpty()))
  })

const own = new Set([
  '$', 'version', 'direction', 'indent', 'textFormat', 'textStyle', 'style', 'mode', 'detail', 'value', 'rel', 'target', 'theme',
  'colSpan', 'rowSpan', 'width', 'height', 'backgroundColor', 'verticalAlign', 'colWidths', 'rowStriping', 'frozenColumnCount', 'frozenRowCount',
])

/** What all editors of one text must agree on, in a form to compare: the whole state but for what is not shared. */
export const shared = (state: EditorState): string =>
  isBlank(state) ? '' : JSON.stringify(state.toJSON().root, function (this: { type?: string }, key, value: unknown) {
    return own.has(key) || (key === 'format' && this.type !== 'text') ? undefined : value
  })

/** What a newcomer's editor would make of the document now. */
export function held(doc: Y.Doc, root: Y.XmlElement): string {
  const editor = createEditor({ nodes: editorNodes })
  const binding = createBindingV2__EXPERIMENTAL(editor, 'newcomer', doc, new Map(), { getXmlElement: () => root, excludedProperties: unshared })
  syncYjsStateToLexicalV2__EXPERIMENTAL(binding, detached)
  return shared(editor.getEditorState())
}
