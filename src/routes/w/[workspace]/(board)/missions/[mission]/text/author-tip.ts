import type { Attachment } from 'svelte/attachments'
import { pieceAt, type Piece } from '#lib/editor/shown-authorship.ts'
import { placeBeside } from '#lib/ui/place.ts'

/**
 * On a popover: it says who wrote the character that a mouse points at, or a finger touched, within `around`.
 * Typing, scrolling, pressing and leaving put it away.
 */
export const authorTip = (around: HTMLElement, pieces: () => readonly Piece[], words: (piece: Piece) => string): Attachment<HTMLElement> => (tip) => {
  let frame = 0

  function show(x: number, y: number) {
    const found = pieceAt(pieces(), x, y)
    if (!found) return tip.hidePopover()
    tip.textContent = words(found.piece)
    tip.showPopover()
    const size = { width: tip.offsetWidth, height: tip.offsetHeight }
    const { left, top } = placeBeside(found.box, size, { width: document.documentElement.clientWidth, height: innerHeight }, 'top', 6)
    tip.style.left = `${left}px`
    tip.style.top = `${top}px`
  }
  function hide() {
    cancelAnimationFrame(frame)
    tip.hidePopover()
  }
  function point({ clientX, clientY, buttons }: MouseEvent) {
    cancelAnimationFrame(frame)
    if (buttons > 0) tip.hidePopover()
    else frame = requestAnimationFrame(() => show(clientX, clientY))
  }
  const moved = (event: PointerEvent) => void (event.pointerType === 'mouse' && point(event))
  const tapped = (event: MouseEvent) => void (event instanceof PointerEvent && event.pointerType !== 'mouse' && point(event))

  around.addEventListener('pointermove', moved)
  around.addEventListener('pointerleave', hide)
  around.addEventListener('pointerdown', hide)
  around.addEventListener('click', tapped)
  addEventListener('keydown', hide, { capture: true })
  addEventListener('scroll', hide, { capture: true, passive: true })
  return () => {
    cancelAnimationFrame(frame)
    around.removeEventListener('pointermove', moved)
    around.removeEventListener('pointerleave', hide)
    around.removeEventListener('pointerdown', hide)
    around.removeEventListener('click', tapped)
    removeEventListener('keydown', hide, { capture: true })
    removeEventListener('scroll', hide, { capture: true })
  }
}
