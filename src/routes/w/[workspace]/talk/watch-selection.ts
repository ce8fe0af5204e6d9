/** So long after the last change a selection counts as made, in milliseconds. */
const settledMs = 120

/** What is selected within an element; `null` where nothing is, or it reaches beyond. */
export function selectedIn(element: Element | null): Range | null {
  const selection = document.getSelection()
  const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null
  return range && element?.contains(range.commonAncestorContainer) ? range : null
}

/**
 * Calls `settled` once words are selected, or are not any more: with `false` while a mouse is still selecting, so that nothing is offered for every
 * step. What is pressed in `[data-quote]` changes nothing. Answers with how to stop.
 */
export function watchSelection(settled: (made: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pressed = false
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => settled(!pressed), settledMs)
  }
  const down = (event: PointerEvent) => {
    pressed = event.pointerType === 'mouse' && !(event.target instanceof Element && event.target.closest('[data-quote]'))
  }
  const up = () => {
    pressed = false
    later()
  }
  document.addEventListener('selectionchange', later)
  document.addEventListener('pointerdown', down, true)
  document.addEventListener('pointerup', up, true)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('selectionchange', later)
    document.removeEventListener('pointerdown', down, true)
    document.removeEventListener('pointerup', up, true)
  }
}
