import { $createTextNode, $getNodeByKey, $getSelection, $isRangeSelection, $setSelection, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG, type LexicalEditor } from 'lexical'
import { referenceUrl, type Reference } from '../board/reference.ts'
import type { Place } from './bind-yjs.ts'
import { $createImageNode, $isImageNode } from './image-node.ts'
import { $selectEnd } from './insert-long.ts'
import { $createMentionNode } from './mention-node.ts'
import type { OpenEditor } from './open-editor.ts'
import { $tableAtSelection } from './tables.ts'
import { $takeTrigger, type Trigger } from './trigger.ts'

export const takeTrigger = (editor: LexicalEditor, trigger: Trigger) => editor.update(() => $takeTrigger(trigger), { discrete: true })

export const isInTable = (editor: LexicalEditor): boolean => editor.getEditorState().read(() => $tableAtSelection() !== null)

export const insertText = (editor: LexicalEditor, text: string) => editor.update(() => {
  const selection = $getSelection()
  if ($isRangeSelection(selection)) selection.insertText(text)
})

/** Puts a mention at the caret, and a space behind it to type on. */
export const insertMention = (editor: LexicalEditor, reference: Reference, name: string) => editor.update(() => {
  $getSelection()?.insertNodes([$createMentionNode(referenceUrl(reference), name), $createTextNode(' ')])
})

/** Says what a picture shows, for those who do not see it. */
export const describePicture = (editor: LexicalEditor, key: string, alt: string) => editor.update(() => {
  const node = $getNodeByKey(key)
  if ($isImageNode(node)) node.setAlt(alt.trim().replace(/\s+/g, ' '))
})

/** What came of a file that was on its way: a picture that shows it, or a mention that leads to it. */
type Arrival = { kind: 'picture'; url: string; alt: string } | { kind: 'file'; url: string; name: string }

/** Puts it where somebody was when they asked for it, and leaves them where they are now. `focused`: whether they are in the text. */
export function insertArrival({ editor, bound }: OpenEditor, place: Place | null, arrival: Arrival, focused: boolean) {
  const now = bound.place()
  const stayed = JSON.stringify(now) === JSON.stringify(place)
  editor.update(() => {
    if (!place || !bound.$goTo(place)) $selectEnd()
    $getSelection()?.insertNodes(arrival.kind === 'picture'
      ? [$createImageNode(arrival.url, arrival.alt)]
      : [$createMentionNode(arrival.url, arrival.name), $createTextNode(' ')])
    if (!focused) $setSelection(null)
  }, { discrete: true, tag: focused ? [] : [SKIP_SCROLL_INTO_VIEW_TAG, SKIP_DOM_SELECTION_TAG] })
  if (!stayed && now && focused) editor.update(() => void bound.$goTo(now))
}
