import { $isCodeNode } from '@lexical/code'
import { $findMatchingParent, $getNodeByKey, $getSelection, $isRangeSelection, $isTextNode, type EditorState } from 'lexical'

/** A sign that somebody typed, and what follows it up to the caret. */
export type Trigger = { sign: '/' | '@'; query: string; key: string; from: number; to: number }

/** `/` at the start or after a space, with letters after it; `@` with a name, which may have spaces. */
const asked = /(?:^|[\s(])(?:(\/)([\p{L}\p{N}]*(?: [\p{L}\p{N}]+)?)|(@)([\p{L}\p{N}][^@/\n]{0,40}|))$/u

/** What is being asked for at the caret, if anything. Code means its slashes. */
export const triggerOf = (state: EditorState): Trigger | null => state.read(() => {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  if (!$isTextNode(node) || node.hasFormat('code') || $findMatchingParent(node, $isCodeNode)) return null
  const to = selection.anchor.offset
  const [, slash, block, at, name] = asked.exec(node.getTextContent().slice(0, to)) ?? []
  const query = slash ? block : at ? name : undefined
  if (query === undefined) return null
  const from = to - query.length - 1
  // After a node that is no text (a mention, a picture) there is no space either, but there is a word's end.
  return { sign: slash ? '/' : '@', query, key: node.getKey(), from, to }
})

/** Within an update: takes the sign and its query out, and leaves the caret there. */
export function $takeTrigger({ key, from, to }: Trigger) {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node)) return
  node.select(from, to)
  const selection = $getSelection()
  if ($isRangeSelection(selection)) selection.removeText()
}

/** Where the sign stands on the page. */
export function placeOf(element: HTMLElement | null, { from, to }: Trigger): DOMRect | null {
  const text = element && document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
  if (!(text instanceof Text)) return null
  const range = document.createRange()
  range.setStart(text, Math.min(from, text.length))
  range.setEnd(text, Math.min(to, text.length))
  return range.getBoundingClientRect()
}
