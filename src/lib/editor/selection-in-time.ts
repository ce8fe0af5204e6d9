import type { LexicalEditor } from 'lexical'

type Points = Pick<Selection, 'anchorNode' | 'anchorOffset' | 'focusNode' | 'focusOffset'>

const pointsOf = (selection: Selection | null): Points | null =>
  selection && { anchorNode: selection.anchorNode, anchorOffset: selection.anchorOffset, focusNode: selection.focusNode, focusOffset: selection.focusOffset }
const same = (a: Points | null, b: Points | null) =>
  a?.anchorNode === b?.anchorNode && a?.anchorOffset === b?.anchorOffset && a?.focusNode === b?.focusNode && a?.focusOffset === b?.focusOffset

/**
 * Browsers move the selection at once and tell of it later, after keys that are waiting already; Lexical knows only what it was told.
 * Whoever selects all, goes to the end and presses Backspace while the page is busy would lose the whole text. So a key that finds the
 * selection elsewhere has it told first.
 */
export function tellSelectionInTime(editor: LexicalEditor): () => void {
  let told: Points | null = null
  const note = () => (told = pointsOf(getSelection()))
  const onKey = () => {
    if (!same(told, pointsOf(getSelection()))) document.dispatchEvent(new Event('selectionchange'))
  }
  document.addEventListener('selectionchange', note)
  const stop = editor.registerRootListener((element, before) => {
    before?.removeEventListener('keydown', onKey, true)
    element?.addEventListener('keydown', onKey, true)
  })
  return () => {
    document.removeEventListener('selectionchange', note)
    stop()
  }
}
